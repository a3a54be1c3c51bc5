import json
import os
from decimal import Decimal

import boto3

books = boto3.resource("dynamodb").Table(os.environ["BOOKS_TABLE"])


def plain(value):
    """Numbers come back as Decimal, which json does not know."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, set):
        return sorted(value)
    raise TypeError(type(value).__name__)


def answer(status, body, cache="max-age=30"):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Cache-Control": cache},
        "body": json.dumps(body, default=plain),
    }


def handler(event, context):
    isbn = event["pathParameters"]["isbn"]
    found = books.get_item(Key={"isbn": isbn})
    if "Item" not in found:
        return answer(404, {"message": f"There is no book {isbn}"}, cache="max-age=10")
    return answer(200, found["Item"])
