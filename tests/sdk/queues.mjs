// The AWS SDK for JavaScript v3, unmodified, on queues: JSON, and digests that the SDK checks itself.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";

import * as sqs from "@aws-sdk/client-sqs";

import { startChamber } from "./chamber.mjs";

let chamber;
let client;

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    client = new sqs.SQS({ endpoint: chamber.endpoint, region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" } });
});
after(() => chamber?.stop());

test("messages come and go", async () => {
    const { QueueUrl } = await client.createQueue({ QueueName: "q", tags: { a: "1" } });
    const sent = await client.sendMessage({ QueueUrl, MessageBody: "grüße", MessageAttributes: {
        colour: { DataType: "String", StringValue: "red" },
        bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) } } });
    const { Messages } = await client.receiveMessage({ QueueUrl, MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"] });
    assert.equal(Messages[0].Body, "grüße");
    assert.equal(Messages[0].MessageId, sent.MessageId);
    assert.deepEqual(Buffer.from(Messages[0].MessageAttributes.bytes.BinaryValue), Buffer.from([0, 255]));
    assert.equal(Messages[0].Attributes.ApproximateReceiveCount, "1");
    await client.deleteMessage({ QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle });
    assert.deepEqual((await client.listQueueTags({ QueueUrl })).Tags, { a: "1" });
});

test("a FIFO queue keeps its order and takes no duplicate", async () => {
    const { QueueUrl } = await client.createQueue({ QueueName: "q.fifo", Attributes: { FifoQueue: "true" } });
    const entry = (body) => ({ Id: body, MessageBody: body, MessageGroupId: "g", MessageDeduplicationId: body });
    const { Successful } = await client.sendMessageBatch({ QueueUrl, Entries: ["a", "b", "c"].map(entry) });
    assert.ok(Successful[0].SequenceNumber < Successful[1].SequenceNumber);
    await client.sendMessage({ QueueUrl, MessageBody: "a", MessageGroupId: "g", MessageDeduplicationId: "a" });
    const { Messages } = await client.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    assert.deepEqual(Messages.map((message) => message.Body), ["a", "b", "c"]);
});

test("errors are of their classes", async () => {
    await assert.rejects(client.getQueueUrl({ QueueName: "none" }), sqs.QueueDoesNotExist);
    const { QueueUrl } = await client.createQueue({ QueueName: "errors" });
    await assert.rejects(client.sendMessageBatch({ QueueUrl, Entries: [] }), sqs.EmptyBatchRequest);
    await assert.rejects(client.deleteMessage({ QueueUrl, ReceiptHandle: "x" }), sqs.ReceiptHandleIsInvalid);
});
