// A Hono application that streams its answers.
import { Hono } from "hono";
import { streamHandle } from "hono/aws-lambda";
import { streamSSE, streamText } from "hono/streaming";

const app = new Hono();
app.get("/lines", (c) => streamText(c, async (stream) => {
    for (let i = 0; i < 3; ++i) {
        await stream.writeln(`line ${i}`);
    }
}));
app.get("/events", (c) => streamSSE(c, async (stream) => {
    for (let i = 0; i < 2; ++i) {
        await stream.writeSSE({ event: "tick", id: String(i), data: `tick ${i}` });
    }
}));
app.get("/teapot", (c) => {
    c.header("set-cookie", "a=1", { append: true });
    c.header("set-cookie", "b=2", { append: true });
    return c.json({ short: true }, 418);
});

export const handler = streamHandle(app);
