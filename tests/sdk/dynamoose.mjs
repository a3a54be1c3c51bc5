// Dynamoose 4, unmodified: what its guide shows — schemas and validation, create and update, queries and scans with
// their chains, conditions, populate, transactions, callbacks beside promises.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";

import dynamoose from "dynamoose";

import { startChamber } from "./chamber.mjs";

let chamber;
let User;
let Post;

before(async () => {
    chamber = await startChamber(process.env.CLOUDCHAMBER);
    dynamoose.aws.ddb.set(
        new dynamoose.aws.ddb.DynamoDB({
            endpoint: chamber.endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
        }),
    );
    const userSchema = new dynamoose.Schema(
        {
            id: { type: String, hashKey: true },
            email: { type: String, required: true, index: { name: "by-email", type: "global" }, validate: /@/ },
            age: { type: Number, default: 18, validate: (age) => age >= 0 },
            role: { type: String, enum: ["reader", "author"], default: "reader" },
            tags: { type: Set, schema: [String] },
            address: { type: Object, schema: { city: String, zip: { type: String, required: true } } },
            scores: { type: Array, schema: [Number] },
            born: Date,
            name: { type: String, set: (name) => name.trim(), get: (name) => name.toUpperCase() },
        },
        { timestamps: true },
    );
    User = dynamoose.model("User", userSchema);
    Post = dynamoose.model(
        "Post",
        new dynamoose.Schema({
            author: { type: String, hashKey: true },
            at: { type: Number, rangeKey: true },
            title: String,
            likes: Number,
            state: { type: String, index: { name: "by-state", type: "global", rangeKey: "at" } },
            writer: User,
        }),
    );
    new dynamoose.Table("Dynamoose", [User]);
    new dynamoose.Table("DynamoosePosts", [Post]);
    await User.create({ id: "warm-up", email: "a@b" });
    await User.delete("warm-up");
});
after(() => chamber?.stop());

test("a table is made from its schema", async () => {
    const { Table } = await dynamoose.aws.ddb().describeTable({ TableName: "DynamoosePosts" });
    assert.deepEqual(Table.KeySchema, [
        { AttributeName: "author", KeyType: "HASH" },
        { AttributeName: "at", KeyType: "RANGE" },
    ]);
    assert.deepEqual(Table.GlobalSecondaryIndexes.map((index) => index.IndexName), ["by-state"]);
});

test("items are made, validated, read and changed", async () => {
    const born = new Date("1990-05-01T00:00:00.000Z");
    await User.create({ id: "ada", email: "ada@sea", tags: new Set(["x", "y"]), address: { city: "London", zip: "E1" }, scores: [1, 2], born, name: "  ada " });
    const ada = await User.get("ada");
    assert.equal(ada.name, "ADA");
    assert.equal(ada.age, 18);
    assert.equal(ada.role, "reader");
    assert.deepEqual(ada.born, born);
    assert.deepEqual([...ada.tags].sort(), ["x", "y"]);
    assert.ok(ada.createdAt instanceof Date);

    ada.age = 36;
    await ada.save();
    assert.equal((await User.get({ id: "ada" }, { attributes: ["age"] })).age, 36);
    await assert.rejects(User.create({ id: "ada", email: "twice@sea" }), { name: "ConditionalCheckFailedException" });
    await assert.rejects(User.create({ id: "bad", email: "no sign" }), { name: "ValidationError" });
    await assert.rejects(User.create({ id: "bad", email: "x@y", role: "king" }), { name: "ValidationError" });
    await assert.rejects(User.create({ id: "bad" }), { name: "ValidationError" });

    const updated = await User.update({ id: "ada" }, { $SET: { role: "author" }, $ADD: { age: 1, scores: [3] }, $REMOVE: ["born"] });
    assert.equal(updated.age, 37);
    assert.deepEqual(updated.scores, [1, 2, 3]);
    assert.equal(updated.born, undefined);
    await assert.rejects(
        User.update({ id: "ada" }, { age: 40 }, { condition: new dynamoose.Condition().filter("role").eq("reader") }),
        { name: "ConditionalCheckFailedException" },
    );
    const [byMail] = await User.query("email").eq("ada@sea").exec();
    assert.equal(byMail.id, "ada");
    await ada.delete();
    assert.equal(await User.get("ada"), undefined);
});

