"""DynamoDB's wire as clients see it: signatures that are verified, compression both ways with its checksum, one
connection for many requests, bodies that are too large.

python3 dynamodb_wire.py <cloudchamber>
"""

import gzip
import http.client
import json
import os
import sys
import unittest
import zlib
from urllib.parse import urlparse

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402
from botocore import UNSIGNED  # noqa: E402
from botocore.auth import SigV4Auth  # noqa: E402
from botocore.awsrequest import AWSRequest  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.credentials import Credentials  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
LIMIT = 16 * 1024 * 1024


class Wire(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM, "--verify-signatures")
        cls.addClassCleanup(cls.chamber.stop)
        cls.client().create_table(
            TableName="Things",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )

    @classmethod
    def client(cls, key="test", secret="test", **config):
        return boto3.client(
            "dynamodb",
            endpoint_url=cls.chamber.endpoint,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=Config(retries={"max_attempts": 0}, **config),
        )

    def signed(self, action, body, **headers):
        """The headers of a request that is rightly signed, whatever its body is."""
        names = {"X-Amz-Target": "DynamoDB_20120810." + action, "Content-Type": "application/x-amz-json-1.0"}
        names.update({name.replace("_", "-"): value for name, value in headers.items()})
        request = AWSRequest("POST", self.chamber.endpoint + "/", headers=names, data=body)
        SigV4Auth(Credentials("test", "test"), "dynamodb", "us-east-1").add_auth(request)
        return dict(request.headers.items())

    def connect(self):
        connection = http.client.HTTPConnection(urlparse(self.chamber.endpoint).netloc, timeout=60)
        self.addCleanup(connection.close)
        return connection

    def post(self, connection, body, headers):
        connection.request("POST", "/", body, headers)
        answer = connection.getresponse()
        return answer, answer.read()

    def refusal(self, client):
        with self.assertRaises(ClientError) as caught:
            client.list_tables()
        error = caught.exception.response["Error"]
        return error["Code"], error["Message"]

    def test_signatures_are_verified(self):
        self.assertEqual(self.client().list_tables()["TableNames"], ["Things"])
        self.assertEqual(self.client(key="111122223333").list_tables()["TableNames"], ["Things"])
        code, message = self.refusal(self.client(secret="wrong"))
        self.assertEqual(code, "InvalidSignatureException")
        self.assertTrue(message.startswith("The request signature we calculated does not match the signature you provided."))
        self.assertEqual(
            self.refusal(self.client(key="AKIAIOSFODNN7EXAMPLE")),
            ("UnrecognizedClientException", "The security token included in the request is invalid."),
        )
        self.assertEqual(
            self.refusal(self.client(signature_version=UNSIGNED)),
            ("MissingAuthenticationTokenException", "Request is missing Authentication Token"),
        )
        body = b"{}"
        headers = self.signed("ListTables", body)
        answer, said = self.post(self.connect(), b'{"Limit": 1}', headers)  # not what was signed
        self.assertEqual((answer.status, json.loads(said)["__type"].split("#")[1]), (400, "InvalidSignatureException"))

    def test_one_connection_serves_many_requests(self):
        connection = self.connect()
        for number in range(20):
            body = json.dumps({"TableName": "Things", "Item": {"id": {"S": str(number)}}}).encode()
            answer, said = self.post(connection, body, self.signed("PutItem", body))
            self.assertEqual((answer.status, said), (200, b"{}"))
            self.assertFalse(answer.will_close)
            self.assertRegex(answer.headers["x-amzn-RequestId"], "^[0-9A-Z]{52}$")
        first = connection.sock
        body = b"{"
        answer, said = self.post(connection, body, self.signed("PutItem", body))  # a refusal keeps the connection
        self.assertEqual(answer.status, 400)
        self.assertIs(connection.sock, first)
        self.assertEqual(int(answer.headers["x-amz-crc32"]), zlib.crc32(said))

    def test_bodies_are_compressed_both_ways(self):
        text = "long text, " * 500
        body = gzip.compress(json.dumps({"TableName": "Things", "Item": {"id": {"S": "big"}, "text": {"S": text}}}).encode())
        answer, said = self.post(self.connect(), body, self.signed("PutItem", body, Content_Encoding="gzip"))
        self.assertEqual((answer.status, said), (200, b"{}"))
        body = json.dumps({"TableName": "Things", "Key": {"id": {"S": "big"}}}).encode()
        answer, said = self.post(self.connect(), body, self.signed("GetItem", body, Accept_Encoding="gzip"))
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        self.assertEqual(int(answer.headers["x-amz-crc32"]), zlib.crc32(said))  # of the bytes on the wire
        self.assertLess(len(said), len(text) / 10)
        self.assertEqual(json.loads(gzip.decompress(said))["Item"]["text"]["S"], text)
        answer, said = self.post(self.connect(), body, self.signed("GetItem", body))
        self.assertIsNone(answer.headers["Content-Encoding"])
        self.assertEqual(int(answer.headers["x-amz-crc32"]), zlib.crc32(said))
        body = b"not compressed"
        answer, said = self.post(self.connect(), body, self.signed("GetItem", body, Content_Encoding="gzip"))
        self.assertEqual(json.loads(said), {"__type": "com.amazon.coral.service#SerializationException"})

    def test_bodies_have_a_limit(self):
        body = b'{"Limit": 1' + b" " * (LIMIT - 12) + b"}"
        self.assertEqual(len(body), LIMIT)
        answer, said = self.post(self.connect(), body, self.signed("ListTables", body))
        self.assertEqual((answer.status, json.loads(said)), (200, {"TableNames": ["Things"]}))
        larger = gzip.compress(body + b" ")
        answer, _ = self.post(self.connect(), larger, self.signed("ListTables", larger, Content_Encoding="gzip"))
        self.assertEqual(answer.status, 413)
        # The answer comes before the body has been sent.
        connection = self.connect()
        connection.putrequest("POST", "/")
        for name, value in self.signed("ListTables", b"").items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(LIMIT + 1))
        connection.endheaders()
        answer = connection.getresponse()
        self.assertEqual(answer.status, 413)
        self.assertEqual(self.client().list_tables()["TableNames"], ["Things"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
