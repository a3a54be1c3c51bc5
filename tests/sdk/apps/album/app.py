"""An album of pictures as one writes it for AWS: takes forms with files (multipart/form-data), keeps them in a bucket, and
answers bytes."""

import base64
import email.parser
import email.policy
import json
import os

import boto3

bucket = boto3.client("s3")
ALBUM = os.environ["ALBUM"]
KINDS = {"image/png", "image/gif"}


def answer(status, body, **headers):
    return {"statusCode": status, "headers": {"Content-Type": "application/json", **headers}, "body": json.dumps(body)}


def body_of(event):
    body = event["body"] or ""
    return base64.b64decode(body) if event["isBase64Encoded"] else body.encode()


def parts_of(event):
    kind = next(value for name, value in event["headers"].items() if name.lower() == "content-type")
    text = f"Content-Type: {kind}\r\n\r\n".encode() + body_of(event)
    form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(text)
    for part in form.iter_parts():
        disposition = part["Content-Disposition"].params
        yield disposition.get("name"), disposition.get("filename"), part.get_content_type(), part.get_payload(decode=True)


def add(event):
    album, pictures = "unnamed", []
    for name, file, kind, content in parts_of(event):
        if name == "album":
            album = content.decode()
        elif file:
            if kind not in KINDS:
                return answer(415, {"message": f"{file} is of {kind}"})
            pictures.append((file, kind, content))
    for file, kind, content in pictures:
        bucket.put_object(Bucket=ALBUM, Key=f"{album}/{file}", Body=content, ContentType=kind)
    return answer(201, {"album": album, "pictures": [{"name": file, "bytes": len(content)} for file, _, content in pictures]})


def show(event):
    names = event["pathParameters"]
    try:
        kept = bucket.get_object(Bucket=ALBUM, Key=f"{names['album']}/{names['picture']}")
    except bucket.exceptions.NoSuchKey:
        return answer(404, {"message": "There is no such picture"})
    return {
        "statusCode": 200,
        "isBase64Encoded": True,
        "multiValueHeaders": {"Content-Type": [kept["ContentType"]], "Set-Cookie": ["seen=1", "album=" + names["album"]]},
        "body": base64.b64encode(kept["Body"].read()).decode(),
    }


def handler(event, context):
    return add(event) if event["httpMethod"] == "POST" else show(event)
