"""Who calls, and temporary credentials: STS as boto3 and the AWS CLI use it, and where its credentials are taken.

python3 boto3_identity.py <cloudchamber>
"""

import base64
import json
import os
import sys
import unittest
import urllib.error
import urllib.parse
import urllib.request

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.auth import SigV4Auth  # noqa: E402
from botocore.awsrequest import AWSRequest  # noqa: E402
from botocore.credentials import Credentials  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
WORKER = f"arn:aws:iam::{chamber.ACCOUNT}:role/service-role/worker"
TELL = """import boto3, json, os

def handler(event, context):
    who = boto3.client("sts").get_caller_identity()
    url = boto3.client("s3").generate_presigned_url("get_object", Params={"Bucket": "shelf", "Key": "a"})
    return {"who": who["Arn"], "user": who["UserId"], "key": os.environ["AWS_ACCESS_KEY_ID"], "url": url}
"""
ECHO = 'import json\n\ndef handler(event, context):\n    return {"statusCode": 200, "body": json.dumps(event)}\n'


def account_of(key):
    """As it is known of AWS's keys: 40 bits after the first, in base32."""
    number = int.from_bytes(base64.b32decode(key[4:])[:6], "big")
    return f"{(number & 0x7FFFFFFFFF80) >> 7:012}"


def refusal(call, *words, **members):
    try:
        call(*words, **members)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    raise AssertionError("it was taken")


