// Who follows the logs of functions: live tail, and functions that subscribe to a group, by the AWS SDK v3, unmodified.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test, before, after } from "node:test";

import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import * as lambda from "@aws-sdk/client-lambda";

import { account, here, makeFunction, region, startChamber } from "./chamber.mjs";

let chamber;
let logs;
let functions;

const groupArn = (name) => `arn:aws:logs:${region}:${account}:log-group:${name}`;

before(async () => {
    process.env.CHAMBER_NODE_MODULES ??= join(here, "node_modules");
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    functions = new lambda.Lambda(chamber.options);
    // The SDK would put "stream-" before the host.
    logs = new CloudWatchLogs({ ...chamber.options, disableHostPrefix: true });
});
after(() => chamber?.stop());

test("live tail shows a function's lines as it writes them", async () => {
    await makeFunction(lambda, functions, "talks", {
        "index.mjs": "export const handler = async (event) => console.log('said ' + event.word);" });
    await functions.invoke({ FunctionName: "talks", Payload: '{"word":"before"}' });
    const group = "/aws/lambda/talks";
    await logs.filterLogEvents({ logGroupName: group });
    const { responseStream } = await logs.startLiveTail({ logGroupIdentifiers: [groupArn(group)],
        logEventFilterPattern: "said" });
    let started;
    for await (const event of responseStream) {
        if (event.sessionStart) {
            started = event.sessionStart;
            await functions.invoke({ FunctionName: "talks", Payload: '{"word":"now"}' });
        }
        const [result] = event.sessionUpdate?.sessionResults ?? [];
        if (result) {
            assert.match(result.message, /\tsaid now\n$/);
            assert.equal(result.logGroupIdentifier, `${account}:${group}`);
            assert.ok(result.logStreamName && result.timestamp && result.ingestionTime);
            assert.equal(event.sessionUpdate.sessionMetadata.sampled, false);
            break;
        }
    }
    assert.deepEqual(started.logGroupIdentifiers, [groupArn(group)]);
    assert.equal(started.logEventFilterPattern, "said");
});

test("a function that subscribes gets what the filter lets through", async () => {
    const tables = new DynamoDB(chamber.options);
    await tables.createTable({ TableName: "Alarms", BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }] });
    const arn = await makeFunction(lambda, functions, "alarm", { "index.mjs": `
        import { gunzipSync } from "node:zlib";
        import { DynamoDB } from "@aws-sdk/client-dynamodb";
        const tables = new DynamoDB();
        export const handler = async (event) => {
            const told = gunzipSync(Buffer.from(event.awslogs.data, "base64")).toString();
            await tables.putItem({ TableName: "Alarms", Item: { id: { S: "told" }, told: { S: told } } });
        };` });
    await logs.createLogGroup({ logGroupName: "/app" });
    await logs.createLogStream({ logGroupName: "/app", logStreamName: "s" });
    const filter = { logGroupName: "/app", filterName: "errors", filterPattern: "ERROR", destinationArn: arn };
    await assert.rejects(logs.putSubscriptionFilter(filter), { name: "InvalidParameterException",
        message: /Could not execute the lambda function/ });
    await functions.addPermission({ FunctionName: "alarm", StatementId: "logs", Action: "lambda:InvokeFunction",
        Principal: `logs.${region}.amazonaws.com`, SourceArn: `${groupArn("/app")}:*`, SourceAccount: account });
    await logs.putSubscriptionFilter(filter);
    const { subscriptionFilters } = await logs.describeSubscriptionFilters({ logGroupName: "/app" });
    assert.equal(subscriptionFilters[0].destinationArn, arn);
    assert.equal(subscriptionFilters[0].distribution, "ByLogStream");
    await assert.rejects(logs.putSubscriptionFilter({ ...filter, filterName: "second" })
        .then(() => logs.putSubscriptionFilter({ ...filter, filterName: "third" })), { name: "LimitExceededException" });
    await logs.deleteSubscriptionFilter({ logGroupName: "/app", filterName: "second" });

    const timestamp = Date.now();
    await logs.putLogEvents({ logGroupName: "/app", logStreamName: "s", logEvents: [
        { timestamp, message: "fine" }, { timestamp, message: "ERROR grüße" }] });
    let item;
    for (let tries = 0; tries < 200 && !item; ++tries) {
        item = (await tables.getItem({ TableName: "Alarms", Key: { id: { S: "told" } } })).Item;
        await new Promise((resolve) => setTimeout(resolve, item ? 0 : 50));
    }
    assert.ok(item, "the function was not told");
    const told = JSON.parse(item.told.S);
    assert.equal(told.logEvents[0].id.length, 56);
    delete told.logEvents[0].id;
    assert.deepEqual(told, { messageType: "DATA_MESSAGE", owner: account, logGroup: "/app", logStream: "s",
        subscriptionFilters: ["errors"], logEvents: [{ timestamp, message: "ERROR grüße" }] });

    await functions.addPermission({ FunctionName: "alarm", StatementId: "own", Action: "lambda:InvokeFunction",
        Principal: "logs.amazonaws.com" });
    await assert.rejects(logs.putSubscriptionFilter({ ...filter, logGroupName: "/aws/lambda/alarm" }),
        { message: /its own log/ });
});
