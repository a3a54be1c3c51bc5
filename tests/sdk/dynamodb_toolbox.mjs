// DynamoDB-Toolbox 2, unmodified: tables, entities, commands, accesses and transactions by its builders.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";

import * as dynamodb from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Table } from "dynamodb-toolbox/table";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import { ScanCommand } from "dynamodb-toolbox/table/actions/scan";
import { Entity } from "dynamodb-toolbox/entity";
import { item } from "dynamodb-toolbox/schema/item";
import { string } from "dynamodb-toolbox/schema/string";
import { number } from "dynamodb-toolbox/schema/number";
import { list } from "dynamodb-toolbox/schema/list";
import { map } from "dynamodb-toolbox/schema/map";
import { set } from "dynamodb-toolbox/schema/set";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { UpdateItemCommand, $add, $append, $delete, $remove } from "dynamodb-toolbox/entity/actions/update";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { BatchPutRequest } from "dynamodb-toolbox/entity/actions/batchPut";
import { BatchGetRequest } from "dynamodb-toolbox/entity/actions/batchGet";
import { BatchWriteCommand, execute as executeBatchWrite } from "dynamodb-toolbox/table/actions/batchWrite";
import { BatchGetCommand, execute as executeBatchGet } from "dynamodb-toolbox/table/actions/batchGet";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { UpdateTransaction } from "dynamodb-toolbox/entity/actions/transactUpdate";
import { DeleteTransaction } from "dynamodb-toolbox/entity/actions/transactDelete";
import { ConditionCheck } from "dynamodb-toolbox/entity/actions/transactCheck";
import { GetTransaction } from "dynamodb-toolbox/entity/actions/transactGet";
import { execute as executeTransactWrite } from "dynamodb-toolbox/entity/actions/transactWrite";
import { execute as executeTransactGet } from "dynamodb-toolbox/entity/actions/transactGet";

import { startChamber } from "./chamber.mjs";

let chamber;
let table;
let Pokemon;

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    const client = new dynamodb.DynamoDBClient({
        endpoint: chamber.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    await client.send(
        new dynamodb.CreateTableCommand({
            TableName: "Toolbox",
            BillingMode: "PAY_PER_REQUEST",
            AttributeDefinitions: [
                { AttributeName: "trainer", AttributeType: "S" },
                { AttributeName: "id", AttributeType: "S" },
                { AttributeName: "level", AttributeType: "N" },
            ],
            KeySchema: [
                { AttributeName: "trainer", KeyType: "HASH" },
                { AttributeName: "id", KeyType: "RANGE" },
            ],
            LocalSecondaryIndexes: [
                {
                    IndexName: "byLevel",
                    KeySchema: [
                        { AttributeName: "trainer", KeyType: "HASH" },
                        { AttributeName: "level", KeyType: "RANGE" },
                    ],
                    Projection: { ProjectionType: "ALL" },
                },
            ],
        }),
    );
    table = new Table({
        name: "Toolbox",
        documentClient: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
        partitionKey: { name: "trainer", type: "string" },
        sortKey: { name: "id", type: "string" },
        indexes: { byLevel: { type: "local", sortKey: { name: "level", type: "number" } } },
    });
    Pokemon = new Entity({
        name: "pokemon",
        table,
        schema: item({
            trainer: string().key(),
            id: string().key(),
            name: string(),
            level: number().default(1),
            types: set(string()).optional(),
            moves: list(string()).optional(),
            owner: map({ town: string().optional() }).optional(),
            kind: string().enum("water", "fire").optional(),
        }),
    });
});
after(() => chamber?.stop());

const key = { trainer: "ash", id: "p1" };

