// The document client of the AWS SDK for JavaScript v3, unmodified: every command that it has.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";

import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as lib from "@aws-sdk/lib-dynamodb";

import { startChamber } from "./chamber.mjs";

let chamber;
let client;
let db;

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    client = new dynamodb.DynamoDBClient({
        endpoint: chamber.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    db = lib.DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    await client.send(
        new dynamodb.CreateTableCommand({
            TableName: "Orders",
            BillingMode: "PAY_PER_REQUEST",
            AttributeDefinitions: [
                { AttributeName: "customer", AttributeType: "S" },
                { AttributeName: "number", AttributeType: "N" },
                { AttributeName: "status", AttributeType: "S" },
            ],
            KeySchema: [
                { AttributeName: "customer", KeyType: "HASH" },
                { AttributeName: "number", KeyType: "RANGE" },
            ],
            GlobalSecondaryIndexes: [
                {
                    IndexName: "by-status",
                    KeySchema: [{ AttributeName: "status", KeyType: "HASH" }],
                    Projection: { ProjectionType: "KEYS_ONLY" },
                },
            ],
        }),
    );
    await dynamodb.waitUntilTableExists({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 20 }, { TableName: "Orders" });
});
after(() => chamber?.stop());

const TableName = "Orders";
const order = (customer, number, rest = {}) => ({ customer, number, status: "open", ...rest });

test("an item keeps JavaScript's types", async () => {
    const item = order("types", 1, {
        total: 12.5,
        exact: lib.NumberValue.from("12345678901234567890123456789012345678"),
        tags: new Set(["sea", "air"]),
        counts: new Set([1, 2]),
        photo: new Uint8Array([0, 1, 255]),
        parts: [{ isbn: "978", count: 2 }, null, true],
        note: undefined,
    });
    await db.send(new lib.PutCommand({ TableName, Item: item }));
    const { Item } = await db.send(
        new lib.GetCommand({ TableName, Key: { customer: "types", number: 1 }, ConsistentRead: true, ProjectionExpression: "#total, tags, counts, photo, parts", ExpressionAttributeNames: { "#total": "total" } }),
    );
    assert.deepEqual(Item, { total: 12.5, tags: item.tags, counts: item.counts, photo: item.photo, parts: item.parts });
    const raw = await client.send(new dynamodb.GetItemCommand({ TableName, Key: { customer: { S: "types" }, number: { N: "1" } } }));
    assert.equal(raw.Item.exact.N, "12345678901234567890123456789012345678");
    assert.equal(raw.Item.note, undefined);
});

