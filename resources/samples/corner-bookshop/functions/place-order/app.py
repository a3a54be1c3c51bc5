import json
import os
import uuid
from datetime import datetime, timezone

import boto3
from botocore.exceptions import ClientError

db = boto3.resource("dynamodb")
books = db.Table(os.environ["BOOKS_TABLE"])
orders = db.Table(os.environ["ORDERS_TABLE"])


def answer(status, body):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Cache-Control": "no-store"},
        "body": json.dumps(body),
    }


def take_from_stock(isbn, copies):
    """Takes copies off the shelf only while there are enough; gives the book, or None."""
    try:
        taken = books.update_item(
            Key={"isbn": isbn},
            UpdateExpression="SET stock = stock - :copies",
            ConditionExpression="stock >= :copies",
            ExpressionAttributeValues={":copies": copies},
            ReturnValues="ALL_NEW",
        )
    except ClientError as problem:
        if problem.response["Error"]["Code"] == "ConditionalCheckFailedException":
            return None
        raise
    return taken["Attributes"]


def handler(event, context):
    try:
        wanted = json.loads(event["body"] or "")
        customer, isbn, copies = wanted["customerId"], wanted["isbn"], int(wanted.get("copies", 1))
    except (ValueError, KeyError, TypeError) as problem:
        return answer(400, {"message": f"An order needs customerId and isbn: {problem!r}"})
    if copies < 1:
        return answer(400, {"message": "copies must be 1 or more"})

    book = take_from_stock(isbn, copies)
    if book is None:
        return answer(409, {"message": f"Not enough copies of {isbn}"})

    order = {
        "customerId": customer,
        "orderId": f"ORD-{uuid.uuid4().hex[:8]}",
        "status": "PAID",
        "placedAt": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "total": book["price"] * copies,
        "lines": [{"isbn": isbn, "title": book["title"], "copies": copies}],
    }
    orders.put_item(Item=order, ConditionExpression="attribute_not_exists(orderId)")
    print(f"{order['orderId']}: {copies} x {book['title']} for {customer}")
    return answer(201, {"orderId": order["orderId"], "total": float(order["total"])})
