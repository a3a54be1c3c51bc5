const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const { DynamoDBDocumentClient, QueryCommand, ScanCommand } = require("@aws-sdk/lib-dynamodb");

const table = process.env.BOOKS_TABLE;
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

async function booksOf(author) {
    if (!author) {
        return db.send(new ScanCommand({ TableName: table, Limit: 100 }));
    }
    return db.send(
        new QueryCommand({
            TableName: table,
            IndexName: "byAuthor",
            KeyConditionExpression: "author = :author",
            ExpressionAttributeValues: { ":author": author },
        }),
    );
}

exports.handler = async (event) => {
    const author = event.queryStringParameters?.author;
    const { Items, ScannedCount } = await booksOf(author);
    console.log(`${Items.length} books${author ? ` by ${author}` : ""}, ${ScannedCount} read`);
    return {
        statusCode: 200,
        headers: { "Content-Type": "application/json", "Cache-Control": "max-age=60" },
        body: JSON.stringify({ books: Items }),
    };
};
