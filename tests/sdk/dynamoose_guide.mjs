// Dynamoose 4, unmodified: the rest of what its guide documents. Types and settings of schemas, items' own functions,
// tables and their options, serializers, every word of a condition, query, scan and transaction.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";

import dynamoose from "dynamoose";

import { startChamber } from "./chamber.mjs";

let chamber;
const options = { waitForActive: { check: { frequency: 10 } } };

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    dynamoose.aws.ddb.set(
        new dynamoose.aws.ddb.DynamoDB({
            endpoint: chamber.endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
        }),
    );
});
after(() => chamber?.stop());

async function tableOf(name, models, more = {}) {
    const table = new dynamoose.Table(name, models, { ...options, ...more, initialize: false });
    await table.initialize();
    return table;
}
const raw = async (TableName, Key) => (await dynamoose.aws.ddb().getItem({ TableName, Key })).Item;

test("every type is kept and given back", async () => {
    const Pet = dynamoose.model("Pet", { id: String, name: String });
    const schema = new dynamoose.Schema({
        id: String,
        kind: dynamoose.type.CONSTANT("thing"),
        first: String,
        last: String,
        full: dynamoose.type.COMBINE(["first", "last"], " "),
        anything: dynamoose.type.ANY,
        nothing: dynamoose.type.NULL,
        either: [String, Number],
        picture: Buffer,
        isOpen: Boolean,
        day: { type: { value: Date, settings: { storage: "iso" } } },
        moment: { type: { value: Date, settings: { storage: "seconds" } } },
        bytes: { type: Set, schema: [Buffer] },
        numbers: { type: Set, schema: [Number] },
        nested: { type: Object, schema: { list: { type: Array, schema: [{ type: Object, schema: { x: Number } }] } } },
        parent: dynamoose.type.THIS,
        pet: Pet,
    });
    const Thing = dynamoose.model("Thing", schema);
    await tableOf("Things", [Thing]);
    await tableOf("Pets", [Pet]);
    await Pet.create({ id: "rex", name: "Rex" });
    await Thing.create({ id: "root", first: "Ro", last: "Ot", kind: "thing" });
    const moment = new Date("2026-01-02T03:04:05.000Z");
    await Thing.create({
        id: "one",
        kind: "thing",
        first: "Ada",
        last: "Lovelace",
        anything: 7,
        nothing: null,
        either: 5,
        picture: Buffer.from("bytes"),
        isOpen: false,
        day: moment,
        moment,
        bytes: new Set([Buffer.from("a")]),
        numbers: new Set([1, 2.5]),
        nested: { list: [{ x: 1 }, { x: 2 }] },
        parent: "root",
        pet: "rex",
    });
    const stored = await raw("Things", { id: { S: "one" } });
    assert.deepEqual(stored.full, { S: "Ada Lovelace" });
    assert.deepEqual(stored.nothing, { NULL: true });
    assert.deepEqual(stored.day, { S: "2026-01-02T03:04:05.000Z" });
    assert.deepEqual(stored.moment, { N: String(moment.getTime() / 1000) });
    assert.deepEqual([...stored.numbers.NS].sort(), ["1", "2.5"]);

    const one = await Thing.get("one");
    assert.deepEqual([one.anything, one.either, one.isOpen, one.kind], [7, 5, false, "thing"]);
    assert.equal(Buffer.from(one.picture).toString(), "bytes");
    assert.deepEqual([one.day, one.moment], [moment, moment]);
    assert.deepEqual(one.nested, { list: [{ x: 1 }, { x: 2 }] });
    const whole = await one.populate();
    assert.equal(whole.parent.full, "Ro Ot");
    assert.equal(whole.pet.name, "Rex");
    await assert.rejects(Thing.create({ id: "two", kind: "other", first: "a", last: "b" }), /kind/);
});

