// A chat written for AWS, deployed with the AWS SDK v3: WebSocket API, functions, a table of connections, @connections.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import * as management from "@aws-sdk/client-apigatewaymanagementapi";
import { APIGateway } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import * as lambda from "@aws-sdk/client-lambda";
import WebSocket from "ws";

import { account, here, invocationUri, makeFunction, region, source, startChamber, until } from "./chamber.mjs";

let chamber;
let options;
let apiId;

function createFunction(client, name) {
    return makeFunction(lambda, client, `chat-${name}`, { "chat.mjs": source("functions", "chat.mjs") },
        { Handler: `chat.${name}`, Environment: { Variables: { TABLE_NAME: "connections" } } });
}

async function addRoute(api, routeKey, functionArn, twoWay) {
    const { IntegrationId } = await api.createIntegration({ ApiId: apiId, IntegrationType: "AWS_PROXY",
        IntegrationUri: invocationUri(functionArn) });
    const { RouteId } = await api.createRoute({ ApiId: apiId, RouteKey: routeKey,
        Target: `integrations/${IntegrationId}`, ...(twoWay && { RouteResponseSelectionExpression: "$default" }) });
    if (twoWay)
        await api.createRouteResponse({ ApiId: apiId, RouteId, RouteResponseKey: "$default" });
}

before(async () => {
    process.env.CHAMBER_NODE_MODULES ??= join(here, "node_modules");
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    ({ options } = chamber);
    await new DynamoDB(options).createTable({ TableName: "connections", BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "connectionId", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "connectionId", KeyType: "HASH" }] });
    const api = new ApiGatewayV2(options);
    ({ ApiId: apiId } = await api.createApi({ Name: "chat", ProtocolType: "WEBSOCKET",
        RouteSelectionExpression: "$request.body.action" }));
    const functions = new lambda.Lambda(options);
    for (const name of ["connect", "disconnect", "join", "say"]) {
        const key = name === "connect" || name === "disconnect" ? `$${name}` : name;
        await addRoute(api, key, await createFunction(functions, name), name === "join");
    }
    const { DeploymentId } = await api.createDeployment({ ApiId: apiId });
    await api.createStage({ ApiId: apiId, StageName: "prod", DeploymentId });
});
after(() => chamber?.stop());

class Client {
    constructor(protocols, more = {}) {
        this.messages = [];
        this.waiting = [];
        const address = `${chamber.endpoint.replace("http", "ws")}/_aws/execute-api/${more.api ?? apiId}/prod`;
        this.socket = new WebSocket(address, protocols, more);
        this.socket.on("message", (data) => {
            this.messages.push(JSON.parse(data));
            this.waiting.splice(0).forEach((wake) => wake());
        });
    }
    opened() {
        return new Promise((resolve, reject) => this.socket.on("open", resolve).on("error", reject));
    }
    send(message) {
        this.socket.send(JSON.stringify(message));
    }
    // The first message that fits, whatever came before it.
    async message(fits) {
        for (;;) {
            const found = this.messages.find(fits);
            if (found)
                return found;
            await new Promise((resolve) => this.waiting.push(resolve));
        }
    }
    closed() {
        return new Promise((resolve) => this.socket.on("close", (closeCode) => resolve(closeCode)));
    }
}

async function connections() {
    return (await new DynamoDB(options).scan({ TableName: "connections" })).Items.map((item) => item.connectionId.S);
}

test("two people join a room, talk and leave", { timeout: 120_000 }, async () => {
    const ada = new Client();
    await ada.opened();
    const bob = new Client(["soap", "chat"]);
    await bob.opened();
    assert.equal(bob.socket.protocol, "chat");
    assert.equal((await connections()).length, 2);

    ada.send({ action: "join", room: "tea", name: "Ada" });
    assert.deepEqual(await ada.message((message) => message.welcome), { welcome: "Ada" });
    bob.send({ action: "join", room: "tea", name: "Bob" });
    assert.deepEqual(await ada.message((message) => message.joined === "Bob"), { joined: "Bob" });

    bob.send({ action: "say", room: "tea", text: "hello" });
    for (const person of [ada, bob])
        assert.deepEqual(await person.message((message) => message.text), { text: "hello" });

    ada.send({ action: "dance" });
    const refused = await ada.message((message) => message.message);
    assert.equal(refused.message, "Forbidden");
    assert.ok(refused.connectionId && refused.requestId);

    ada.socket.close(1000);
    await until(async () => (await connections()).length === 1);
    bob.send({ action: "say", room: "tea", text: "anyone there?" });
    await bob.message((message) => message.text === "anyone there?");
    bob.socket.terminate();
    await until(async () => (await connections()).length === 0);
    const track = await chamber.track((whole) => JSON.stringify(whole).includes("PostToConnection"));
    assert.ok(track.id);
});