class Strict(unittest.TestCase):
    """A chamber that looks at every signature."""

    @classmethod
    def setUpClass(cls):
        cls.server = chamber.Chamber(PROGRAM, "--verify-signatures")
        cls.addClassCleanup(cls.server.stop)
        cls.sts = cls.client("sts")

    @classmethod
    def client(cls, service, credentials=None, region=chamber.REGION):
        more = {}
        if credentials:
            more = {
                "aws_access_key_id": credentials["AccessKeyId"],
                "aws_secret_access_key": credentials["SecretAccessKey"],
                "aws_session_token": credentials["SessionToken"],
            }
        return boto3.client(service, endpoint_url=cls.server.endpoint, region_name=region, **more)

    def assume(self, role=WORKER, name="desk", **more):
        return self.sts.assume_role(RoleArn=role, RoleSessionName=name, **more)

    def get(self, url, service, credentials, host=None, method="GET", body=b""):
        """Status and JSON of a request signed by hand."""
        headers = {"Host": host} if host else {}
        request = AWSRequest(method, url, headers=headers, data=body)
        known = Credentials(credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"])
        SigV4Auth(known, service, chamber.REGION).add_auth(request)
        sent = urllib.request.Request(url, body or None, dict(request.headers.items()), method=method)
        try:
            with urllib.request.urlopen(sent, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


class Identity(Strict):
    def test_service_that_is_not_here_is_named_among_those_that_are(self):
        iam = self.client("iam")
        with self.assertRaises(ClientError) as raised:
            iam.list_roles()
        answer = raised.exception.response
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 501)
        begin, services = answer["Error"]["Message"].split("; it has ")
        self.assertEqual(begin, "Cloud Chamber has no service 'iam'")
        self.assertEqual(services.count("dynamodb"), 1)

    def test_root_user_calls(self):
        who = self.sts.get_caller_identity()
        self.assertEqual(
            (who["UserId"], who["Account"], who["Arn"]),
            (chamber.ACCOUNT, chamber.ACCOUNT, f"arn:aws:iam::{chamber.ACCOUNT}:root"),
        )

    def test_role_is_assumed(self):
        answer = self.assume(DurationSeconds=900)
        credentials = answer["Credentials"]
        self.assertRegex(credentials["AccessKeyId"], "^ASIA[A-Z2-7]{16}$")
        self.assertEqual(len(credentials["SecretAccessKey"]), 40)
        self.assertRegex(answer["AssumedRoleUser"]["AssumedRoleId"], "^AROA[A-Z2-7]{17}:desk$")
        who = self.client("sts", credentials).get_caller_identity()
        self.assertEqual(who["Arn"], f"arn:aws:sts::{chamber.ACCOUNT}:assumed-role/worker/desk")
        self.assertEqual(who["UserId"], answer["AssumedRoleUser"]["AssumedRoleId"])
        again = self.assume()
        self.assertEqual(again["AssumedRoleUser"], answer["AssumedRoleUser"])
        self.assertNotEqual(again["Credentials"]["AccessKeyId"], credentials["AccessKeyId"])

    def test_role_of_another_account_owns_what_it_makes(self):
        credentials = self.assume(role="arn:aws:iam::123456789012:role/worker")["Credentials"]
        self.assertEqual(account_of(credentials["AccessKeyId"]), "123456789012")
        self.assertEqual(self.sts.get_access_key_info(AccessKeyId=credentials["AccessKeyId"])["Account"], "123456789012")
        queue = self.client("sqs", credentials).create_queue(QueueName="theirs")["QueueUrl"]
        self.assertTrue(queue.endswith("/123456789012/theirs"), queue)

    def test_wrong_secret_and_altered_token_are_refused(self):
        credentials = self.assume()["Credentials"]
        wrong = {**credentials, "SecretAccessKey": "x" * 40}
        self.assertEqual(refusal(self.client("sts", wrong).get_caller_identity)[0], "SignatureDoesNotMatch")
        other = {**credentials, "SessionToken": self.assume()["Credentials"]["SessionToken"]}
        code = ("InvalidClientTokenId", "The security token included in the request is invalid.")
        self.assertEqual(refusal(self.client("sts", other).get_caller_identity), code)
        self.assertEqual(refusal(self.client("dynamodb", other).list_tables)[0], "UnrecognizedClientException")

    def test_sessions_beget_no_sessions(self):
        session = self.client("sts", self.sts.get_session_token()["Credentials"])
        self.assertEqual(session.get_caller_identity()["Arn"], f"arn:aws:iam::{chamber.ACCOUNT}:root")
        for call in (session.get_session_token, lambda: session.get_federation_token(Name="guest")):
            self.assertEqual(refusal(call)[0], "AccessDenied")
        role = self.client("sts", self.assume()["Credentials"])
        code, message = refusal(role.assume_role, RoleArn=WORKER, RoleSessionName="next", DurationSeconds=7200)
        self.assertEqual(code, "ValidationError")
        self.assertIn("role chaining", message)
        self.assertIn("Credentials", role.assume_role(RoleArn=WORKER, RoleSessionName="next"))

    def test_time_runs_out_on_the_chambers_clock(self):
        server = chamber.Chamber(PROGRAM)
        self.addCleanup(server.stop)
        sts = boto3.client("sts", endpoint_url=server.endpoint)
        credentials = sts.assume_role(RoleArn=WORKER, RoleSessionName="desk", DurationSeconds=900)["Credentials"]
        keys = (credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"])
        session = boto3.Session(*keys, region_name=chamber.REGION)
        clients = {name: session.client(name, endpoint_url=server.endpoint) for name in ("sts", "dynamodb", "s3")}
        clients["dynamodb"].list_tables()
        server.post("/_chamber/clock", {"advance": "15m"})
        self.assertEqual(refusal(clients["sts"].get_caller_identity)[0], "ExpiredToken")
        self.assertEqual(refusal(clients["dynamodb"].list_tables)[0], "ExpiredTokenException")
        self.assertEqual(refusal(clients["s3"].list_buckets)[0], "ExpiredToken")

    def test_unsigned_callers_have_no_identity(self):
        query = urllib.parse.urlencode({"Action": "GetCallerIdentity", "Version": "2011-06-15"}).encode()
        server = chamber.Chamber(PROGRAM)
        self.addCleanup(server.stop)
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(server.endpoint, query, timeout=30)
        with refused.exception as answer:
            self.assertEqual(answer.code, 403)
            self.assertIn(b"<Code>MissingAuthenticationToken</Code>", answer.read())
        claims = base64.urlsafe_b64encode(
            json.dumps({"iss": "https://id.example.org", "sub": "mila", "aud": "books", "exp": 4_000_000_000}).encode()
        )
        from botocore import UNSIGNED
        from botocore.config import Config

        sts = boto3.client("sts", endpoint_url=server.endpoint, config=Config(signature_version=UNSIGNED))
        answer = sts.assume_role_with_web_identity(
            RoleArn=WORKER, RoleSessionName="web", WebIdentityToken="e30." + claims.decode().rstrip("=") + ".c2ln"
        )
        self.assertEqual(answer["SubjectFromWebIdentityToken"], "mila")


class Taken(Strict):
    """Where the chamber looks at signatures whatever it was told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.functions = cls.client("lambda")
        cls.credentials = cls.sts.assume_role(RoleArn=WORKER, RoleSessionName="desk")["Credentials"]
        cls.user = f"arn:aws:sts::{chamber.ACCOUNT}:assumed-role/worker/desk"

    def test_function_works_as_its_role(self):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="shelf")
        s3.put_object(Bucket="shelf", Key="a", Body=b"book")
        chamber.make_function(self.functions, "teller", TELL, Role=WORKER)
        answer = self.functions.invoke(FunctionName="teller")
        told = json.loads(answer["Payload"].read())
        self.assertNotIn("FunctionError", answer, told)
        self.assertEqual(told["who"], f"arn:aws:sts::{chamber.ACCOUNT}:assumed-role/worker/teller")
        self.assertRegex(told["user"], "^AROA[A-Z2-7]{17}:teller$")
        self.assertEqual(account_of(told["key"]), chamber.ACCOUNT)
        with urllib.request.urlopen(told["url"], timeout=30) as object:
            self.assertEqual(object.read(), b"book")

    def test_function_url_with_iam(self):
        chamber.make_function(self.functions, "door", ECHO)
        url = self.functions.create_function_url_config(FunctionName="door", AuthType="AWS_IAM")["FunctionUrl"]
        host = urllib.parse.urlsplit(url).netloc
        status, body = self.get(self.server.endpoint + "/", "lambda", self.credentials, host=host)
        self.assertEqual(status, 200, body)
        iam = json.loads(body)["requestContext"]["authorizer"]["iam"]
        self.assertEqual(iam["userArn"], self.user)
        self.assertEqual(iam["accessKey"], self.credentials["AccessKeyId"])
        self.assertRegex(iam["userId"], "^AROA[A-Z2-7]{17}:desk$")
        wrong = {**self.credentials, "SecretAccessKey": "y" * 40}
        self.assertEqual(self.get(self.server.endpoint + "/", "lambda", wrong, host=host)[0], 403)

    def test_rest_api_with_iam_and_a_policy_for_the_role(self):
        chamber.make_function(self.functions, "back", ECHO)
        apis = self.client("apigateway")
        allow = {"Effect": "Allow", "Principal": {"AWS": WORKER}, "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
        api = apis.create_rest_api(name="guarded", policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))["id"]
        root = apis.get_resources(restApiId=api)["items"][0]["id"]
        apis.put_method(restApiId=api, resourceId=root, httpMethod="GET", authorizationType="AWS_IAM")
        apis.put_integration(
            restApiId=api, resourceId=root, httpMethod="GET", type="AWS_PROXY", integrationHttpMethod="POST",
            uri=chamber.invocation_uri(f"arn:aws:lambda:{chamber.REGION}:{chamber.ACCOUNT}:function:back"),
        )  # fmt: skip
        self.functions.add_permission(
            FunctionName="back", StatementId="gateway", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
        )
        apis.create_deployment(restApiId=api, stageName="v1")
        url = f"{self.server.endpoint}/restapis/{api}/v1/_user_request_/"
        status, body = self.get(url, "execute-api", self.credentials)
        self.assertEqual(status, 200, body)
        identity = json.loads(body)["requestContext"]["identity"]
        self.assertEqual(identity["userArn"], self.user)
        self.assertEqual(identity["accountId"], chamber.ACCOUNT)
        self.assertRegex(identity["caller"], "^AROA[A-Z2-7]{17}:desk$")
        stranger = self.assume(role="arn:aws:iam::123456789012:role/worker")["Credentials"]
        status, body = self.get(url, "execute-api", stranger)
        self.assertEqual(status, 403, body)
        self.assertIn("arn:aws:sts::123456789012:assumed-role/worker/desk is not authorized", body)
        self.assertEqual(self.get(url, "execute-api", {**self.credentials, "SessionToken": "none"})[0], 403)

    def test_presigned_object(self):
        s3 = self.client("s3", self.credentials)
        s3.create_bucket(Bucket="drawer")
        s3.put_object(Bucket="drawer", Key="note", Body=b"hello")
        url = s3.generate_presigned_url("get_object", Params={"Bucket": "drawer", "Key": "note"})
        with urllib.request.urlopen(url, timeout=30) as answer:
            self.assertEqual(answer.read(), b"hello")
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(url.replace("Signature=", "Signature=0"), timeout=30)
        refused.exception.close()
        self.assertEqual(refused.exception.code, 403)


class CommandLine(chamber.CommandLineTest):
    program = PROGRAM

    def test_caller_and_role(self):
        self.assertEqual(self.aws("sts", "get-caller-identity")["Arn"], f"arn:aws:iam::{chamber.ACCOUNT}:root")
        made = self.aws("sts", "assume-role", "--role-arn", WORKER, "--role-session-name", "shell")
        self.assertEqual(made["AssumedRoleUser"]["Arn"], f"arn:aws:sts::{chamber.ACCOUNT}:assumed-role/worker/shell")
        said = self.aws("sts", "assume-role", "--role-arn", WORKER, "--role-session-name", "a b", fails=True)
        self.assertIn("Value 'a b' at 'roleSessionName' failed to satisfy constraint", said)


if __name__ == "__main__":
    unittest.main()
