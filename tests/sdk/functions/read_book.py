import json
import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def handler(event, context):
    isbn = event["pathParameters"]["isbn"] if "pathParameters" in event else event["isbn"]
    item = table.get_item(Key={"isbn": isbn}).get("Item")
    print("looked for", isbn)
    return {
        "statusCode": 200 if item else 404,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"title": item["title"]} if item else {"message": "not found"}),
    }
