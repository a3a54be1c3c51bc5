import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";

const db = new DynamoDBClient({});

export const handler = async (event) => {
    const isbn = event.pathParameters?.isbn ?? event.isbn;
    const { Item } = await db.send(new GetItemCommand({ TableName: process.env.TABLE, Key: { isbn: { S: isbn } } }));
    console.log("looked for", isbn);
    return {
        statusCode: Item ? 200 : 404,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(Item ? { title: Item.title.S } : { message: "not found" }),
    };
};
