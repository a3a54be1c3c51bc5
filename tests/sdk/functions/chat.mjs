// A chat as it is written for AWS: connections in a table, messages to all of them through @connections. It knows
// nothing of the chamber.
import { ApiGatewayManagementApiClient, GoneException, PostToConnectionCommand } from
    "@aws-sdk/client-apigatewaymanagementapi";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const connect = async (event) => {
    const { connectionId } = event.requestContext;
    await table.send(new PutCommand({ TableName, Item: { connectionId } }));
    const protocol = event.headers["Sec-WebSocket-Protocol"];
    return { statusCode: 200, headers: protocol ? { "Sec-WebSocket-Protocol": "chat" } : {} };
};

export const disconnect = async (event) => {
    const { connectionId, disconnectStatusCode } = event.requestContext;
    console.log("left with", disconnectStatusCode);
    await table.send(new DeleteCommand({ TableName, Key: { connectionId } }));
    return { statusCode: 200 };
};

async function broadcast({ domainName, stage }, room, message) {
    const client = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` });
    const { Items } = await table.send(new ScanCommand({ TableName, FilterExpression: "room = :room",
        ExpressionAttributeValues: { ":room": room } }));
    await Promise.all(Items.map(async ({ connectionId }) => {
        try {
            await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: JSON.stringify(message) }));
        } catch (error) {
            if (!(error instanceof GoneException))
                throw error;
            await table.send(new DeleteCommand({ TableName, Key: { connectionId } }));
        }
    }));
}

export const join = async (event) => {
    const { connectionId } = event.requestContext;
    const { room, name } = JSON.parse(event.body);
    await table.send(new UpdateCommand({ TableName, Key: { connectionId },
        UpdateExpression: "SET room = :room, #name = :name", ExpressionAttributeNames: { "#name": "name" },
        ExpressionAttributeValues: { ":room": room, ":name": name } }));
    await broadcast(event.requestContext, room, { joined: name });
    return { statusCode: 200, body: JSON.stringify({ welcome: name }) };
};

export const say = async (event) => {
    const { room, text } = JSON.parse(event.body);
    await broadcast(event.requestContext, room, { text });
    return { statusCode: 200 };
};
