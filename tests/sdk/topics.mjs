// The AWS SDK for JavaScript v3, unmodified, on topics: the query protocol and its XML.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";

import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";

import { startChamber, until } from "./chamber.mjs";

const allowed = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:SendMessage",
    Resource: "*", Principal: { Service: "sns.amazonaws.com" } }] });
let chamber;
let topics;
let queues;

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    const options = { endpoint: chamber.endpoint, region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" } };
    topics = new sns.SNS(options);
    queues = new sqs.SQS(options);
});
after(() => chamber?.stop());

function received(QueueUrl) {
    return until(async () => {
        const { Messages } = await queues.receiveMessage({ QueueUrl, MessageAttributeNames: ["All"] });
        return Messages?.[0];
    });
}

test("a message reaches a queue", async () => {
    const { QueueUrl } = await queues.createQueue({ QueueName: "q", Attributes: { Policy: allowed } });
    const { TopicArn } = await topics.createTopic({ Name: "news", Tags: [{ Key: "a", Value: "1" }] });
    const { SubscriptionArn } = await topics.subscribe({ TopicArn, Protocol: "sqs",
        Endpoint: "arn:aws:sqs:us-east-1:000000000000:q",
        Attributes: { FilterPolicy: JSON.stringify({ colour: ["red"] }) } });
    const MessageAttributes = { colour: { DataType: "String", StringValue: "red" } };
    await topics.publish({ TopicArn, Message: "not this" });
    const { MessageId } = await topics.publish({ TopicArn, Message: "grüße <&>", MessageAttributes });
    const envelope = JSON.parse((await received(QueueUrl)).Body);
    assert.equal(envelope.Message, "grüße <&>");
    assert.equal(envelope.MessageId, MessageId);
    const { Attributes } = await topics.getSubscriptionAttributes({ SubscriptionArn });
    assert.equal(Attributes.FilterPolicyScope, "MessageAttributes");
    assert.deepEqual((await topics.listTagsForResource({ ResourceArn: TopicArn })).Tags, [{ Key: "a", Value: "1" }]);
    assert.deepEqual((await topics.listTopics({})).Topics, [{ TopicArn }]);
});

test("a batch gets its ids", async () => {
    const { TopicArn } = await topics.createTopic({ Name: "many" });
    const { Successful, Failed } = await topics.publishBatch({ TopicArn, PublishBatchRequestEntries: [
        { Id: "1", Message: "a" }, { Id: "2", Message: "b" }] });
    assert.deepEqual(Successful.map((one) => one.Id), ["1", "2"]);
    assert.equal(Failed?.length ?? 0, 0);
});

test("errors are of their classes", async () => {
    const TopicArn = "arn:aws:sns:us-east-1:000000000000:none";
    await assert.rejects(topics.publish({ TopicArn, Message: "x" }), sns.NotFoundException);
    await assert.rejects(topics.createTopic({ Name: "no good" }), sns.InvalidParameterException);
    await assert.rejects(topics.listTagsForResource({ ResourceArn: TopicArn }), sns.ResourceNotFoundException);
});
