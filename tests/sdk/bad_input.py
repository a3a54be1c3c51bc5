"""Bad input on every slice: AWS's error on the wire, its reason in the track, and a server that still answers.

python3 bad_input.py <cloudchamber>
"""

import base64
import http.client
import json
import os
import sys
import unittest
from urllib.parse import urlparse

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
THROWS = "def handler(event, context):\n    raise ValueError('no such thing')\n"
EXITS = "import os\ndef handler(event, context):\n    os._exit(3)\n"
HANGS = "def handler(event, context):\n    print('waiting')\n    while True:\n        pass\n"
SYNTAX = "def handler(event, context)\n    return 1\n"
UNSERIALISABLE = "def handler(event, context):\n    return {1, 2}\n"


def authorization(service):
    return (
        f"AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
    )


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)

    def tearDown(self):
        self.assertIn("services", self.chamber.get("/_chamber/health"))

    def client(self, service):
        return boto3.client(service, endpoint_url=self.chamber.endpoint, config=Config(retries={"max_attempts": 0}))

    def raw(self, method, target, body=b"", **headers):
        connection = http.client.HTTPConnection(urlparse(self.chamber.endpoint).netloc, timeout=60)
        try:
            connection.request(method, target, body, {k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def dynamo(self, action, body):
        return self.raw(
            "POST",
            "/",
            body,
            X_Amz_Target="DynamoDB_20120810." + action,
            Content_Type="application/x-amz-json-1.0",
            Authorization=authorization("dynamodb"),
        )

    def failure(self, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        error = caught.exception.response["Error"]
        return error["Code"], error["Message"], caught.exception.response["ResponseMetadata"]["HTTPStatusCode"]

    def make_function(self, name, source, **more):
        return self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.12",
            Role="arn:aws:iam::000000000000:role/tests",
            Handler="app.handler",
            Code={"ZipFile": chamber.zipped({"app.py": source})},
            **{"Timeout": 30, **more},
        )

    def invoke(self, name, payload=b"{}"):
        answer = self.client("lambda").invoke(FunctionName=name, Payload=payload, LogType="Tail")
        return answer.get("FunctionError"), json.load(answer["Payload"]), base64.b64decode(answer["LogResult"]).decode()

    def test_malformed_json(self):
        status, _, body = self.dynamo("ListTables", b'{"Limit": ')
        self.assertEqual(status, 400)
        self.assertTrue(json.loads(body)["__type"].endswith("#SerializationException"), body)
        status, headers, body = self.raw(
            "POST", "/2015-03-31/functions", b"{not json", Authorization=authorization("lambda")
        )
        self.assertEqual((status, headers["x-amzn-ErrorType"].split(":")[0]), (400, "SerializationException"))
        status, _, _ = self.raw("POST", "/restapis", b"{not json", Authorization=authorization("apigateway"))
        self.assertEqual(status, 400)
        status, _, body = self.raw(
            "POST", "/2020-05-31/distribution", b"<not-xml", Authorization=authorization("cloudfront")
        )
        self.assertEqual(status, 400)
        self.assertIn(b"<Code>MalformedXML</Code>", body)

    def test_wrong_types_and_missing_members(self):
        status, _, body = self.dynamo("ListTables", b'{"Limit": "ten"}')
        self.assertEqual(status, 400)
        self.assertTrue(json.loads(body)["__type"].endswith("#SerializationException"), body)
        status, _, body = self.dynamo("DescribeTable", b"{}")
        self.assertEqual(status, 400)
        self.assertTrue(json.loads(body)["__type"].endswith("#ValidationException"), body)
        status, _, body = self.dynamo("PutItem", b'{"TableName": "T", "Item": {"a": {"S": 1}}}')
        self.assertEqual(status, 400)

    def test_the_reason_is_in_the_track(self):
        self.dynamo("DescribeTable", b'{"TableName": "NoSuchTable"}')
        track = self.chamber.track(lambda whole: any(s["error"] == "ResourceNotFoundException" for s in whole["spans"]))
        steps = [step for span in track["spans"] for step in span["steps"]]
        self.assertTrue(any("NoSuchTable" in step["title"] + step["detail"] for step in steps), steps)

    def test_unknown_actions(self):
        status, _, body = self.dynamo("MakeCoffee", b"{}")
        self.assertEqual(status, 400)
        self.assertTrue(json.loads(body)["__type"].endswith("#UnknownOperationException"), body)
        status, _, _ = self.raw("PATCH", "/2015-03-31/functions/x/coffee", Authorization=authorization("lambda"))
        self.assertIn(status, (403, 404))

    def test_oversized_bodies(self):
        status, _, _ = self.dynamo("PutItem", b" " * (17 * 1024 * 1024))
        self.assertEqual(status, 413)
        table = boto3.resource("dynamodb", endpoint_url=self.chamber.endpoint).create_table(
            TableName="Big",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )
        code, message, status = self.failure(table.put_item, Item={"id": "x", "v": "y" * 410_000})
        self.assertEqual((code, message, status), ("ValidationException", "Item size has exceeded the maximum allowed size", 400))
        self.make_function("small-meals", THROWS)
        code, _, status = self.failure(
            self.client("lambda").invoke, FunctionName="small-meals", Payload=b'"' + b"x" * (6 * 1024 * 1024) + b'"'
        )
        self.assertEqual((code, status), ("RequestTooLargeException", 413))

    def test_bad_signatures(self):
        status, _, body = self.raw(
            "POST",
            "/",
            b"{}",
            X_Amz_Target="DynamoDB_20120810.ListTables",
            Content_Type="application/x-amz-json-1.0",
            Authorization="AWS4-HMAC-SHA256 nonsense",
        )
        self.assertEqual(status, 400)
        self.assertTrue(json.loads(body)["__type"].endswith("#IncompleteSignatureException"), body)
        s3 = self.client("s3")
        s3.create_bucket(Bucket="signed")
        url = s3.generate_presigned_url("get_object", Params={"Bucket": "signed", "Key": "k"})
        broken = url[url.index("/signed") :].replace("Signature=", "Signature=0000")
        status, _, body = self.raw("GET", broken)
        self.assertEqual(status, 403)
        self.assertIn(b"SignatureDoesNotMatch", body)

    def test_broken_zip(self):
        code, message, status = self.failure(
            self.client("lambda").create_function,
            FunctionName="broken",
            Runtime="python3.12",
            Role="arn:aws:iam::000000000000:role/tests",
            Handler="app.handler",
            Code={"ZipFile": b"this is no zip"},
        )
        self.assertEqual((code, status), ("InvalidParameterValueException", 400))
        self.assertIn("Could not unzip uploaded file", message)
        names = [function["FunctionName"] for function in self.client("lambda").list_functions()["Functions"]]
        self.assertNotIn("broken", names)

    def test_handler_that_throws(self):
        self.make_function("throws", THROWS)
        error, payload, log = self.invoke("throws")
        self.assertEqual(error, "Unhandled")
        self.assertEqual((payload["errorType"], payload["errorMessage"]), ("ValueError", "no such thing"))
        self.assertTrue(any("raise ValueError" in line for line in payload["stackTrace"]), payload)
        self.assertIn("[ERROR] ValueError: no such thing", log)
        self.assertEqual(self.invoke("throws")[0], "Unhandled")

    def test_handler_that_exits(self):
        self.make_function("exits", EXITS)
        error, payload, _ = self.invoke("exits")
        self.assertEqual((error, payload["errorType"]), ("Unhandled", "Runtime.ExitError"))
        self.assertIn("Runtime exited with error: exit status 3", payload["errorMessage"])

    def test_handler_that_hangs(self):
        self.make_function("hangs", HANGS, Timeout=1)
        error, payload, log = self.invoke("hangs")
        self.assertEqual(error, "Unhandled")
        self.assertIn("Task timed out after 1.00 seconds", payload["errorMessage"])
        self.assertIn("waiting", log)

    def test_code_that_does_not_load(self):
        self.make_function("syntax", SYNTAX)
        error, payload, _ = self.invoke("syntax")
        self.assertEqual((error, payload["errorType"]), ("Unhandled", "Runtime.UserCodeSyntaxError"))

    def test_result_that_is_no_json(self):
        self.make_function("set", UNSERIALISABLE)
        error, payload, _ = self.invoke("set")
        self.assertEqual((error, payload["errorType"]), ("Unhandled", "Runtime.MarshalError"))

    def test_event_that_is_no_json(self):
        self.make_function("wants-json", THROWS)
        code, _, status = self.failure(self.client("lambda").invoke, FunctionName="wants-json", Payload=b"{nope")
        self.assertEqual((code, status), ("InvalidRequestContentException", 400))

    def test_gateway_and_cdn_errors(self):
        code, message, status = self.failure(self.client("apigateway").get_rest_api, restApiId="nope123456")
        self.assertEqual((code, status), ("NotFoundException", 404))
        self.assertIn("Invalid API identifier specified", message)
        code, _, status = self.failure(self.client("cloudfront").get_distribution, Id="ENOSUCH")
        self.assertEqual((code, status), ("NoSuchDistribution", 404))
        code, _, status = self.failure(self.client("s3").list_objects_v2, Bucket="no-such-bucket")
        self.assertEqual((code, status), ("NoSuchBucket", 404))
        code, _, status = self.failure(self.client("logs").get_log_events, logGroupName="/no", logStreamName="no")
        self.assertEqual((code, status), ("ResourceNotFoundException", 400))

    def test_clock_and_reset_refuse_nonsense(self):
        status, _, body = self.raw("POST", "/_chamber/clock", b'{"rate": "fast"}')
        self.assertEqual(status, 400, body)
        status, _, body = self.raw("POST", "/_chamber/clock", b'{"hurry": 1}')
        self.assertEqual(status, 400, body)


if __name__ == "__main__":
    unittest.main(verbosity=2)
