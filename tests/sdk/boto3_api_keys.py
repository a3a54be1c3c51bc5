"""boto3, unmodified, on API keys, usage plans, canaries and custom domains: 403, 200, 429.

python3 boto3_api_keys.py <cloudchamber>
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


class ApiKeys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.client = boto3.client("apigateway", endpoint_url=cls.chamber.endpoint)

    def make_api(self, answer="ok", **method):
        api = self.client.create_rest_api(name="shop")
        self.addCleanup(self.client.delete_rest_api, restApiId=api["id"])
        root = self.client.get_resources(restApiId=api["id"])["items"][0]
        at = {"restApiId": api["id"], "resourceId": root["id"], "httpMethod": "GET"}
        self.client.put_method(**at, authorizationType="NONE", **method)
        self.client.put_integration(**at, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
        self.client.put_method_response(**at, statusCode="200")
        self.client.put_integration_response(**at, statusCode="200", responseTemplates={"application/json": answer})
        self.client.create_deployment(restApiId=api["id"], stageName="dev")
        return api["id"]

    def get(self, path, **headers):
        request = urllib.request.Request(self.chamber.endpoint + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def test_a_key_opens_and_its_plan_limits(self):
        api = self.make_api("$context.identity.apiKeyId", apiKeyRequired=True)
        path = f"/_aws/execute-api/{api}/dev/"
        self.assertEqual(self.get(path), (403, '{"message":"Forbidden"}'))

        key = self.client.create_api_key(name="reader", enabled=True)
        plan = self.client.create_usage_plan(
            name="free",
            apiStages=[{"apiId": api, "stage": "dev"}],
            throttle={"rateLimit": 0.001, "burstLimit": 2},
            quota={"limit": 3, "period": "DAY"},
        )
        self.client.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
        sent = {"x-api-key": key["value"]}
        self.assertEqual(self.get(path, **sent), (200, key["id"]))
        self.assertEqual(self.get(path, **sent), (200, key["id"]))
        self.assertEqual(self.get(path, **sent), (429, '{"message":"Too Many Requests"}'))

        self.client.update_usage_plan(
            usagePlanId=plan["id"],
            patchOperations=[
                {"op": "replace", "path": "/throttle/rateLimit", "value": "1000000"},
                {"op": "replace", "path": "/throttle/burstLimit", "value": "1000"},
            ],
        )
        statuses = [self.get(path, **sent)[0] for _ in range(20)]
        self.assertEqual(statuses[-1], 429)
        self.assertIn(200, statuses)
        self.assertEqual(self.get(path, **sent), (429, '{"message":"Limit Exceeded"}'))
        self.chamber.track(lambda one: "The key has used the quota of usage plan free" in json.dumps(one))

        pages = self.client.get_paginator("get_api_keys").paginate(includeValues=True)
        self.assertIn(key["value"], [one["value"] for page in pages for one in page["items"]])
        with self.assertRaises(ClientError) as refused:
            self.client.delete_usage_plan(usagePlanId=plan["id"])
        self.assertEqual(refused.exception.response["Error"]["Code"], "BadRequestException")
        self.client.update_usage_plan(
            usagePlanId=plan["id"],
            patchOperations=[{"op": "remove", "path": "/apiStages", "value": f"{api}:dev"}],
        )
        self.client.delete_usage_plan(usagePlanId=plan["id"])
        self.client.delete_api_key(apiKey=key["id"])

    def test_keys_come_from_a_file(self):
        imported = self.client.import_api_keys(
            body=b"Name,Key\nfirst,0123456789abcdefghij\nsecond,abcdefghij0123456789\n", format="csv"
        )
        self.assertEqual(len(imported["ids"]), 2)
        key = self.client.get_api_key(apiKey=imported["ids"][1], includeValue=True)
        self.assertEqual((key["name"], key["value"], key["enabled"]), ("second", "abcdefghij0123456789", True))
        self.assertEqual(key["createdDate"].tzinfo is not None, True)

    def test_tags_reach_plans_and_keys(self):
        plan = self.client.create_usage_plan(name="tagged", tags={"team": "a"})
        arn = f"arn:aws:apigateway:us-east-1::/usageplans/{plan['id']}"
        self.client.tag_resource(resourceArn=arn, tags={"more": "b"})
        self.client.untag_resource(resourceArn=arn, tagKeys=["team"])
        self.assertEqual(self.client.get_tags(resourceArn=arn)["tags"], {"more": "b"})
        self.client.delete_usage_plan(usagePlanId=plan["id"])

    def test_a_canary_is_promoted(self):
        api = self.make_api("$context.isCanaryRequest")
        path = f"/_aws/execute-api/{api}/dev/"
        self.client.create_deployment(restApiId=api, stageName="dev", canarySettings={"percentTraffic": 100.0})
        self.assertEqual(self.get(path), (200, "true"))
        self.client.update_stage(
            restApiId=api,
            stageName="dev",
            patchOperations=[
                {"op": "replace", "path": "/canarySettings/percentTraffic", "value": "0.0"},
                {"op": "copy", "from": "/canarySettings/deploymentId", "path": "/deploymentId"},
                {"op": "copy", "from": "/canarySettings/stageVariableOverrides", "path": "/variables"},
            ],
        )
        self.assertEqual(self.get(path), (200, "false"))

    def test_a_domain_leads_to_a_stage(self):
        api = self.make_api("$context.stage $context.path")
        domain = self.client.create_domain_name(
            domainName="api.shop.test",
            regionalCertificateName="own",
            endpointConfiguration={"types": ["REGIONAL"]},
        )
        self.assertRegex(domain["regionalDomainName"], r"^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$")
        self.client.create_base_path_mapping(domainName="api.shop.test", basePath="v1", restApiId=api, stage="dev")
        self.assertEqual(self.get("/v1", Host="api.shop.test"), (200, "dev /v1"))
        self.assertEqual(self.get("/v2", Host="api.shop.test")[0], 403)
        self.client.delete_domain_name(domainName="api.shop.test")


if __name__ == "__main__":
    unittest.main()