test("settings of attributes and schemas are obeyed", async () => {
    let made = 0;
    const schema = new dynamoose.Schema(
        {
            pk: { type: String, hashKey: true, map: "id" },
            code: { type: String, default: async () => `code-${++made}`, forceDefault: true },
            level: { type: Number, validate: async (level) => level < 10 },
            choice: { type: Number, enum: [1, 2, 3] },
            secret: { type: String, set: async (plain) => [...plain].reverse().join(""), get: (kept) => [...kept].reverse().join("") },
            optional: { type: String, default: "given" },
        },
        { saveUnknown: ["extra.**", "note"], timestamps: { createdAt: "made", updatedAt: ["changed", "touched"] } },
    );
    const Setting = dynamoose.model("Setting", schema);
    await tableOf("Settings", [Setting]);
    await Setting.create({ pk: "a", code: "ignored", secret: "abc", extra: { deep: [1] }, note: "n", lost: "l" });
    const stored = await raw("Settings", { pk: { S: "a" } });
    assert.deepEqual(stored.code, { S: "code-1" });
    assert.deepEqual(stored.secret, { S: "cba" });
    assert.deepEqual(stored.extra, { M: { deep: { L: [{ N: "1" }] } } });
    assert.equal(stored.lost, undefined);
    assert.ok(stored.made.N && stored.changed.N && stored.touched.N);
    const a = await Setting.get({ id: "a" });
    assert.equal(a.secret, "abc");
    assert.equal(a.optional, "given");
    await Setting.create({ pk: "b", optional: dynamoose.type.UNDEFINED });
    assert.equal((await raw("Settings", { pk: { S: "b" } })).optional, undefined);
    await assert.rejects(Setting.create({ pk: "c", level: 10 }), { name: "ValidationError" });
    await assert.rejects(Setting.create({ pk: "c", choice: 4 }), { name: "ValidationError" });
    await assert.rejects(Setting.update({ pk: "a" }, { level: 11 }), { name: "ValidationError" });
    await assert.rejects(Setting.create({ pk: "c", level: "high" }), { name: "TypeMismatch" });
});

test("items save, tell what they were, and go", async () => {
    const User = dynamoose.model("GuideUser", { id: Number, name: String, data: { type: String, default: "Hello" } });
    await tableOf("GuideUsers", [User]);
    const tim = new User({ id: 1, name: "Tim" });
    assert.equal(tim.original(), null);
    assert.deepEqual(await tim.withDefaults(), { id: 1, name: "Tim", data: "Hello" });
    await tim.save();
    await assert.rejects(new User({ id: 1 }).save({ overwrite: false }), { name: "ConditionalCheckFailedException" });
    const request = await tim.save({ return: "request" });
    assert.equal(request.TableName, "GuideUsers");
    const read = await User.get(1, { consistent: true });
    read.name = "Bob";
    assert.equal(read.original().name, "Tim");
    assert.deepEqual(read.toJSON(), { id: 1, name: "Bob", data: "Hello" });
    await read.save({ condition: new dynamoose.Condition("name").eq("Tim") });
    await assert.rejects(read.save({ condition: new dynamoose.Condition("name").eq("Tim") }), {
        name: "ConditionalCheckFailedException",
    });
    await assert.rejects(User.delete(1, { condition: new dynamoose.Condition("name").eq("Tim") }), {
        name: "ConditionalCheckFailedException",
    });
    assert.equal((await User.update({ id: 1, name: "Eve" })).name, "Eve");
    const before = await User.update({ id: 1 }, { name: "Zoe" }, { returnValues: "ALL_OLD" });
    assert.equal(before.name, "Eve");
    await User.update({ id: 1 }, { $REMOVE: { name: null } });
    assert.deepEqual(await raw("GuideUsers", { id: { N: "1" } }), { id: { N: "1" }, data: { S: "Hello" } });
    await User.delete(1);
    assert.equal(await User.get(1), undefined);
});

test("models have methods and serializers", async () => {
    const User = dynamoose.model("Served", { id: Number, name: String, password: String });
    await tableOf("Serveds", [User]);
    User.methods.set("everyone", function () {
        return this.scan().exec();
    });
    User.methods.item.set("shout", async function () {
        return this.name.toUpperCase();
    });
    User.serializer.add("public", { exclude: ["password"] });
    User.serializer.add("named", { include: ["name"], modify: (item) => ({ ...item, nice: true }) });
    User.serializer.default.set("public");
    await User.batchPut([{ id: 1, name: "a", password: "x" }, { id: 2, name: "b", password: "y" }]);
    const everyone = await User.everyone();
    assert.equal(everyone.length, 2);
    assert.deepEqual((await User.serializeMany(everyone, "public")).map((user) => "password" in user), [false, false]);
    const a = await User.get(1);
    assert.equal(await a.shout(), "A");
    assert.deepEqual(await a.serialize(), { id: 1, name: "a" });
    assert.deepEqual(await a.serialize("named"), { name: "a", nice: true });
    User.methods.delete("everyone");
    assert.equal(User.everyone, undefined);
});

