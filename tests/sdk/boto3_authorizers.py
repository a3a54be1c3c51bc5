"""boto3, unmodified, on who may call a REST API: authorizers in Python and Node, signatures, resource policies.

python3 boto3_authorizers.py <cloudchamber>
"""

import http.client
import json
import os
import sys
import unittest

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.auth import SigV4Auth  # noqa: E402
from botocore.awsrequest import AWSRequest  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
ROLE = "arn:aws:iam::000000000000:role/tests"
ECHO = """import json
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event["requestContext"])}
"""


class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.gateway = boto3.client("apigateway", endpoint_url=cls.chamber.endpoint)
        cls.functions = boto3.client("lambda", endpoint_url=cls.chamber.endpoint)
        cls.function("echo", "python3.12", {"app.py": ECHO}, "app.handler")
        cls.function(
            "token", "python3.12", {"app.py": chamber.function_source("token_authorizer.py")}, "app.handler"
        )
        cls.function(
            "request", "nodejs20.x", {"index.mjs": chamber.function_source("request_authorizer.mjs")}, "index.handler"
        )

    @classmethod
    def function(cls, name, runtime, files, handler):
        cls.functions.create_function(
            FunctionName=name,
            Runtime=runtime,
            Role=ROLE,
            Handler=handler,
            Code={"ZipFile": chamber.zipped(files)},
        )
        cls.functions.get_waiter("function_active_v2").wait(FunctionName=name)

    @staticmethod
    def uri(name):
        arn = f"arn:aws:lambda:{chamber.REGION}:000000000000:function:{name}"
        return f"arn:aws:apigateway:{chamber.REGION}:lambda:path/2015-03-31/functions/{arn}/invocations"

    def api(self, authorization, authorizer=None, **more):
        """An API with ANY /books and ANY /secret behind the authorization, deployed to prod."""
        api = self.gateway.create_rest_api(name="shop", **more)["id"]
        self.addCleanup(lambda: self.gateway.delete_rest_api(restApiId=api))
        root = self.gateway.get_resources(restApiId=api)["items"][0]["id"]
        extra = {}
        if authorizer:
            extra["authorizerId"] = self.gateway.create_authorizer(restApiId=api, name="guard", **authorizer)["id"]
        for part in ("books", "secret"):
            resource = self.gateway.create_resource(restApiId=api, parentId=root, pathPart=part)["id"]
            at = {"restApiId": api, "resourceId": resource, "httpMethod": "ANY"}
            self.gateway.put_method(**at, authorizationType=authorization, **extra)
            self.gateway.put_integration(
                **at, type="AWS_PROXY", integrationHttpMethod="POST", uri=self.uri("echo")
            )
        self.gateway.create_deployment(restApiId=api, stageName="prod")
        return api, extra.get("authorizerId")

    def send(self, path, method="GET", headers=None):
        # Not urllib, which spells headers in its own way.
        connection = http.client.HTTPConnection(self.chamber.endpoint.removeprefix("http://"), timeout=30)
        try:
            connection.request(method, path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, json.load(answer)
        finally:
            connection.close()

    def call(self, api, path, method="GET", headers=None):
        return self.send(f"/_aws/execute-api/{api}/prod{path}", method, headers)

    def test_token_authorizer_in_python(self):
        api, authorizer = self.api(
            "CUSTOM",
            {
                "type": "TOKEN",
                "authorizerUri": self.uri("token"),
                "identitySource": "method.request.header.Authorization",
                "identityValidationExpression": "Bearer [a-z]+",
            },
        )

        def bearing(token, path="/books", method="GET"):
            return self.call(api, path, method, {"Authorization": token})

        status, context = bearing("Bearer staff")
        self.assertEqual(status, 200)
        self.assertEqual(
            {key: context["authorizer"][key] for key in ("principalId", "shelf", "staff")},
            {"principalId": "staff", "shelf": "7", "staff": "true"},
        )
        again = bearing("Bearer staff", method="DELETE")[1]
        self.assertEqual(again["authorizer"]["stamp"], context["authorizer"]["stamp"], "it is kept")
        self.assertEqual(bearing("Bearer reader")[0], 200)
        self.assertEqual(bearing("Bearer reader", method="DELETE")[0], 403)
        denied = "User is not authorized to access this resource with an explicit deny in an identity-based policy"
        self.assertEqual(bearing("Bearer staff", "/secret"), (403, {"Message": denied}))
        self.assertEqual(bearing("Bearer nobody"), (401, {"message": "Unauthorized"}))
        self.assertEqual(bearing("Bearer 123"), (401, {"message": "Unauthorized"}))
        self.assertEqual(self.call(api, "/books"), (401, {"message": "Unauthorized"}))
        self.assertEqual(bearing("Bearer broken"), (500, {"message": None}))

        self.gateway.flush_stage_authorizers_cache(restApiId=api, stageName="prod")
        fresh = bearing("Bearer staff")[1]
        self.assertNotEqual(fresh["authorizer"]["stamp"], context["authorizer"]["stamp"])

        tested = self.gateway.test_invoke_authorizer(
            restApiId=api, authorizerId=authorizer, headers={"Authorization": "Bearer reader"}
        )
        self.assertEqual((tested["clientStatus"], tested["principalId"]), (200, "reader"))
        self.assertIn("Using valid authorizer policy for principal: ***der", tested["log"])
        self.assertIn("/ESTestInvoke-stage/GET/", tested["log"])

    def test_request_authorizer_in_node(self):
        api, _ = self.api(
            "CUSTOM",
            {
                "type": "REQUEST",
                "authorizerUri": self.uri("request"),
                "identitySource": "method.request.header.X-Word, method.request.querystring.who",
                "authorizerResultTtlInSeconds": 0,
            },
        )
        self.assertEqual(self.call(api, "/books?who=momo")[0], 401)
        self.assertEqual(self.call(api, "/books?who=momo", headers={"X-Word": "barley"})[0], 403)
        status, context = self.call(api, "/books?who=momo", headers={"X-Word": "sesame"})
        self.assertEqual(status, 200)
        authorizer = context["authorizer"]
        self.assertEqual(authorizer["principalId"], "momo")
        self.assertEqual((authorizer["path"], authorizer["resource"]), ("/books", "/books"))
        self.assertEqual(authorizer["from"], "127.0.0.1")

    def test_signed_calls(self):
        api, _ = self.api("AWS_IAM")
        self.assertEqual(self.call(api, "/books"), (403, {"message": "Missing Authentication Token"}))
        host = f"{api}.execute-api.{chamber.REGION}.amazonaws.com"

        def signed(credentials):
            request = AWSRequest("GET", f"https://{host}/prod/books?b=2&a=1", headers={"Host": host})
            SigV4Auth(credentials, "execute-api", chamber.REGION).add_auth(request)
            return self.send("/prod/books?b=2&a=1", headers=dict(request.headers))

        status, context = signed(boto3.Session().get_credentials())
        self.assertEqual(status, 200)
        self.assertEqual(context["identity"]["userArn"], "arn:aws:iam::000000000000:root")
        wrong = boto3.Session(aws_access_key_id="test", aws_secret_access_key="wrong").get_credentials()
        status, refusal = signed(wrong)
        self.assertEqual(status, 403)
        should = "The Canonical String for this request should have been\n'GET\n/prod/books\na=1&b=2\n"
        self.assertIn(should, refusal["message"])

    def test_resource_policy(self):
        def only(address):
            return json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": "*",
                            "Action": "execute-api:Invoke",
                            "Resource": "execute-api:/prod/*/books",
                            "Condition": {"IpAddress": {"aws:SourceIp": address}},
                        }
                    ],
                }
            )

        api, _ = self.api("NONE", policy=only("127.0.0.0/8"))
        self.assertEqual(self.call(api, "/books")[0], 200)
        status, refusal = self.call(api, "/secret")
        self.assertEqual(status, 403)
        self.assertTrue(refusal["Message"].startswith("User: anonymous is not authorized to perform"), refusal)
        self.gateway.update_rest_api(
            restApiId=api, patchOperations=[{"op": "replace", "path": "/policy", "value": only("10.0.0.0/8")}]
        )
        self.gateway.create_deployment(restApiId=api, stageName="prod")
        self.assertEqual(self.call(api, "/books")[0], 403)
        with self.assertRaises(ClientError) as invalid:
            self.gateway.update_rest_api(
                restApiId=api, patchOperations=[{"op": "replace", "path": "/policy", "value": "{}"}]
            )
        self.assertEqual(invalid.exception.response["Error"]["Code"], "BadRequestException")


if __name__ == "__main__":
    unittest.main()
