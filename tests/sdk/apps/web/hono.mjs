// A Hono application behind its own adapter for Lambda.
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { getCookie, setCookie } from "hono/cookie";
import { cors } from "hono/cors";

const app = new Hono();
app.use("/shared/*", cors({ origin: "https://shop.example", credentials: true }));
app.get("/hello/:name", (c) => {
    setCookie(c, "seen", c.req.param("name"));
    setCookie(c, "two", "2");
    return c.json({ name: c.req.param("name"), query: c.req.queries(), cookies: getCookie(c),
        caller: c.env.lambdaContext.functionName });
});
app.post("/orders", async (c) => c.json(await c.req.json(), 201));
app.post("/files", async (c) => {
    const form = await c.req.parseBody();
    const bytes = Buffer.from(await form.file.arrayBuffer());
    return c.json({ title: form.title, name: form.file.name, hex: bytes.toString("hex") });
});
app.get("/image", (c) => c.body(Buffer.from("89504e470d0a1a0a00ff80", "hex"), 200, { "content-type": "image/png" }));
app.get("/shared/word", (c) => c.text("word"));

export const handler = handle(app);
