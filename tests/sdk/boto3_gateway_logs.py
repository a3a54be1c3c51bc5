"""boto3, unmodified, on the logs of REST APIs: settings as Terraform and CDK leave them, lines as log readers find them.

python3 boto3_gateway_logs.py <cloudchamber>
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
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
ROLE = "arn:aws:iam::000000000000:role/push-to-cloudwatch"
# CDK's AccessLogFormat.jsonWithStandardFields() and clf().
JSON_FORMAT = (
    '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","user":"$context.identity.user",'
    '"caller":"$context.identity.caller","requestTime":"$context.requestTime","httpMethod":"$context.httpMethod",'
    '"resourcePath":"$context.resourcePath","status":"$context.status","protocol":"$context.protocol",'
    '"responseLength":"$context.responseLength"}'
)
CLF = (
    '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] '
    '"$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength '
    "$context.requestId"
)


def replace(path, value):
    return {"op": "replace", "path": path, "value": value}


class GatewayLogs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.gateway = boto3.client("apigateway", endpoint_url=cls.chamber.endpoint)
        cls.logs = boto3.client("logs", endpoint_url=cls.chamber.endpoint)
        cls.api = cls.gateway.create_rest_api(name="shop")["id"]
        root = cls.gateway.get_resources(restApiId=cls.api)["items"][0]["id"]
        at = {"restApiId": cls.api, "resourceId": root, "httpMethod": "GET"}
        cls.gateway.put_method(**at, authorizationType="NONE")
        cls.gateway.put_integration(**at, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
        cls.gateway.put_method_response(**at, statusCode="200")
        cls.gateway.put_integration_response(**at, statusCode="200", responseTemplates={"application/json": "[1]"})
        cls.gateway.create_deployment(restApiId=cls.api, stageName="dev")

    def update(self, *operations):
        return self.gateway.update_stage(restApiId=self.api, stageName="dev", patchOperations=list(operations))

    def get(self, path=""):
        try:
            with urllib.request.urlopen(f"{self.chamber.endpoint}/_aws/execute-api/{self.api}/dev/{path}") as answer:
                return answer.headers["x-amzn-RequestId"]
        except urllib.error.HTTPError as error:
            return error.headers["x-amzn-RequestId"]

    def line(self, group, contains):
        """The line of a group that has this text, when it is there."""

        def found():
            try:
                events = self.logs.filter_log_events(logGroupName=group)["events"]
            except self.logs.exceptions.ResourceNotFoundException:
                return None
            return next((event["message"] for event in events if contains in event["message"]), None)

        return chamber.until(found)

    def test_logs(self):
        arn = "arn:aws:logs:us-east-1:000000000000:log-group:front"
        settings = [replace("/accessLogSettings/destinationArn", arn), replace("/accessLogSettings/format", JSON_FORMAT)]
        with self.assertRaisesRegex(ClientError, "CloudWatch Logs role ARN must be set in account settings"):
            self.update(*settings)
        self.gateway.update_account(patchOperations=[replace("/cloudwatchRoleArn", ROLE)])
        self.logs.create_log_group(logGroupName="front")
        stage = self.update(*settings)
        self.assertEqual(stage["accessLogSettings"], {"destinationArn": arn, "format": JSON_FORMAT})

        request = self.get()
        line = json.loads(self.line("front", request))
        self.assertEqual(line["status"], "200")
        self.assertEqual(line["responseLength"], "3")
        self.assertEqual((line["httpMethod"], line["resourcePath"], line["caller"]), ("GET", "/", "-"))

        self.update(replace("/accessLogSettings/format", CLF), replace("/*/*/logging/loglevel", "INFO"))
        request = self.get("nothing")
        self.assertRegex(
            self.line("front", request),
            r'^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET - HTTP/1.1" 403 \d+ ' + request + "$",
        )
        group = f"API-Gateway-Execution-Logs_{self.api}/dev"
        self.assertIn("Method completed with status: 403", self.line(group, f"({request}) Method completed"))
        request = self.get()
        self.assertTrue(self.line(group, f"({request}) Successfully completed execution"))
        streams = self.logs.describe_log_streams(logGroupName=group)["logStreams"]
        self.assertEqual(len(streams), 1)
        self.assertRegex(streams[0]["logStreamName"], "^[0-9a-f]{32}$")

        stage = self.update({"op": "remove", "path": "/accessLogSettings"})
        self.assertNotIn("accessLogSettings", stage)


if __name__ == "__main__":
    unittest.main(verbosity=2)
