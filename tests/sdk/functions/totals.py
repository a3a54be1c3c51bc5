"""A stream processor as one writes it for AWS: adds up what each customer ordered. Each record counts once, however often
it comes; the first one that cannot be read is reported, so that what is before it does not come again."""

import boto3

client = boto3.client("dynamodb")


def count(record):
    order = record["dynamodb"]["NewImage"]
    customer, amount = order["customer"], order["amount"]
    try:
        client.transact_write_items(
            TransactItems=[
                {
                    "Put": {
                        "TableName": "Totals",
                        "Item": {"id": {"S": "seen " + record["eventID"]}},
                        "ConditionExpression": "attribute_not_exists(id)",
                    }
                },
                {
                    "Update": {
                        "TableName": "Totals",
                        "Key": {"id": {"S": "total " + customer["S"]}},
                        "UpdateExpression": "ADD amount :amount, orders :one",
                        "ExpressionAttributeValues": {":amount": amount, ":one": {"N": "1"}},
                    }
                },
            ]
        )
    except client.exceptions.TransactionCanceledException as failure:
        if failure.response["CancellationReasons"][0]["Code"] != "ConditionalCheckFailed":
            raise


def handler(event, context):
    for record in event["Records"]:
        try:
            count(record)
        except KeyError:
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}
