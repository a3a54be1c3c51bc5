// The AWS SDK for JavaScript v3, unmodified, on an HTTP API before a Node function.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";

import * as gateway from "@aws-sdk/client-apigatewayv2";
import * as lambda from "@aws-sdk/client-lambda";

import { callApi, invocationUri, makeFunction, startChamber } from "./chamber.mjs";

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
    apis = new gateway.ApiGatewayV2(chamber.options);
    functions = new lambda.Lambda(chamber.options);
});
after(() => chamber?.stop());

function createFunction(name, handler) {
    return makeFunction(lambda, functions, name, { "index.mjs": code }, { Handler: handler });
}

function call(api, path, more) {
    return callApi(chamber, api, path, more);
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
        AuthorizerUri: invocationUri(guard) });
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