test("updates return what was asked for, and conditions hold them back", async () => {
    await db.send(new lib.PutCommand({ TableName, Item: order("update", 1, { parts: [1] }) }));
    const { Attributes } = await db.send(
        new lib.UpdateCommand({
            TableName,
            Key: { customer: "update", number: 1 },
            UpdateExpression: "SET #s = :paid, parts = list_append(parts, :more), amount = if_not_exists(amount, :zero) + :five REMOVE gone ADD tags :tags",
            ConditionExpression: "#s = :open AND size(parts) < :five",
            ExpressionAttributeNames: { "#s": "status" },
            ExpressionAttributeValues: { ":paid": "paid", ":open": "open", ":more": [2], ":zero": 0, ":five": 5, ":tags": new Set(["a"]) },
            ReturnValues: "ALL_NEW",
        }),
    );
    assert.deepEqual(Attributes, { customer: "update", number: 1, status: "paid", parts: [1, 2], amount: 5, tags: new Set(["a"]) });
    const refused = db.send(
        new lib.DeleteCommand({
            TableName,
            Key: { customer: "update", number: 1 },
            ConditionExpression: "#s = :open",
            ExpressionAttributeNames: { "#s": "status" },
            ExpressionAttributeValues: { ":open": "open" },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
    );
    await assert.rejects(refused, (error) => error.name === "ConditionalCheckFailedException" && error.Item.status.S === "paid");
});

test("batches and paginators walk everything", async () => {
    const puts = Array.from({ length: 25 }, (_, i) => ({ PutRequest: { Item: order("pages", i, { status: i % 2 ? "odd" : "even" }) } }));
    const written = await db.send(new lib.BatchWriteCommand({ RequestItems: { [TableName]: puts } }));
    assert.deepEqual(written.UnprocessedItems, {});
    const got = await db.send(
        new lib.BatchGetCommand({ RequestItems: { [TableName]: { Keys: [1, 2, 99].map((number) => ({ customer: "pages", number })) } } }),
    );
    assert.deepEqual(got.Responses[TableName].map((item) => item.number).sort(), [1, 2]);

    const pages = [];
    const query = { TableName, KeyConditionExpression: "customer = :c AND #n BETWEEN :low AND :high", ExpressionAttributeNames: { "#n": "number" }, ExpressionAttributeValues: { ":c": "pages", ":low": 3, ":high": 12 }, ScanIndexForward: false };
    for await (const page of lib.paginateQuery({ client: db, pageSize: 4 }, query)) {
        pages.push(page.Items.map((item) => item.number));
    }
    assert.deepEqual(pages, [[12, 11, 10, 9], [8, 7, 6, 5], [4, 3]]);

    const odd = [];
    const scan = { TableName, IndexName: "by-status", FilterExpression: "#s = :odd", ExpressionAttributeNames: { "#s": "status" }, ExpressionAttributeValues: { ":odd": "odd" } };
    for await (const page of lib.paginateScan({ client: db, pageSize: 7 }, scan)) {
        odd.push(...page.Items.map((item) => item.number));
    }
    assert.deepEqual(odd.sort((a, b) => a - b), [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23]);
});

test("transactions are whole", async () => {
    const Key = { customer: "whole", number: 1 };
    await db.send(
        new lib.TransactWriteCommand({
            TransactItems: [
                { Put: { TableName, Item: order("whole", 1, { stock: 1 }), ConditionExpression: "attribute_not_exists(customer)" } },
                { Put: { TableName, Item: order("whole", 2) } },
            ],
        }),
    );
    const sell = new lib.TransactWriteCommand({
        TransactItems: [
            { Update: { TableName, Key, UpdateExpression: "SET stock = stock - :one", ConditionExpression: "stock >= :one", ExpressionAttributeValues: { ":one": 1 } } },
            { Delete: { TableName, Key: { customer: "whole", number: 2 } } },
        ],
    });
    await db.send(sell);
    await assert.rejects(
        db.send(sell),
        (error) => error.name === "TransactionCanceledException" && error.CancellationReasons.map((reason) => reason.Code).join() === "ConditionalCheckFailed,None",
    );
    const { Responses } = await db.send(new lib.TransactGetCommand({ TransactItems: [{ Get: { TableName, Key } }, { Get: { TableName, Key: { customer: "whole", number: 2 } } }] }));
    assert.deepEqual(Responses.map((response) => response.Item?.stock), [0, undefined]);
});

test("PartiQL speaks the same types", async () => {
    await db.send(new lib.ExecuteStatementCommand({ Statement: `INSERT INTO "Orders" VALUE {'customer': ?, 'number': ?, 'tags': ?}`, Parameters: ["partiql", 1, new Set(["x"])] }));
    const changed = await db.send(
        new lib.ExecuteStatementCommand({ Statement: `UPDATE "Orders" SET total = 7 SET tags = set_add(tags, <<'y'>>) WHERE customer = ? AND "number" = ? RETURNING ALL NEW *`, Parameters: ["partiql", 1] }),
    );
    assert.deepEqual(changed.Items, [{ customer: "partiql", number: 1, total: 7, tags: new Set(["x", "y"]) }]);
    const batch = await db.send(
        new lib.BatchExecuteStatementCommand({
            Statements: [
                { Statement: `SELECT total FROM "Orders" WHERE customer = ? AND "number" = ?`, Parameters: ["partiql", 1] },
                { Statement: `SELECT * FROM "Orders" WHERE customer = 'partiql'` },
            ],
        }),
    );
    assert.deepEqual(batch.Responses[0].Item, { total: 7 });
    assert.equal(batch.Responses[1].Error.Code, "ValidationError");
    await assert.rejects(
        db.send(
            new lib.ExecuteTransactionCommand({
                TransactStatements: [
                    { Statement: `DELETE FROM "Orders" WHERE customer = ? AND "number" = ?`, Parameters: ["partiql", 1] },
                    { Statement: `INSERT INTO "Orders" VALUE {'customer': 'types', 'number': 1}` },
                ],
            }),
        ),
        (error) => error.CancellationReasons.map((reason) => reason.Code).join() === "None,DuplicateItem",
    );
    const pages = [];
    let NextToken;
    do {
        const page = await db.send(new lib.ExecuteStatementCommand({ Statement: `SELECT "number" FROM "Orders" WHERE customer = 'pages' ORDER BY "number" DESC`, Limit: 10, NextToken }));
        pages.push(page.Items.length);
        NextToken = page.NextToken;
    } while (NextToken);
    assert.deepEqual(pages, [10, 10, 5]);
});
