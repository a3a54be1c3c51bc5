"""boto3, unmodified, on a chamber that enforces functions' policies: API Gateway may call what it was permitted to call.

python3 boto3_permissions.py <cloudchamber>
"""

import json
import os
import sys
import unittest
import urllib.error
import urllib.request

import chamber

os.environ.update(chamber.ENVIRONMENT, CHAMBER_LAMBDA_PERMISSIONS="enforce")
import boto3  # noqa: E402  (after the environment)

PROGRAM = sys.argv.pop(1)
ECHO = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'called'}\n"
GUARD = """
def handler(event, context):
    return {"principalId": "momo", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}]}}
"""


class Permissions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.functions = boto3.client("lambda", endpoint_url=cls.chamber.endpoint)
        cls.gateway = boto3.client("apigateway", endpoint_url=cls.chamber.endpoint)

    def api(self, kind, function, guard=None, **more):
        """A REST API whose GET / calls the function; gives its id and its authorizer's."""
        api = self.gateway.create_rest_api(name="api")["id"]
        root = self.gateway.get_resources(restApiId=api)["items"][0]["id"]
        at = {"restApiId": api, "resourceId": root, "httpMethod": "GET"}
        access = {"authorizationType": "NONE"}
        if guard:
            authorizer = self.gateway.create_authorizer(
                restApiId=api,
                name="guard",
                type="TOKEN",
                authorizerUri=chamber.invocation_uri(guard),
                identitySource="method.request.header.Authorization",
                authorizerResultTtlInSeconds=0,
            )["id"]
            access = {"authorizationType": "CUSTOM", "authorizerId": authorizer}
        self.gateway.put_method(**at, **access)
        self.gateway.put_integration(
            **at, type=kind, integrationHttpMethod="POST", uri=chamber.invocation_uri(function), **more
        )
        if kind == "AWS":
            self.gateway.put_method_response(**at, statusCode="200")
            self.gateway.put_integration_response(**at, statusCode="200")
        self.gateway.create_deployment(restApiId=api, stageName="prod")
        return api, access.get("authorizerId")

    def permit(self, name, source):
        self.functions.add_permission(
            FunctionName=name,
            StatementId="api",
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=f"arn:aws:execute-api:{chamber.REGION}:{chamber.ACCOUNT}:{source}",
        )

    def call(self, api):
        url = f"{self.chamber.endpoint}/_aws/execute-api/{api}/prod/"
        request = urllib.request.Request(url, headers={"Authorization": "token"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def test_a_proxy_needs_a_permission(self):
        api, _ = self.api("AWS_PROXY", chamber.make_function(self.functions, "proxied", ECHO))
        self.assertEqual(self.call(api)[0], 500)
        self.permit("proxied", f"{api}/*/GET/")
        self.assertEqual(self.call(api), (200, "called"))

    def test_an_integration_with_templates_needs_a_permission(self):
        api, _ = self.api("AWS", chamber.make_function(self.functions, "mapped", ECHO))
        refused = self.call(api)
        self.assertNotIn("called", refused[1])
        self.permit("mapped", f"{api}/*/GET/")
        status, text = self.call(api)
        self.assertEqual((status, json.loads(text)["body"]), (200, "called"))

    def test_a_role_of_its_own_needs_none(self):
        function = chamber.make_function(self.functions, "trusted", ECHO)
        api, _ = self.api("AWS_PROXY", function, credentials=chamber.ROLE)
        self.assertEqual(self.call(api), (200, "called"))

    def test_an_authorizer_needs_a_permission(self):
        guard = chamber.make_function(self.functions, "guard", GUARD)
        api, authorizer = self.api("AWS_PROXY", chamber.make_function(self.functions, "guarded", ECHO), guard)
        self.permit("guarded", f"{api}/*")
        status, text = self.call(api)
        self.assertEqual((status, json.loads(text)), (500, {"message": None}))
        self.permit("guard", f"{api}/authorizers/{authorizer}")
        self.assertEqual(self.call(api), (200, "called"))


if __name__ == "__main__":
    unittest.main()
