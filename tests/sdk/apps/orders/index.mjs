// A shop's orders as one writes them for AWS: an HTTP API, a table in one transaction, a receipt in a bucket.
import { DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { receiptOf, totalOf } from "prices";

const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });
const bucket = new S3Client({});
const { BOOKS, ORDERS, RECEIPTS } = process.env;

class Refusal extends Error {
    constructor(statusCode, message) {
        super(message);
        this.statusCode = statusCode;
    }
}

async function linesOf(items) {
    if (!items?.length) {
        throw new Refusal(400, "An order has items");
    }
    const { Responses } = await tables.send(new BatchGetCommand({
        RequestItems: { [BOOKS]: { Keys: items.map(({ isbn }) => ({ isbn })) } } }));
    const books = new Map(Responses[BOOKS].map((book) => [book.isbn, book]));
    return items.map(({ isbn, count }) => {
        const book = books.get(isbn);
        if (!book) {
            throw new Refusal(404, `There is no book ${isbn}`);
        }
        return { isbn, count, title: book.title, price: book.price };
    });
}

async function write(order) {
    const take = ({ isbn, count }) => ({ Update: { TableName: BOOKS, Key: { isbn },
        UpdateExpression: "SET stock = stock - :count", ConditionExpression: "stock >= :count",
        ExpressionAttributeValues: { ":count": count } } });
    try {
        await tables.send(new TransactWriteCommand({ TransactItems: [
            { Put: { TableName: ORDERS, Item: order, ConditionExpression: "attribute_not_exists(id)" } },
            ...order.lines.map(take)] }));
    } catch (error) {
        if (!(error instanceof TransactionCanceledException)) {
            throw error;
        }
        const short = order.lines.filter((_, i) => error.CancellationReasons[i + 1].Code === "ConditionalCheckFailed");
        throw new Refusal(409, "Not enough of " + short.map(({ title }) => title).join(", "));
    }
}

async function place(event, context) {
    const { customer, items } = JSON.parse(event.body);
    const lines = await linesOf(items);
    const order = { id: context.awsRequestId, customer, lines, total: totalOf(lines),
        placed: new Date(event.requestContext.timeEpoch).toISOString() };
    await write(order);
    await bucket.send(new PutObjectCommand({ Bucket: RECEIPTS, Key: `${order.id}.txt`, Body: receiptOf(order),
        ContentType: "text/plain; charset=utf-8", Metadata: { total: order.total } }));
    return { statusCode: 201, headers: { location: `/orders/${order.id}` }, body: JSON.stringify(order) };
}

async function read({ pathParameters: { id } }) {
    const { Item } = await tables.send(new GetCommand({ TableName: ORDERS, Key: { id }, ConsistentRead: true }));
    if (!Item) {
        throw new Refusal(404, "There is no such order");
    }
    return Item;
}

async function receipt({ pathParameters: { id } }) {
    try {
        const { Body, ContentType, Metadata } = await bucket.send(
            new GetObjectCommand({ Bucket: RECEIPTS, Key: `${id}.txt` }));
        return { statusCode: 200, headers: { "content-type": ContentType, "x-total": Metadata.total },
            body: await Body.transformToString() };
    } catch (error) {
        throw error instanceof NoSuchKey ? new Refusal(404, "There is no such receipt") : error;
    }
}

const routes = { "POST /orders": place, "GET /orders/{id}": read, "GET /orders/{id}/receipt": receipt };

export const handler = async (event, context) => {
    try {
        return await routes[event.routeKey](event, context);
    } catch (error) {
        if (!(error instanceof Refusal)) {
            throw error;
        }
        return { statusCode: error.statusCode, body: JSON.stringify({ message: error.message }) };
    }
};
