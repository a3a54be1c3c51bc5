import json
import os
from decimal import Decimal

import boto3

books = boto3.resource("dynamodb").Table(os.environ["BOOKS_TABLE"])


def answer(status, body):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Cache-Control": "no-store"},
        "body": json.dumps(body),
    }


def handler(event, context):
    isbn = event["pathParameters"]["isbn"]
    try:
        book = json.loads(event["body"] or "", parse_float=Decimal)
    except json.JSONDecodeError as problem:
        return answer(400, {"message": f"The body is not JSON: {problem}"})
    missing = [name for name in ("title", "author", "price") if name not in book]
    if missing:
        return answer(400, {"message": f"Missing: {', '.join(missing)}"})
    book["isbn"] = isbn
    before = books.put_item(Item=book, ReturnValues="ALL_OLD").get("Attributes")
    return answer(200 if before else 201, {"isbn": isbn})
