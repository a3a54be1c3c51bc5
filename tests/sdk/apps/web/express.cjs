// An Express application as one has it on a server, wrapped for Lambda.
const express = require("express");
const serverless = require("serverless-http");

const app = express();
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.use(express.raw({ type: "application/octet-stream" }));
app.get("/hello/:name", (request, response) => {
    response.cookie("seen", request.params.name, { httpOnly: true });
    response.cookie("two", "2");
    response.json({ name: request.params.name, query: request.query, cookie: request.headers.cookie });
});
app.post("/orders", (request, response) => response.status(201).location("/orders/1").json(request.body));
app.post("/reversed", (request, response) => response.type("application/octet-stream")
    .send(Buffer.from(request.body).reverse()));
app.get("/moved", (request, response) => response.redirect("/hello/again"));
app.delete("/orders/:id", (request, response) => response.status(204).end());
app.get("/fails", () => { throw Object.assign(new Error("broken"), { status: 503, expose: true }); });

exports.handler = serverless(app, { binary: ["application/octet-stream"] });