test("a backend reads, writes to and closes a connection", { timeout: 60_000 }, async () => {
    const client = new Client();
    await client.opened();
    const [ConnectionId] = await connections();
    const api = new management.ApiGatewayManagementApi({ ...options,
        endpoint: `${chamber.endpoint}/_aws/execute-api/${apiId}/prod` });
    const shown = await api.getConnection({ ConnectionId });
    assert.ok(shown.ConnectedAt instanceof Date && shown.LastActiveAt instanceof Date);
    assert.equal(shown.Identity.SourceIp, "127.0.0.1");
    await api.postToConnection({ ConnectionId, Data: JSON.stringify({ direct: true }) });
    assert.deepEqual(await client.message((message) => message.direct), { direct: true });
    await assert.rejects(api.postToConnection({ ConnectionId, Data: "x".repeat(128 * 1024 + 1) }),
        management.PayloadTooLargeException);
    const closed = client.closed();
    await api.deleteConnection({ ConnectionId });
    assert.equal(await closed, 1000);
    await assert.rejects(api.postToConnection({ ConnectionId, Data: "late" }), management.GoneException);
    await until(async () => (await connections()).length === 0);
});

test("a backend that signs with another secret is refused", { timeout: 60_000 }, async () => {
    const client = new Client();
    await client.opened();
    const [ConnectionId] = await connections();
    const endpoint = `${chamber.endpoint}/_aws/execute-api/${apiId}/prod`;
    const stranger = new management.ApiGatewayManagementApi({ ...options, endpoint,
        credentials: { accessKeyId: "test", secretAccessKey: "guess" } });
    await assert.rejects(stranger.postToConnection({ ConnectionId, Data: "x" }), (error) =>
        error.name === "InvalidSignatureException" && error.$metadata.httpStatusCode === 403);
    const plain = await fetch(`${endpoint}/@connections/${encodeURIComponent(ConnectionId)}`, { method: "POST", body: "x" });
    assert.equal(plain.status, 403);
    assert.deepEqual(await plain.json(), { message: "Missing Authentication Token" });
    client.socket.terminate();
    await until(async () => (await connections()).length === 0);
});

test("keys, throttles, models and logs guard a second API", { timeout: 60_000 }, async () => {
    const api = new ApiGatewayV2(options);
    const rest = new APIGateway(options);
    const logs = new CloudWatchLogs(options);
    const { ApiId } = await api.createApi({ Name: "guarded", ProtocolType: "WEBSOCKET",
        RouteSelectionExpression: "$request.body.action" });
    const { IntegrationId } = await api.createIntegration({ ApiId, IntegrationType: "MOCK",
        RequestTemplates: { $default: '{"statusCode": 200}' }, TemplateSelectionExpression: "\\$default" });
    await api.createIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseKey: "$default",
        ResponseTemplates: { $default: '{"said": true}' }, TemplateSelectionExpression: "\\$default" });
    await api.createModel({ ApiId, Name: "Say", ContentType: "application/json",
        Schema: JSON.stringify({ type: "object", required: ["text"] }) });
    await api.createRoute({ ApiId, RouteKey: "$connect", Target: `integrations/${IntegrationId}`, ApiKeyRequired: true });
    const { RouteId } = await api.createRoute({ ApiId, RouteKey: "say", Target: `integrations/${IntegrationId}`,
        RequestModels: { $default: "Say" }, RouteResponseSelectionExpression: "$default" });
    await api.createRouteResponse({ ApiId, RouteId, RouteResponseKey: "$default" });
    const { DeploymentId } = await api.createDeployment({ ApiId });
    await api.createStage({ ApiId, StageName: "prod", DeploymentId });

    await rest.updateAccount({ patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn",
        value: `arn:aws:iam::${account}:role/logs` }] });
    await logs.createLogGroup({ logGroupName: "guarded" });
    await api.updateStage({ ApiId, StageName: "prod",
        AccessLogSettings: { DestinationArn: `arn:aws:logs:${region}:${account}:log-group:guarded`,
            Format: '{"event":"$context.eventType","route":"$context.routeKey","status":"$context.status","key":"$context.identity.apiKeyId","id":"$context.requestId"}' },
        RouteSettings: { say: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 0.001 } } });

    await assert.rejects(new Client([], { api: ApiId }).opened(), /403/);
    const key = await rest.createApiKey({ name: "guest", enabled: true });
    const plan = await rest.createUsagePlan({ name: "guests", apiStages: [{ apiId: ApiId, stage: "prod" }] });
    await rest.createUsagePlanKey({ usagePlanId: plan.id, keyId: key.id, keyType: "API_KEY" });
    const guest = new Client([], { api: ApiId, headers: { "x-api-key": key.value } });
    await guest.opened();
    guest.send({ action: "say" });
    await guest.message((message) => message.message === "Invalid request body");
    guest.send({ action: "say", text: "hello" });
    guest.send({ action: "say", text: "hello" });
    await guest.message((message) => message.message === "Too Many Requests");
    guest.socket.close(1000);

    let lines = [];
    await until(async () => {
        const { events } = await logs.filterLogEvents({ logGroupName: "guarded" });
        lines = events.map((event) => JSON.parse(event.message));
        return lines.length >= 5;
    });
    assert.deepEqual(lines.filter((line) => line.event === "CONNECT").map((line) => [line.status, line.key]).sort(),
        [["200", key.id], ["403", "-"]]);
    assert.deepEqual(lines.filter((line) => line.route === "say").map((line) => line.status).sort(),
        ["200", "400", "429"]);
});
