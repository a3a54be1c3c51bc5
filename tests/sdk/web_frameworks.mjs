// Code that was written for AWS with well-known libraries, unmodified: Express and Hono behind all three kinds of events,
// streams, Powertools, and clients that know AWS's own addresses alone.
import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import * as lambda from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";

import { here, invocationUri, makeFunction, source, startChamber } from "./chamber.mjs";

let chamber;
let functions;

before(async () => {
    process.env.CHAMBER_NODE_MODULES ??= join(here, "node_modules");
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    functions = new lambda.Lambda(chamber.options);
});
after(() => chamber?.stop());

async function restApi(arn) {
    const gateway = new APIGateway(chamber.options);
    const { id: restApiId } = await gateway.createRestApi({ name: "web", binaryMediaTypes: ["*/*"] });
    const { items: [{ id: parentId }] } = await gateway.getResources({ restApiId });
    const { id: resourceId } = await gateway.createResource({ restApiId, parentId, pathPart: "{proxy+}" });
    await gateway.putMethod({ restApiId, resourceId, httpMethod: "ANY", authorizationType: "NONE" });
    await gateway.putIntegration({ restApiId, resourceId, httpMethod: "ANY", type: "AWS_PROXY",
        integrationHttpMethod: "POST", uri: invocationUri(arn) });
    await gateway.createDeployment({ restApiId, stageName: "dev" });
    return { host: `${restApiId}.execute-api.us-east-1.localhost:${new URL(chamber.endpoint).port}`, prefix: "/dev" };
}

async function httpApi(arn) {
    const made = await new ApiGatewayV2(chamber.options).createApi({ Name: "web", ProtocolType: "HTTP", Target: arn });
    return { host: new URL(made.ApiEndpoint).host, prefix: "" };
}

async function functionUrl(name, InvokeMode = "BUFFERED") {
    const { FunctionUrl } = await functions.createFunctionUrlConfig({ FunctionName: name, AuthType: "NONE", InvokeMode });
    await functions.addPermission({ FunctionName: name, StatementId: "url", Action: "lambda:InvokeFunctionUrl",
        Principal: "*", FunctionUrlAuthType: "NONE" });
    await functions.addPermission({ FunctionName: name, StatementId: "all", Action: "lambda:InvokeFunction",
        Principal: "*" });
    return { host: new URL(FunctionUrl).host, prefix: "" };
}

async function everyWay(name, arn) {
    return { "REST API": await restApi(arn), "HTTP API": await httpApi(arn), "function URL": await functionUrl(name) };
}

// The chamber's own address is asked under the API's name.
async function call({ host, prefix }, path, { method = "GET", headers = {}, body } = {}) {
    const { hostname, port } = new URL(chamber.endpoint);
    const sent = request({ hostname, port, path: prefix + path, method, headers: { ...headers, host } });
    sent.end(body);
    const [response] = await once(sent, "response");
    const parts = await response.toArray();
    const bytes = Buffer.concat(parts);
    return { status: response.statusCode, headers: response.headers, bytes, text: bytes.toString(),
        json: () => JSON.parse(bytes.toString()) };
}

const cookies = { cookie: "one=1; three=3" };
const asJson = (value) => ({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) });

test("Express by serverless-http", async (t) => {
    const arn = await makeFunction(lambda, functions, "express", { "index.js": source("apps", "web", "express.cjs") });
    for (const [way, api] of Object.entries(await everyWay("express", arn))) {
        await t.test(way, async () => {
            const hello = await call(api, "/hello/a%20b?x=1&x=2&y=%C3%BC", { headers: cookies });
            assert.deepEqual(hello.json(), { name: "a b", query: { x: ["1", "2"], y: "ü" }, cookie: "one=1; three=3" });
            assert.deepEqual(hello.headers["set-cookie"], ["seen=a%20b; Path=/; HttpOnly", "two=2; Path=/"]);
            const order = await call(api, "/orders", asJson({ who: "grüße" }));
            assert.equal(order.status, 201);
            assert.equal(order.headers.location, "/orders/1");
            assert.deepEqual(order.json(), { who: "grüße" });
            const form = await call(api, "/orders", { method: "POST", body: "a=1&b[c]=2",
                headers: { "content-type": "application/x-www-form-urlencoded" } });
            assert.deepEqual(form.json(), { a: "1", b: { c: "2" } });
            const bytes = await call(api, "/reversed", { method: "POST", body: Buffer.from("00ff80fe", "hex"),
                headers: { "content-type": "application/octet-stream", accept: "application/octet-stream" } });
            assert.equal(bytes.bytes.toString("hex"), "fe80ff00");
            assert.equal((await call(api, "/moved")).headers.location, "/hello/again");
            assert.equal((await call(api, "/orders/3", { method: "DELETE" })).status, 204);
            assert.equal((await call(api, "/fails")).status, 503);
            assert.equal((await call(api, "/nowhere")).status, 404);
        });
    }
});

