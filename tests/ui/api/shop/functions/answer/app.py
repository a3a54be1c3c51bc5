import json


def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(
            {
                "method": event["httpMethod"],
                "parameters": event["pathParameters"],
                "query": event["queryStringParameters"],
                "body": event["body"],
            }
        ),
    }