test("batches, queries and scans chain", async () => {
    const posts = Array.from({ length: 12 }, (_, i) => ({ author: "bob", at: i, title: `post ${i}`, likes: i * 10, state: i < 4 ? "draft" : "live" }));
    assert.deepEqual((await Post.batchPut(posts)).unprocessedItems, []);
    const some = await Post.batchGet([{ author: "bob", at: 1 }, { author: "bob", at: 2 }, { author: "nobody", at: 1 }]);
    assert.deepEqual(some.map((post) => post.at).sort(), [1, 2]);

    const recent = await Post.query("author").eq("bob").where("at").between(3, 8).filter("likes").gt(40).sort("descending").exec();
    assert.deepEqual(recent.map((post) => post.at), [8, 7, 6, 5]);
    const drafts = await Post.query("state").eq("draft").using("by-state").attributes(["at"]).exec();
    assert.deepEqual(drafts.map((post) => post.at), [0, 1, 2, 3]);
    assert.equal((await Post.query({ author: { eq: "bob" }, at: { ge: 10 } }).count().exec()).count, 2);

    const first = await Post.query("author").eq("bob").limit(5).exec();
    assert.deepEqual(first.lastKey, { author: "bob", at: 4 });
    const second = await Post.query("author").eq("bob").startAt(first.lastKey).all().exec();
    assert.equal(second.length, 7);

    const found = await Post.scan().parenthesis((condition) => condition.where("likes").lt(20).or().where("title").contains("11")).and().where("state").exists().exec();
    assert.deepEqual(found.map((post) => post.at).sort((a, b) => a - b), [0, 1, 11]);
    const parallel = await Post.scan("likes").in([0, 30, 999]).parallel(3).exec();
    assert.deepEqual(parallel.map((post) => post.at).sort(), [0, 3]);
    await Post.batchDelete(posts.map(({ author, at }) => ({ author, at })));
    assert.equal((await Post.scan().exec()).length, 0);
});

test("references are populated", async () => {
    await User.create({ id: "eve", email: "eve@sea", name: "eve" });
    await Post.create({ author: "eve", at: 1, title: "hello", writer: "eve" });
    const post = await Post.get({ author: "eve", at: 1 });
    assert.equal(post.writer, "eve");
    assert.equal((await post.populate()).writer.email, "eve@sea");
});

test("transactions are whole", async () => {
    await dynamoose.transaction([
        User.transaction.create({ id: "t1", email: "t1@sea", age: 10 }),
        Post.transaction.create({ author: "t1", at: 1, likes: 0 }),
    ]);
    await dynamoose.transaction([
        User.transaction.update({ id: "t1" }, { $ADD: { age: 5 } }),
        Post.transaction.delete({ author: "t1", at: 1 }),
        User.transaction.condition("eve", new dynamoose.Condition("email").eq("eve@sea")),
    ]);
    const [t1] = await dynamoose.transaction([User.transaction.get("t1")]);
    assert.equal(t1.age, 15);
    await assert.rejects(
        dynamoose.transaction([User.transaction.delete("t1"), User.transaction.create({ id: "eve", email: "again@sea" })]),
        { name: "TransactionCanceledException" },
    );
    assert.equal((await User.get("t1")).age, 15);
});

test("callbacks are called", async () => {
    const called = (start) => new Promise((resolve, reject) => start((error, result) => (error ? reject(error) : resolve(result))));
    await called((done) => User.create({ id: "call", email: "call@back" }, done));
    assert.equal((await called((done) => User.get("call", done))).email, "call@back");
    assert.equal((await called((done) => User.query("email").eq("call@back").exec(done)))[0].id, "call");
    await assert.rejects(called((done) => User.create({ id: "call", email: "call@again" }, done)), { name: "ConditionalCheckFailedException" });
    await called((done) => User.delete("call", done));
    assert.equal(await called((done) => User.get("call", done)), undefined);
});