test("an item is put, read, updated and deleted", async () => {
    await Pokemon.build(PutItemCommand).item({ ...key, name: "Squirtle", types: new Set(["water"]), moves: ["splash"], owner: { town: "Pallet" } }).send();
    await assert.rejects(
        Pokemon.build(PutItemCommand).item({ ...key, name: "Other" }).options({ condition: { attr: "trainer", exists: false } }).send(),
        { name: "ConditionalCheckFailedException" },
    );
    assert.throws(() => Pokemon.build(PutItemCommand).item({ ...key, name: "x", kind: "air" }).params(), /kind/);

    const { Attributes } = await Pokemon.build(UpdateItemCommand)
        .item({ ...key, level: $add(4), types: $add(new Set(["cute"])), moves: $append(["bite"]), owner: $remove() })
        .options({ condition: { and: [{ attr: "level", lte: 1 }, { attr: "moves", contains: "splash" }] }, returnValues: "ALL_NEW" })
        .send();
    assert.deepEqual([Attributes.level, [...Attributes.types].sort(), Attributes.moves, Attributes.owner], [5, ["cute", "water"], ["splash", "bite"], undefined]);
    await Pokemon.build(UpdateItemCommand).item({ ...key, types: $delete(new Set(["cute"])) }).send();
    const { Item } = await Pokemon.build(GetItemCommand).key(key).options({ consistent: true, attributes: ["name", "types"] }).send();
    assert.deepEqual(Item, { name: "Squirtle", types: new Set(["water"]) });
    const gone = await Pokemon.build(DeleteItemCommand).key(key).options({ condition: { attr: "level", between: [2, 9] }, returnValues: "ALL_OLD" }).send();
    assert.equal(gone.Attributes.level, 5);
    assert.equal((await Pokemon.build(GetItemCommand).key(key).send()).Item, undefined);
});

test("batches, queries and scans", async () => {
    const puts = Array.from({ length: 9 }, (_, i) => Pokemon.build(BatchPutRequest).item({ trainer: "brock", id: `b${i}`, name: `rock ${i}`, level: 9 - i }));
    await executeBatchWrite(table.build(BatchWriteCommand).requests(...puts));
    const { Responses } = await executeBatchGet(
        table.build(BatchGetCommand).requests(Pokemon.build(BatchGetRequest).key({ trainer: "brock", id: "b1" }), Pokemon.build(BatchGetRequest).key({ trainer: "brock", id: "b8" })),
    );
    assert.deepEqual(Responses[0].map((one) => one?.name), ["rock 1", "rock 8"]);

    const byName = await table.build(QueryCommand).entities(Pokemon).query({ partition: "brock", range: { beginsWith: "b" } })
        .options({ filters: { pokemon: { attr: "level", gt: 6 } }, reverse: true }).send();
    assert.deepEqual(byName.Items.map((one) => one.id), ["b2", "b1", "b0"]);
    const byLevel = await table.build(QueryCommand).entities(Pokemon).query({ index: "byLevel", partition: "brock", range: { between: [2, 4] } }).send();
    assert.deepEqual(byLevel.Items.map((one) => one.level), [2, 3, 4]);
    const first = await table.build(QueryCommand).entities(Pokemon).query({ partition: "brock" }).options({ limit: 4 }).send();
    const rest = await table.build(QueryCommand).entities(Pokemon).query({ partition: "brock" }).options({ exclusiveStartKey: first.LastEvaluatedKey, maxPages: Infinity }).send();
    assert.deepEqual([first.Items.length, rest.Items.length], [4, 5]);
    const scanned = await table.build(ScanCommand).entities(Pokemon).options({ filters: { pokemon: { attr: "name", contains: "3" } }, maxPages: Infinity }).send();
    assert.deepEqual(scanned.Items.map((one) => one.id), ["b3"]);
});

test("transactions are whole", async () => {
    const one = { trainer: "misty", id: "m1" };
    const two = { trainer: "misty", id: "m2" };
    await executeTransactWrite(
        Pokemon.build(PutTransaction).item({ ...one, name: "Staryu" }).options({ condition: { attr: "trainer", exists: false } }),
        Pokemon.build(PutTransaction).item({ ...two, name: "Psyduck" }),
    );
    await executeTransactWrite(
        Pokemon.build(UpdateTransaction).item({ ...one, level: $add(2) }),
        Pokemon.build(ConditionCheck).key(two).condition({ attr: "name", eq: "Psyduck" }),
    );
    await assert.rejects(
        executeTransactWrite(
            Pokemon.build(DeleteTransaction).key(one),
            Pokemon.build(UpdateTransaction).item({ ...two, level: 7 }).options({ condition: { attr: "level", gt: 5 } }),
        ),
        (error) => error.name === "TransactionCanceledException" && error.CancellationReasons[1].Code === "ConditionalCheckFailed",
    );
    const { Responses } = await executeTransactGet(Pokemon.build(GetTransaction).key(one), Pokemon.build(GetTransaction).key({ trainer: "misty", id: "none" }));
    assert.deepEqual(Responses.map(({ Item }) => Item?.level), [3, undefined]);
});
