// The AWS SDK for JavaScript v3, unmodified, on Lambda's response streams, layers and aliases.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";

import * as lambda from "@aws-sdk/client-lambda";

import { makeFunction, startChamber, zipped } from "./chamber.mjs";

let chamber;
let client;

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    client = new lambda.Lambda(chamber.options);
});
after(() => chamber?.stop());

function create(name, text, more = {}) {
    return makeFunction(lambda, client, name, { "index.mjs": text }, more);
}

test("a streaming handler's parts come as an event stream", async () => {
    await create("streams", `export const handler = awslambda.streamifyResponse(async (event, stream) => {
        stream.write("hello ");
        stream.write(event.name);
        stream.end();
    });`);
    const answer = await client.invokeWithResponseStream({ FunctionName: "streams",
        Payload: JSON.stringify({ name: "world" }), LogType: "Tail" });
    let text = "";
    let complete;
    for await (const event of answer.EventStream) {
        text += event.PayloadChunk ? Buffer.from(event.PayloadChunk.Payload).toString() : "";
        complete ??= event.InvokeComplete;
    }
    assert.equal(text, "hello world");
    assert.match(Buffer.from(complete.LogResult, "base64").toString(), /REPORT RequestId/);
});

test("a weighted alias shares the calls; a layer brings a module", async () => {
    const layer = await client.publishLayerVersion({ LayerName: "pack",
        Content: { ZipFile: zipped({ "nodejs/node_modules/pack/index.js": "module.exports = 'packed';" }) } });
    await create("layered", "import pack from 'pack'; export const handler = async () => pack;",
        { Layers: [layer.LayerVersionArn], Publish: true });
    await client.updateFunctionConfiguration({ FunctionName: "layered", Description: "second" });
    assert.equal((await client.publishVersion({ FunctionName: "layered" })).Version, "2");
    await client.createAlias({ FunctionName: "layered", Name: "live", FunctionVersion: "1",
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } });
    const seen = new Set();
    for (let i = 0; i < 40; ++i) {
        const answer = await client.invoke({ FunctionName: "layered:live" });
        assert.equal(Buffer.from(answer.Payload).toString(), '"packed"');
        seen.add(answer.ExecutedVersion);
    }
    assert.deepEqual([...seen].sort(), ["1", "2"]);
});

test("an alias that is not there is AWS's error", async () => {
    await create("plain", "export const handler = async () => 1;");
    await assert.rejects(client.getAlias({ FunctionName: "plain", Name: "none" }), (error) => {
        assert.equal(error.name, "ResourceNotFoundException");
        assert.equal(error.message,
            "Cannot find alias arn: arn:aws:lambda:us-east-1:000000000000:function:plain:none");
        return true;
    });
});
