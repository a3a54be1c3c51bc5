"""boto3, unmodified, on Lambda's versions, aliases, layers, concurrency, asynchronous events and URLs.

python3 boto3_lambda.py <cloudchamber>
"""

import json
import os
import sys
import unittest
import urllib.error
import urllib.request

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.auth import SigV4Auth  # noqa: E402
from botocore.awsrequest import AWSRequest  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)


def code(text):
    return "def handler(event, context):\n    return {'text': %r, 'version': context.function_version}\n" % text


class Lambda(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.client = boto3.client("lambda", endpoint_url=cls.chamber.endpoint)

    def create(self, name, text, **more):
        self.addCleanup(lambda: self.client.delete_function(FunctionName=name))
        answer = self.client.create_function(
            FunctionName=name,
            Runtime="python3.12",
            Role=chamber.ROLE,
            Handler="app.handler",
            Timeout=30,
            Code={"ZipFile": chamber.zipped({"app.py": text})},
            **more,
        )
        self.client.get_waiter("function_active_v2").wait(FunctionName=name)
        return answer

    def invoke(self, name, **more):
        answer = self.client.invoke(FunctionName=name, **more)
        return answer, json.load(answer["Payload"])

    def test_versions_and_aliases(self):
        self.create("versions", code("one"))
        first = self.client.publish_version(FunctionName="versions", Description="first")
        self.assertEqual(first["Version"], "1")
        self.client.update_function_code(
            FunctionName="versions", ZipFile=chamber.zipped({"app.py": code("two")}), Publish=True
        )
        self.client.get_waiter("function_updated_v2").wait(FunctionName="versions")
        self.client.create_alias(FunctionName="versions", Name="live", FunctionVersion="1")
        answer, payload = self.invoke("versions", Qualifier="live")
        self.assertEqual((answer["ExecutedVersion"], payload["text"]), ("1", "one"))
        self.client.update_alias(
            FunctionName="versions", Name="live", RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}}
        )
        seen = {self.invoke("versions:live")[0]["ExecutedVersion"] for _ in range(40)}
        self.assertEqual(seen, {"1", "2"})
        pages = self.client.get_paginator("list_versions_by_function").paginate(
            FunctionName="versions", PaginationConfig={"PageSize": 1}
        )
        self.assertEqual([v["Version"] for page in pages for v in page["Versions"]], ["$LATEST", "1", "2"])
        with self.assertRaises(self.client.exceptions.PreconditionFailedException):
            self.client.publish_version(FunctionName="versions", RevisionId="old")

    def test_layers(self):
        layer = self.client.publish_layer_version(
            LayerName="words",
            Content={"ZipFile": chamber.zipped({"python/words.py": "WORD = 'from the layer'\n"})},
            CompatibleRuntimes=["python3.12"],
        )
        self.create(
            "layered",
            "import words\ndef handler(event, context):\n    return words.WORD\n",
            Layers=[layer["LayerVersionArn"]],
        )
        self.assertEqual(self.invoke("layered")[1], "from the layer")
        with urllib.request.urlopen(layer["Content"]["Location"], timeout=30) as package:
            self.assertEqual(len(package.read()), layer["Content"]["CodeSize"])

    def test_tags_and_settings(self):
        arn = self.create("tagged", code("t"), Tags={"a": "1"})["FunctionArn"]
        self.client.tag_resource(Resource=arn, Tags={"b": "2"})
        self.client.untag_resource(Resource=arn, TagKeys=["a"])
        self.assertEqual(self.client.list_tags(Resource=arn)["Tags"], {"b": "2"})
        self.assertEqual(self.client.get_account_settings()["AccountLimit"]["ConcurrentExecutions"], 1000)

    def test_concurrency(self):
        self.create("busy", code("b"), Publish=True)
        self.client.put_function_concurrency(FunctionName="busy", ReservedConcurrentExecutions=0)
        once = boto3.client(
            "lambda",
            endpoint_url=self.chamber.endpoint,
            config=boto3.session.Config(retries={"max_attempts": 0}),
        )
        with self.assertRaises(ClientError) as refused:
            once.invoke(FunctionName="busy")
        self.assertEqual(refused.exception.response["Error"]["Code"], "TooManyRequestsException")
        self.assertEqual(
            refused.exception.response["Reason"], "ReservedFunctionConcurrentInvocationLimitExceeded"
        )
        self.client.delete_function_concurrency(FunctionName="busy")
        self.client.put_provisioned_concurrency_config(
            FunctionName="busy", Qualifier="1", ProvisionedConcurrentExecutions=1
        )
        chamber.until(
            lambda: self.client.get_provisioned_concurrency_config(FunctionName="busy", Qualifier="1")["Status"]
            == "READY"
        )

    def test_asynchronous_event_reaches_its_destination(self):
        self.create("heard", code("h"))
        self.create("sent", code("s"))
        arn = self.client.get_function_configuration(FunctionName="heard")["FunctionArn"]
        self.client.put_function_event_invoke_config(
            FunctionName="sent", MaximumRetryAttempts=0, DestinationConfig={"OnSuccess": {"Destination": arn}}
        )
        self.assertEqual(self.client.invoke(FunctionName="sent", InvocationType="Event")["StatusCode"], 202)
        chamber.until(lambda: self.chamber.get("/_chamber/lambda/functions/heard/runs")["Runs"])

    def url_of(self, name, **more):
        return self.client.create_function_url_config(FunctionName=name, **more)["FunctionUrl"]

    def fetch(self, url, headers):
        # Names below .localhost are not known to every resolver: the chamber by its address, under the name.
        host = url.split("/")[2]
        request = urllib.request.Request(
            self.chamber.endpoint + "/" + url.split("/", 3)[3], headers={**headers, "Host": host}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)

    def test_function_url(self):
        self.create("url", "def handler(event, context):\n    return event['requestContext']['http']\n")
        url = self.url_of("url", AuthType="NONE")
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.fetch(url, {})
        self.assertEqual(refused.exception.code, 403)
        refused.exception.close()
        self.client.add_permission(
            FunctionName="url",
            StatementId="everybody",
            Action="lambda:InvokeFunctionUrl",
            Principal="*",
            FunctionUrlAuthType="NONE",
        )
        status, http = self.fetch(url + "books/1", {})
        self.assertEqual((status, http["path"]), (200, "/books/1"))

    def test_signed_function_url(self):
        self.create("signed", "def handler(event, context):\n    return event['requestContext']['authorizer']\n")
        url = self.url_of("signed", AuthType="AWS_IAM")
        request = AWSRequest("GET", url, headers={"Host": url.split("/")[2]})
        SigV4Auth(boto3.Session().get_credentials(), "lambda", chamber.REGION).add_auth(request)
        status, authorizer = self.fetch(url, dict(request.headers))
        self.assertEqual((status, authorizer["iam"]["accountId"]), (200, "000000000000"))


if __name__ == "__main__":
    unittest.main()