test("Hono by its adapter", async (t) => {
    const arn = await makeFunction(lambda, functions, "hono", { "index.mjs": source("apps", "web", "hono.mjs") });
    const file = Buffer.concat([Buffer.from('--B\r\nContent-Disposition: form-data; name="title"\r\n\r\nü\r\n--B\r\n'
        + 'Content-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n'),
        Buffer.from("00ff80fe", "hex"), Buffer.from("\r\n--B--\r\n")]);
    for (const [way, api] of Object.entries(await everyWay("hono", arn))) {
        await t.test(way, async () => {
            const hello = await call(api, "/hello/a%20b?x=1&x=2", { headers: cookies });
            assert.deepEqual(hello.json(), { name: "a b", query: { x: ["1", "2"] }, cookies: { one: "1", three: "3" },
                caller: "hono" });
            assert.deepEqual(hello.headers["set-cookie"], ["seen=a%20b; Path=/", "two=2; Path=/"]);
            assert.deepEqual((await call(api, "/orders", asJson({ a: 1 }))).json(), { a: 1 });
            const sent = await call(api, "/files", { method: "POST", body: file,
                headers: { "content-type": "multipart/form-data; boundary=B" } });
            assert.deepEqual(sent.json(), { title: "ü", name: "a.bin", hex: "00ff80fe" });
            const image = await call(api, "/image", { headers: { accept: "image/png" } });
            assert.equal(image.bytes.toString("hex"), "89504e470d0a1a0a00ff80");
            const shared = await call(api, "/shared/word", { headers: { origin: "https://shop.example" } });
            assert.equal(shared.headers["access-control-allow-origin"], "https://shop.example");
        });
    }
});

test("Hono streams", async () => {
    await makeFunction(lambda, functions, "streams", { "index.mjs": source("apps", "web", "stream.mjs") });
    const api = await functionUrl("streams", "RESPONSE_STREAM");
    const lines = await call(api, "/lines");
    assert.equal(lines.text, "line 0\nline 1\nline 2\n");
    assert.equal(lines.headers["transfer-encoding"], "chunked");
    const events = await call(api, "/events");
    assert.equal(events.headers["content-type"], "text/event-stream");
    assert.equal(events.text, "event: tick\ndata: tick 0\nid: 0\n\nevent: tick\ndata: tick 1\nid: 1\n\n");
    const teapot = await call(api, "/teapot");
    assert.equal(teapot.status, 418);
    assert.deepEqual(teapot.headers["set-cookie"], ["a=1", "b=2"]);
    assert.deepEqual(teapot.json(), { short: true });
});

test("Powertools log, measure, trace and pay once", async () => {
    await new DynamoDB(chamber.options).createTable({ TableName: "Paid", BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }] });
    await makeFunction(lambda, functions, "payments", { "index.mjs": source("apps", "payments", "index.mjs") },
        { MemorySize: 512, TracingConfig: { Mode: "Active" }, Environment: { Variables: { TABLE: "Paid" } } });
    const pay = async (order) => {
        const { FunctionError, Payload } = await functions.invoke({ FunctionName: "payments",
            Payload: JSON.stringify({ order }) });
        const answer = JSON.parse(Buffer.from(Payload));
        assert.equal(FunctionError, undefined, JSON.stringify(answer));
        return answer;
    };
    const first = await pay("7");
    assert.deepEqual(first.tables, ["Paid"]);
    assert.match(first.trace, /^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    assert.equal((await pay("7")).number, 1);
    assert.equal((await pay("8")).number, 2);

    const logs = new CloudWatchLogs(chamber.options);
    // The last lines come a moment after the answer.
    const find = async (filterPattern, count) => {
        for (;;) {
            const { events } = await logs.filterLogEvents({ logGroupName: "/aws/lambda/payments", filterPattern });
            if (events.length >= count) {
                return events.map((event) => JSON.parse(event.message));
            }
        }
    };
    const said = await find('{ $.message = "paying" && $.service = "payments" }', 3);
    assert.deepEqual(said.map((one) => [one.order, one.cold_start]), [["7", true], ["7", false], ["8", false]]);
    assert.equal(said[0].xray_trace_id, first.trace);
    assert.equal((await find("{ $.Payments = 1 }", 3)).length, 3);
    assert.equal((await find("{ $.ColdStart = 1 }", 1)).length, 1);
});

test("clients that know AWS's own addresses alone reach the chamber", async () => {
    const s3 = new S3({ ...chamber.options, forcePathStyle: true });
    await s3.createBucket({ Bucket: "papers" });
    await s3.putObject({ Bucket: "papers", Key: "a.txt", Body: "hello" });
    await makeFunction(lambda, functions, "old", { "index.mjs": `
        import { get } from "node:https";
        import { S3 } from "@aws-sdk/client-s3";
        // As an SDK of before AWS_ENDPOINT_URL, or code with an address of its own.
        const s3 = new S3({ endpoint: "https://s3.us-east-1.amazonaws.com" });
        const text = async (stream) => Buffer.concat(await stream.toArray()).toString();
        export const handler = async () => {
            const { Body } = await s3.getObject({ Bucket: "papers", Key: "a.txt" });
            const url = "https://papers.s3.us-east-1.amazonaws.com/a.txt";
            return {
                sdk: await Body.transformToString(),
                https: await new Promise((done, failed) => get(url, (answer) => done(text(answer))).on("error", failed)),
                withOptions: await new Promise((done, failed) =>
                    get(new URL(url), { headers: { range: "bytes=1-2" } }, (answer) => done(text(answer))).on("error", failed)),
                fetch: await (await fetch(url)).text(),
                put: (await fetch(new Request(url, { method: "PUT", body: "bye" }))).status,
                after: await (await fetch(url)).text(),
            };
        };` });
    const { FunctionError, Payload } = await functions.invoke({ FunctionName: "old" });
    const answer = JSON.parse(Buffer.from(Payload));
    assert.equal(FunctionError, undefined, JSON.stringify(answer));
    assert.deepEqual(answer, { sdk: "hello", https: "hello", withOptions: "el", fetch: "hello", put: 200, after: "bye" });
});