test("tables take the guide's options", async () => {
    const schema = () =>
        new dynamoose.Schema({
            id: { type: String, hashKey: true },
            at: { type: Number, rangeKey: true, index: [{ name: "byDay", type: "local", project: false }] },
            day: { type: String, index: { name: "day-at", type: "global", rangeKey: "at", project: ["text"], throughput: { read: 2, write: 3 } } },
            rank: { type: Number, index: { type: "local", name: "byRank" } },
            text: String,
        });
    const Log = dynamoose.model("Log", schema());
    const table = await tableOf("Logs", [Log], {
        prefix: "app_",
        suffix: "_v1",
        throughput: { read: 4, write: 2 },
        expires: { ttl: 3600 * 1000, attribute: "ends", items: { returnExpired: false } },
        tags: { team: "sea" },
        tableClass: "infrequentAccess",
        streamOptions: { enabled: true, type: "NEW_AND_OLD_IMAGES" },
    });
    assert.deepEqual([table.name, table.hashKey, table.rangeKey], ["app_Logs_v1", "id", "at"]);
    const { Table } = await dynamoose.aws.ddb().describeTable({ TableName: table.name });
    assert.equal(Table.ProvisionedThroughput.ReadCapacityUnits, 4);
    assert.equal(Table.TableClassSummary.TableClass, "STANDARD_INFREQUENT_ACCESS");
    assert.equal(Table.StreamSpecification.StreamViewType, "NEW_AND_OLD_IMAGES");
    assert.deepEqual(Table.LocalSecondaryIndexes.map(({ IndexName }) => IndexName).sort(), ["byDay", "byRank"]);
    assert.deepEqual(Table.GlobalSecondaryIndexes[0].Projection, { ProjectionType: "INCLUDE", NonKeyAttributes: ["text"] });
    const { Tags } = await dynamoose.aws.ddb().listTagsOfResource({ ResourceArn: Table.TableArn });
    assert.deepEqual(Tags, [{ Key: "team", Value: "sea" }]);
    const { TimeToLiveDescription } = await dynamoose.aws.ddb().describeTimeToLive({ TableName: table.name });
    assert.deepEqual([TimeToLiveDescription.AttributeName, TimeToLiveDescription.TimeToLiveStatus], ["ends", "ENABLED"]);

    await Log.create({ id: "x", at: 1, day: "mon", rank: 9, text: "kept" });
    await Log.create({ id: "x", at: 2, day: "mon", rank: 1, ends: new Date(Date.now() - 60_000) });
    assert.deepEqual((await Log.query("id").eq("x").exec()).map(({ at }) => at), [1]); // the other one has expired
    assert.deepEqual((await Log.query("day").eq("mon").using("day-at").exec()).map(({ text }) => text).filter(Boolean), ["kept"]);
    assert.deepEqual((await Log.query("id").eq("x").where("rank").gt(5).using("byRank").exec()).map(({ rank }) => rank), [9]);

    // A second look at the same table changes what the options say.
    const same = await tableOf("Logs", [dynamoose.model("LogAgain", schema())], { prefix: "app_", suffix: "_v1", throughput: { read: 6, write: 2 }, update: ["throughput"] });
    const after = await dynamoose.aws.ddb().describeTable({ TableName: same.name });
    assert.equal(after.Table.ProvisionedThroughput.ReadCapacityUnits, 6);
    assert.ok((await same.create({ return: "request" })).KeySchema);
});

test("every word of a condition", async () => {
    const Fish = dynamoose.model("Fish", new dynamoose.Schema({ id: Number, name: String, size: Number, seas: { type: Set, schema: [String] }, note: String }));
    await tableOf("Fishes", [Fish]);
    await Fish.batchPut([
        { id: 1, name: "cod", size: 10, seas: new Set(["north"]) },
        { id: 2, name: "cobia", size: 20, seas: new Set(["south"]), note: "n" },
        { id: 3, name: "eel", size: 30, seas: new Set(["north", "south"]) },
    ]);
    const ids = (found) => found.map(({ id }) => id).sort();
    const cases = [
        [Fish.scan("name").eq("cod"), [1]],
        [Fish.scan("name").not().eq("cod"), [2, 3]],
        [Fish.scan("size").lt(20), [1]],
        [Fish.scan("size").le(20), [1, 2]],
        [Fish.scan("size").gt(20), [3]],
        [Fish.scan("size").ge(20), [2, 3]],
        [Fish.scan("size").not().ge(20), [1]],
        [Fish.scan("name").beginsWith("co"), [1, 2]],
        [Fish.scan("name").contains("e"), [3]],
        [Fish.scan("seas").contains("north"), [1, 3]],
        [Fish.scan("seas").not().contains("north"), [2]],
        [Fish.scan("note").exists(), [2]],
        [Fish.scan("note").not().exists(), [1, 3]],
        [Fish.scan("id").in([1, 3]), [1, 3]],
        [Fish.scan("size").between(15, 30), [2, 3]],
        [Fish.scan({ name: { beginsWith: "c" }, size: { gt: 10 } }), [2]],
        [Fish.scan(new dynamoose.Condition().where("name").eq("eel").or().where("size").eq(10)), [1, 3]],
        [Fish.scan().attribute("size").gt(5).and().group((group) => group.where("id").eq(1).or().where("id").eq(2)), [1, 2]],
        [Fish.scan().parenthesis(new dynamoose.Condition().filter("size").lt(15).or().filter("size").gt(25)).and().filter("note").not().exists(), [1, 3]],
        [Fish.scan(new dynamoose.Condition({ FilterExpression: "#s > :s", ExpressionAttributeNames: { "#s": "size" }, ExpressionAttributeValues: { ":s": 25 } })), [3]],
    ];
    for (const [scan, wanted] of cases) {
        assert.deepEqual(ids(await scan.exec()), wanted);
    }
    assert.deepEqual((await Fish.scan().count().exec()).count, 3);
    assert.equal((await Fish.scan().limit(1).all(0, 2).exec()).timesScanned, 2);
    assert.deepEqual(Object.keys((await Fish.scan().attributes(["name"]).limit(1).exec())[0]), ["name"]);
    assert.equal((await Fish.query("id").eq(2).consistent().exec())[0].name, "cobia");
    await assert.rejects(Fish.query("size").eq(2).exec(), { name: "InvalidParameter" });
});

