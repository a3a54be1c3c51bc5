// The AWS SDK for JavaScript v3, unmodified, through every room.
// node first_light.mjs <cloudchamber>
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, copyFileSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, before, after } from "node:test";
import { fileURLToPath } from "node:url";

import * as gateway from "@aws-sdk/client-api-gateway";
import * as cloudfront from "@aws-sdk/client-cloudfront";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";

import { startChamber, distributionConfig } from "./chamber.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const isbn = "9781400000012";
let chamber;
let options;

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    options = {
        endpoint: chamber.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
});
after(() => chamber?.stop());

function zipped(source, name) {
    const folder = mkdtempSync(join(tmpdir(), "function-"));
    try {
        copyFileSync(join(here, "functions", source), join(folder, name));
        execFileSync("zip", ["-q", "code.zip", name], { cwd: folder });
        return readFileSync(join(folder, "code.zip"));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

async function makeTable(name) {
    const client = new dynamodb.DynamoDBClient(options);
    await client.send(
        new dynamodb.CreateTableCommand({
            TableName: name,
            BillingMode: "PAY_PER_REQUEST",
            AttributeDefinitions: [{ AttributeName: "isbn", AttributeType: "S" }],
            KeySchema: [{ AttributeName: "isbn", KeyType: "HASH" }],
        }),
    );
    await dynamodb.waitUntilTableExists({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 20 }, { TableName: name });
    return DynamoDBDocumentClient.from(client);
}

async function makeFunction(name, table) {
    const client = new lambda.LambdaClient(options);
    const made = await client.send(
        new lambda.CreateFunctionCommand({
            FunctionName: name,
            Runtime: "nodejs22.x",
            Role: "arn:aws:iam::000000000000:role/tests",
            Handler: "index.handler",
            Timeout: 20,
            Code: { ZipFile: zipped("read_book.mjs", "index.mjs") },
            Environment: { Variables: { TABLE: table } },
        }),
    );
    await lambda.waitUntilFunctionActiveV2({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 20 }, { FunctionName: name });
    return made.FunctionArn;
}

async function makeApi(functionArn) {
    const client = new gateway.APIGatewayClient(options);
    const api = (await client.send(new gateway.CreateRestApiCommand({ name: "shop" }))).id;
    const root = (await client.send(new gateway.GetResourcesCommand({ restApiId: api }))).items[0].id;
    const proxy = (await client.send(new gateway.CreateResourceCommand({ restApiId: api, parentId: root, pathPart: "{isbn}" }))).id;
    const method = { restApiId: api, resourceId: proxy, httpMethod: "ANY" };
    await client.send(new gateway.PutMethodCommand({ ...method, authorizationType: "NONE" }));
    await client.send(
        new gateway.PutIntegrationCommand({
            ...method,
            type: "AWS_PROXY",
            integrationHttpMethod: "POST",
            uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
        }),
    );
    await client.send(new gateway.CreateDeploymentCommand({ restApiId: api, stageName: "dev" }));
    return api;
}

test("a table puts and queries", async () => {
    const db = await makeTable("Shelf");
    await db.send(new PutCommand({ TableName: "Shelf", Item: { isbn, price: 12.5, tags: new Set(["sea"]), parts: [1, "two", null] } }));
    const found = await db.send(
        new QueryCommand({ TableName: "Shelf", KeyConditionExpression: "isbn = :i", ExpressionAttributeValues: { ":i": isbn } }),
    );
    assert.deepEqual(found.Items, [{ isbn, price: 12.5, tags: new Set(["sea"]), parts: [1, "two", null] }]);
    await assert.rejects(
        db.send(new PutCommand({ TableName: "Shelf", Item: { isbn }, ConditionExpression: "attribute_not_exists(isbn)" })),
        { name: "ConditionalCheckFailedException" },
    );
});

test("an object of 8 MiB comes back whole", async () => {
    const client = new s3.S3Client({ ...options, forcePathStyle: true });
    await client.send(new s3.CreateBucketCommand({ Bucket: "javascript" }));
    const body = Buffer.alloc(8 * 1024 * 1024, "cloud chamber ");
    const put = await client.send(new s3.PutObjectCommand({ Bucket: "javascript", Key: "eight", Body: body }));
    assert.equal(put.ETag, `"${createHash("md5").update(body).digest("hex")}"`);
    assert.ok(put.ChecksumCRC32, "the SDK's default checksum comes back");
    const got = await client.send(new s3.GetObjectCommand({ Bucket: "javascript", Key: "eight" }));
    assert.ok(body.equals(Buffer.from(await got.Body.transformToByteArray())));
    await assert.rejects(client.send(new s3.GetObjectCommand({ Bucket: "javascript", Key: "none" })), { name: "NoSuchKey" });
});

test("CDN, API, function and table leave one track", async () => {
    const db = await makeTable("Books");
    await db.send(new PutCommand({ TableName: "Books", Item: { isbn, title: "The Sea" } }));
    const functionArn = await makeFunction("read-book", "Books");
    const invoked = await new lambda.LambdaClient(options).send(
        new lambda.InvokeCommand({ FunctionName: "read-book", Payload: JSON.stringify({ isbn }), LogType: "Tail" }),
    );
    assert.equal(invoked.FunctionError, undefined, Buffer.from(invoked.Payload).toString());
    assert.match(Buffer.from(invoked.LogResult, "base64").toString(), /REPORT RequestId/);

    const api = await makeApi(functionArn);
    const direct = await fetch(`${chamber.endpoint}/restapis/${api}/dev/_user_request_/${isbn}`);
    assert.deepEqual([direct.status, await direct.json()], [200, { title: "The Sea" }]);

    const client = new cloudfront.CloudFrontClient(options);
    const made = await client.send(new cloudfront.CreateDistributionCommand({ DistributionConfig: distributionConfig(api) }));
    const url = `${chamber.endpoint}/_aws/cloudfront/${made.Distribution.Id}/${isbn}`;
    const seen = [];
    for (let i = 0; i < 2; ++i) {
        const answer = await fetch(url, { headers: { "x-chamber-from": "Tokyo" } });
        assert.deepEqual(await answer.json(), { title: "The Sea" });
        seen.push(answer.headers.get("x-cache"));
    }
    assert.deepEqual(seen, ["Miss from cloudfront", "Hit from cloudfront"]);
    const track = await chamber.track((whole) =>
        ["cdn", "apigateway", "lambda", "dynamodb"].every((service) => whole.spans.some((span) => span.service === service)),
    );
    assert.ok(track.spans.find((span) => span.service === "dynamodb").name === "GetItem");
});
