// ElectroDB, unmodified: a single-table service of two entities, its collections, queries, conditions and transactions.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";

import * as dynamodb from "@aws-sdk/client-dynamodb";
import { Entity, Service } from "electrodb";

import { startChamber } from "./chamber.mjs";

let chamber;
let shop;

const employeeModel = {
    model: { entity: "employee", version: "1", service: "shop" },
    attributes: {
        employee: { type: "string", required: true },
        office: { type: "string", required: true },
        team: { type: ["sales", "press"], default: "sales" },
        salary: { type: "number", validate: (salary) => salary === undefined || salary >= 0 },
        skills: { type: "set", items: "string" },
        address: { type: "map", properties: { city: { type: "string" }, floors: { type: "list", items: { type: "number" } } } },
    },
    indexes: {
        employee: { pk: { field: "pk", composite: ["employee"] }, sk: { field: "sk", composite: [] } },
        place: {
            collection: "building",
            index: "gsi1",
            pk: { field: "gsi1pk", composite: ["office"] },
            sk: { field: "gsi1sk", composite: ["team", "employee"] },
        },
    },
};

const deskModel = {
    model: { entity: "desk", version: "1", service: "shop" },
    attributes: {
        desk: { type: "string", required: true },
        office: { type: "string", required: true },
        taken: { type: "boolean", default: false },
    },
    indexes: {
        desk: { pk: { field: "pk", composite: ["desk"] }, sk: { field: "sk", composite: [] } },
        place: {
            collection: "building",
            index: "gsi1",
            pk: { field: "gsi1pk", composite: ["office"] },
            sk: { field: "gsi1sk", composite: ["desk"] },
        },
    },
};

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    const client = new dynamodb.DynamoDBClient({
        endpoint: chamber.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const names = ["pk", "sk", "gsi1pk", "gsi1sk"];
    const keys = (hash, range) => [
        { AttributeName: hash, KeyType: "HASH" },
        { AttributeName: range, KeyType: "RANGE" },
    ];
    await client.send(
        new dynamodb.CreateTableCommand({
            TableName: "Electro",
            BillingMode: "PAY_PER_REQUEST",
            AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
            KeySchema: keys("pk", "sk"),
            GlobalSecondaryIndexes: [{ IndexName: "gsi1", KeySchema: keys("gsi1pk", "gsi1sk"), Projection: { ProjectionType: "ALL" } }],
        }),
    );
    shop = new Service({ employee: new Entity(employeeModel), desk: new Entity(deskModel) }, { client, table: "Electro" });
});
after(() => chamber?.stop());

test("an entity lives through create, patch, upsert and remove", async () => {
    const { employee } = shop.entities;
    await employee.create({ employee: "ada", office: "sea", salary: 10, skills: ["type"], address: { city: "London", floors: [1] } }).go();
    await assert.rejects(employee.create({ employee: "ada", office: "sea" }).go(), /conditional request failed/i);
    assert.throws(() => employee.create({ employee: "x", office: "sea", team: "kings" }).params(), /Value not found in set/);

    const patch = () =>
        employee
            .patch({ employee: "ada" })
            .set({ team: "press", office: "sea" })
            .add({ salary: 5, skills: ["draw"] })
            .data(({ address }, { set, append }) => {
                set(address.city, "Paris");
                append(address.floors, [2]);
            })
            .where(({ salary }, { eq }) => eq(salary, 10))
            .go({ response: "all_new" });
    const patched = await patch();
    assert.deepEqual(patched.data.address, { city: "Paris", floors: [1, 2] });
    await assert.rejects(patch(), /conditional request failed/i);
    const { data } = await employee.get({ employee: "ada" }).go();
    assert.equal(data.salary, 15);
    assert.deepEqual([...data.skills].sort(), ["draw", "type"]);
    await assert.rejects(employee.patch({ employee: "nobody" }).set({ salary: 1 }).go(), /conditional request failed/i);
    await employee.upsert({ employee: "new", office: "sea", salary: 1 }).go();
    assert.equal((await employee.get({ employee: "new" }).go()).data.salary, 1);
    await employee.delete([{ employee: "ada" }, { employee: "new" }]).go();
    assert.equal((await employee.get({ employee: "ada" }).go()).data, null);
});

test("collections, ranges, filters and pages", async () => {
    const { employee, desk } = shop.entities;
    const people = Array.from({ length: 30 }, (_, i) => ({ employee: `e${String(i).padStart(2, "0")}`, office: "hill", team: i % 3 ? "sales" : "press", salary: i }));
    assert.deepEqual((await employee.put(people).go()).unprocessed, []);
    await desk.put([{ desk: "d1", office: "hill" }, { desk: "d2", office: "hill", taken: true }, { desk: "d3", office: "far" }]).go();

    const building = await shop.collections.building({ office: "hill" }).go({ pages: "all" });
    assert.deepEqual([building.data.employee.length, building.data.desk.length], [30, 2]);

    const late = await employee.query.place({ office: "hill", team: "sales" }).gte({ employee: "e25" }).where(({ salary }, { lt }) => lt(salary, 29)).go({ order: "desc" });
    assert.deepEqual(late.data.map((one) => one.employee), ["e28", "e26", "e25"]);
    const between = await employee.query.place({ office: "hill", team: "sales" }).between({ employee: "e01" }, { employee: "e05" }).go();
    assert.deepEqual(between.data.map((one) => one.employee), ["e01", "e02", "e04", "e05"]);

    const seen = [];
    let cursor = null;
    do {
        const page = await employee.query.place({ office: "hill" }).go({ cursor, limit: 8 });
        seen.push(...page.data);
        cursor = page.cursor;
    } while (cursor !== null);
    assert.equal(seen.length, 30);

    const some = await employee.get([{ employee: "e01" }, { employee: "e02" }, { employee: "none" }]).go({ preserveBatchOrder: true });
    assert.deepEqual(some.data.map((one) => one?.employee), ["e01", "e02", undefined]);
    const rich = await employee.scan.where(({ salary }, { gt }) => gt(salary, 27)).go({ pages: "all" });
    assert.deepEqual(rich.data.map((one) => one.salary).sort(), [28, 29]);
});

test("transactions are whole", async () => {
    await shop.transaction.write(({ employee, desk }) => [
        employee.create({ employee: "tx", office: "sea", salary: 3 }).commit(),
        desk.create({ desk: "tx", office: "sea" }).commit(),
    ]).go();
    const take = () =>
        shop.transaction.write(({ employee, desk }) => [
            desk.patch({ desk: "tx" }).set({ taken: true }).where(({ taken }, { eq }) => eq(taken, false)).commit({ response: "all_old" }),
            employee.check({ employee: "tx" }).where(({ salary }, { gt }) => gt(salary, 1)).commit(),
        ]).go();
    assert.equal((await take()).canceled, false);
    const again = await take();
    assert.equal(again.canceled, true);
    assert.deepEqual(again.data.map((reason) => [reason.rejected, reason.code]), [[true, "ConditionalCheckFailed"], [false, "None"]]);
    assert.equal(again.data[0].item.taken, true);
    const got = await shop.transaction.get(({ employee, desk }) => [employee.get({ employee: "tx" }).commit(), desk.get({ desk: "none" }).commit()]).go();
    assert.deepEqual(got.data.map(({ item }) => item?.employee), ["tx", undefined]);
});