test("transactions of each kind", async () => {
    const Account = dynamoose.model("Account", { id: Number, money: Number });
    await tableOf("Accounts", [Account]);
    const { transaction } = Account;
    await dynamoose.transaction([transaction.create({ id: 1, money: 10 }), transaction.create({ id: 2, money: 0 })]);
    const request = await dynamoose.transaction([transaction.get(1)], { return: "request" });
    assert.deepEqual(request.TransactItems[0].Get.Key, { id: { N: "1" } });
    const move = (amount) => [
        transaction.update({ id: 1 }, { $ADD: { money: -amount } }, { condition: new dynamoose.Condition("money").ge(amount) }),
        transaction.update({ id: 2 }, { $ADD: { money: amount } }),
    ];
    await dynamoose.transaction(move(7));
    await assert.rejects(dynamoose.transaction(move(7)), ({ name, CancellationReasons }) => {
        assert.equal(name, "TransactionCanceledException");
        assert.deepEqual(CancellationReasons.map(({ Code }) => Code), ["ConditionalCheckFailed", "None"]);
        return true;
    });
    const both = await dynamoose.transaction([transaction.get(1), transaction.get(2)], { type: "get" });
    assert.deepEqual(both.map(({ money }) => money), [3, 7]);
    await new Promise((resolve, reject) => {
        dynamoose.transaction([transaction.delete(1)], {}, (error) => (error ? reject(error) : resolve()));
    });
    assert.equal(await Account.get(1), undefined);
});

test("one table holds several models and schemas", async () => {
    const Cat = dynamoose.model("Cat", [
        new dynamoose.Schema({ id: { type: String, hashKey: true }, name: String, indoors: { type: Boolean, required: true } }),
        new dynamoose.Schema({ id: { type: String, hashKey: true }, age: { type: Number, required: true } }),
    ]);
    const Dog = dynamoose.model("Dog", { id: { type: String, hashKey: true }, barks: Boolean });
    await tableOf("Animals", [Cat, Dog]);
    await Cat.create({ id: "c1", name: "Tom", indoors: true });
    await Cat.create({ id: "c2", age: 4 });
    await Dog.create({ id: "d1", barks: true });
    assert.equal((await Cat.get("c2")).age, 4);
    assert.equal((await Dog.get("d1")).barks, true);
    const asked = await Cat.batchGet(["c1", "nobody"]);
    assert.deepEqual(asked.map(({ id }) => id), ["c1"]);
    assert.deepEqual(asked.unprocessedKeys, []);
    const { marshall, unmarshall } = dynamoose.aws.converter();
    assert.deepEqual(unmarshall(marshall({ a: 1 })), { a: 1 });
});

test("an instance has an endpoint of its own", async () => {
    const other = new dynamoose.Instance();
    other.aws.ddb.set(
        new other.aws.ddb.DynamoDB({
            endpoint: chamber.endpoint,
            region: "eu-west-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
        }),
    );
    const Far = dynamoose.model("Far", { id: String });
    const table = new other.Table("Fars", [Far], { ...options, initialize: false });
    await table.initialize();
    const names = async (client) => (await client.listTables({})).TableNames;
    assert.ok((await names(other.aws.ddb())).includes("Fars"));
    assert.ok(!(await names(dynamoose.aws.ddb())).includes("Fars"));
});
