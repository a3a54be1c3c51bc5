// A shop's orders, deployed by the AWS SDK v3: a function on the SDK v3 and a layer, before a table and a bucket.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import * as lambda from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { DynamoDBDocument } from "@aws-sdk/lib-dynamodb";

import { account, callApi, here, makeFunction, region, source, startChamber, zipped } from "./chamber.mjs";

let chamber;
let api;
let books;
let tables;

async function makeTable(name, key) {
    await tables.createTable({ TableName: name, BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: key, AttributeType: "S" }],
        KeySchema: [{ AttributeName: key, KeyType: "HASH" }] });
}

async function makeApi(functionArn) {
    const gateway = new ApiGatewayV2(chamber.options);
    // The quick way: a route, an integration and a stage that deploys by itself.
    const made = await gateway.createApi({ Name: "orders", ProtocolType: "HTTP", Target: functionArn,
        RouteKey: "POST /orders" });
    const { Items: [{ IntegrationId }] } = await gateway.getIntegrations({ ApiId: made.ApiId });
    for (const RouteKey of ["GET /orders/{id}", "GET /orders/{id}/receipt"]) {
        await gateway.createRoute({ ApiId: made.ApiId, RouteKey, Target: `integrations/${IntegrationId}` });
    }
    return made;
}

before(async () => {
    process.env.CHAMBER_NODE_MODULES ??= join(here, "node_modules");
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    tables = new DynamoDB(chamber.options);
    await makeTable("Books", "isbn");
    await makeTable("Orders", "id");
    books = DynamoDBDocument.from(tables);
    for (const [isbn, title, price, stock] of [["1", "The Sea", 12.1, 3], ["2", "The Land", 0.2, 100]]) {
        await books.put({ TableName: "Books", Item: { isbn, title, price, stock } });
    }
    await new S3({ ...chamber.options, forcePathStyle: true }).createBucket({ Bucket: "receipts" });
    const functions = new lambda.Lambda(chamber.options);
    const layer = await functions.publishLayerVersion({ LayerName: "prices", CompatibleRuntimes: ["nodejs22.x"],
        Content: { ZipFile: zipped({ "nodejs/node_modules/prices/package.json": source("apps", "orders", "layer", "package.json"),
            "nodejs/node_modules/prices/index.js": source("apps", "orders", "layer", "index.js") }) } });
    const arn = await makeFunction(lambda, functions, "orders", { "index.mjs": source("apps", "orders", "index.mjs") },
        { Layers: [layer.LayerVersionArn], MemorySize: 256,
            Environment: { Variables: { BOOKS: "Books", ORDERS: "Orders", RECEIPTS: "receipts" } } });
    api = await makeApi(arn);
    await functions.addPermission({ FunctionName: "orders", StatementId: "api", Action: "lambda:InvokeFunction",
        Principal: "apigateway.amazonaws.com", SourceArn: `arn:aws:execute-api:${region}:${account}:${api.ApiId}/*` });
});
after(() => chamber?.stop());

async function call(path, order) {
    const answer = await callApi(chamber, api, path, order
        ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(order) } : {});
    return { ...answer, json: () => JSON.parse(answer.text) };
}

async function stockOf(isbn) {
    return (await books.get({ TableName: "Books", Key: { isbn } })).Item.stock;
}

test("an order takes from the stock, is kept and has a receipt", async () => {
    const placed = await call("/orders", { customer: "Momo", items: [{ isbn: "1", count: 2 }, { isbn: "2", count: 3 }] });
    assert.equal(placed.status, 201, placed.text);
    assert.equal(placed.json().total, "24.80");
    assert.deepEqual(await stockOf("1"), 1);
    assert.deepEqual(await stockOf("2"), 97);

    const kept = await call(placed.headers.location);
    assert.equal(kept.status, 200);
    assert.equal(kept.headers["content-type"], "application/json");
    assert.deepEqual(kept.json(), placed.json());
    const receipt = await call(placed.headers.location + "/receipt");
    assert.equal(receipt.headers["content-type"], "text/plain; charset=utf-8");
    assert.equal(receipt.headers["x-total"], "24.80");
    assert.equal(receipt.text, `Receipt ${placed.json().id} for Momo\n2 × The Sea at 12.10\n3 × The Land at 0.20\nTotal: 24.80`);
});

test("an order that cannot be served changes nothing", async () => {
    const before = [await stockOf("1"), await stockOf("2")];
    const short = await call("/orders", { customer: "Beppo", items: [{ isbn: "2", count: 1 }, { isbn: "1", count: 50 }] });
    assert.equal(short.status, 409);
    assert.deepEqual(short.json(), { message: "Not enough of The Sea" });
    assert.equal((await call("/orders", { customer: "Beppo", items: [{ isbn: "9", count: 1 }] })).status, 404);
    assert.equal((await call("/orders", { customer: "Beppo", items: [] })).status, 400);
    assert.deepEqual([await stockOf("1"), await stockOf("2")], before);
    assert.equal((await call("/orders/none")).status, 404);
    assert.deepEqual((await call("/orders/none/receipt")).json(), { message: "There is no such receipt" });
    assert.deepEqual((await call("/elsewhere")).json(), { message: "Not Found" });
});

test("what the function's clients did is on the call's track, and its log is kept", async () => {
    await call("/orders", { customer: "Gigi", items: [{ isbn: "2", count: 1 }] });
    const track = await chamber.track((one) => one.path === "/orders" && one.status === 201);
    const services = new Set(track.spans.map((span) => span.service));
    for (const service of ["apigateway", "lambda", "dynamodb", "s3"]) {
        assert.ok(services.has(service), `${service} is not among ${[...services]}`);
    }
    const logs = new CloudWatchLogs(chamber.options);
    const { events } = await logs.filterLogEvents({ logGroupName: "/aws/lambda/orders", filterPattern: "REPORT" });
    assert.ok(events.length >= 1);
});
