// The AWS SDK for JavaScript v3, unmodified, on an HTTP API before a Node function.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, before, after } from "node:test";

import * as gateway from "@aws-sdk/client-apigatewayv2";
import * as lambda from "@aws-sdk/client-lambda";

import { startChamber } from "./chamber.mjs";

const code = `
export const handler = async (event) => {
    if (event.routeKey === "GET /plain/{name}") {
        return { hello: event.pathParameters.name, stage: event.requestContext.stage };
    }
    if (event.routeKey === "GET /fails") {
        throw new Error("no");
    }
    return {
        statusCode: 201,
        cookies: ["a=1", "b=2"],
        headers: { "content-type": "text/plain", "x-authorizer": JSON.stringify(event.requestContext.authorizer ?? null) },
        body: event.isBase64Encoded ? Buffer.from(event.body, "base64").toString() : event.body,
    };
};
export const guard = async (event) => ({
    isAuthorized: event.identitySource[0] === "open sesame",
    context: { user: "momo" },
});`;

let chamber;
let apis;
let functions;

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    const options = { endpoint: chamber.endpoint, region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" } };
    apis = new gateway.ApiGatewayV2(options);
    functions = new lambda.Lambda(options);
});
after(() => chamber?.stop());

function zipped(text) {
    const folder = mkdtempSync(join(tmpdir(), "function-"));
    try {
        writeFileSync(join(folder, "index.mjs"), text);
        execFileSync("zip", ["-q", "code.zip", "index.mjs"], { cwd: folder });
        return readFileSync(join(folder, "code.zip"));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

async function createFunction(name, handler) {
    const made = await functions.createFunction({ FunctionName: name, Runtime: "nodejs22.x", Handler: handler,
        Role: "arn:aws:iam::000000000000:role/tests", Code: { ZipFile: zipped(code) } });
    await lambda.waitUntilFunctionActiveV2({ client: functions, maxWaitTime: 30 }, { FunctionName: name });
    return made.FunctionArn;
}

// A name below .localhost need not resolve: the chamber's own address is asked under it.
function call(api, path, { method = "GET", headers = {}, body } = {}) {
    const { hostname, port } = new URL(chamber.endpoint);
    return new Promise((resolve, reject) => {
        const sent = request({ hostname, port, path, method,
            headers: { ...headers, host: new URL(api.ApiEndpoint).host } }, async (response) => {
            let text = "";
            for await (const part of response) {
                text += part;
            }
            resolve({ status: response.statusCode, headers: response.headers, text });
        });
        sent.on("error", reject);
        sent.end(body);
    });
}

test("an HTTP API with a function, an authorizer and CORS", async () => {
    const arn = await createFunction("books", "index.handler");
    const guard = await createFunction("guard", "index.guard");
    const api = await apis.createApi({ Name: "Bookshop", ProtocolType: "HTTP",
        CorsConfiguration: { AllowOrigins: ["https://shop.example"], AllowMethods: ["*"] } });
    assert.match(api.ApiEndpoint, new RegExp(`${api.ApiId}\\.execute-api\\.`));
    assert.ok(api.CreatedDate instanceof Date);
    const integration = await apis.createIntegration({ ApiId: api.ApiId, IntegrationType: "AWS_PROXY",
        IntegrationUri: arn, PayloadFormatVersion: "2.0" });
    const target = `integrations/${integration.IntegrationId}`;
    const authorizer = await apis.createAuthorizer({ ApiId: api.ApiId, Name: "guard", AuthorizerType: "REQUEST",
        AuthorizerPayloadFormatVersion: "2.0", EnableSimpleResponses: true,
        IdentitySource: ["$request.header.x-word"],
        AuthorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${guard}/invocations` });
    for (const RouteKey of ["GET /plain/{name}", "GET /fails"]) {
        await apis.createRoute({ ApiId: api.ApiId, RouteKey, Target: target });
    }
    await apis.createRoute({ ApiId: api.ApiId, RouteKey: "POST /guarded", Target: target,
        AuthorizationType: "CUSTOM", AuthorizerId: authorizer.AuthorizerId });
    await apis.createStage({ ApiId: api.ApiId, StageName: "$default", AutoDeploy: true });
    const stage = await apis.getStage({ ApiId: api.ApiId, StageName: "$default" });
    assert.match(stage.LastDeploymentStatusMessage, /Successfully deployed/);

    await functions.addPermission({ FunctionName: "books", StatementId: "api", Action: "lambda:InvokeFunction",
        Principal: "apigateway.amazonaws.com",
        SourceArn: `arn:aws:execute-api:us-east-1:000000000000:${api.ApiId}/*/*` });
    const plain = await call(api, "/plain/momo");
    assert.equal(plain.status, 200);
    assert.equal(plain.headers["content-type"], "application/json");
    assert.deepEqual(JSON.parse(plain.text), { hello: "momo", stage: "$default" });
    assert.ok(plain.headers["apigw-requestid"]);

    const refused = await call(api, "/guarded", { method: "POST", body: "x" });
    assert.equal(refused.status, 401);
    const forbidden = await call(api, "/guarded", { method: "POST", headers: { "x-word": "hm" }, body: "x" });
    assert.equal(forbidden.status, 403);
    assert.deepEqual(JSON.parse(forbidden.text), { message: "Forbidden" });
    const open = await call(api, "/guarded", { method: "POST", headers: { "x-word": "open sesame",
        origin: "https://shop.example" }, body: "binary" });
    assert.equal(open.status, 201);
    assert.equal(open.text, "binary");
    assert.deepEqual(open.headers["set-cookie"], ["a=1", "b=2"]);
    assert.equal(open.headers["access-control-allow-origin"], "https://shop.example");
    assert.deepEqual(JSON.parse(open.headers["x-authorizer"]), { lambda: { user: "momo" } });

    const failed = await call(api, "/fails");
    assert.equal(failed.status, 500);
    assert.deepEqual(JSON.parse(failed.text), { message: "Internal Server Error" });
    const track = await chamber.track((one) => one.status === 500 && one.path === "/fails");
    assert.ok(track.spans.some((span) => span.service === "lambda"));

    await assert.rejects(apis.getRoute({ ApiId: api.ApiId, RouteId: "nope" }), { name: "NotFoundException" });
    const routes = await apis.getRoutes({ ApiId: api.ApiId });
    assert.equal(routes.Items.length, 3);
    await apis.deleteApi({ ApiId: api.ApiId });
    assert.equal((await call(api, "/plain/momo")).status, 403);
});
