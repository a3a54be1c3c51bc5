"""boto3 and the AWS CLI, unmodified, on definitions of REST APIs: import, deploy, call, export, documentation.

python3 boto3_openapi.py <cloudchamber>
"""

import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.request

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
DATA = pathlib.Path(__file__).parent.parent / "core" / "apigateway" / "data" / "openapi"


class Pets(http.server.BaseHTTPRequestHandler):
    """The endpoint behind the sample: says which path it was asked for."""

    def do_GET(self):
        body = json.dumps({"path": self.path}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.client = boto3.client("apigateway", endpoint_url=cls.chamber.endpoint)
        cls.pets = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pets)
        thread = threading.Thread(target=cls.pets.serve_forever)
        thread.start()
        cls.addClassCleanup(thread.join)
        cls.addClassCleanup(cls.pets.server_close)
        cls.addClassCleanup(cls.pets.shutdown)

    def sample(self):
        text = (DATA / "pets.json").read_text()
        port = self.pets.server_address[1]
        return text.replace("http://petstore-demo-endpoint.execute-api.com", f"http://127.0.0.1:{port}")

    def get(self, path):
        with urllib.request.urlopen(self.chamber.endpoint + path) as answer:
            return json.load(answer)

    def test_a_definition_is_imported_deployed_called_and_exported(self):
        api = self.client.import_rest_api(body=self.sample().encode(), failOnWarnings=True)
        self.assertEqual(api["name"], "Simple PetStore (Swagger)")
        self.assertEqual(api["binaryMediaTypes"], ["image/png", "image/jpg"])
        self.assertNotIn("warnings", api)
        self.client.create_deployment(restApiId=api["id"], stageName="local")
        self.assertEqual(
            self.get(f"/_aws/execute-api/{api['id']}/local/pets/7"), {"path": "/petstore/pets/7"}
        )
        export = self.client.get_export(
            restApiId=api["id"],
            stageName="local",
            exportType="swagger",
            parameters={"extensions": "apigateway"},
            accepts="application/json",
        )
        self.assertEqual(export["contentType"], "application/octet-stream")
        self.assertEqual(export["contentDisposition"], 'attachment; filename="swagger_1.0.0.json"')
        body = export["body"].read()
        document = json.loads(body)
        self.assertEqual(document["host"], api["id"] + ".execute-api.us-east-1.amazonaws.com")
        integration = document["paths"]["/pets/{petId}"]["get"]["x-amazon-apigateway-integration"]
        self.assertEqual(
            integration["requestParameters"], {"integration.request.path.id": "method.request.path.petId"}
        )
        again = self.client.import_rest_api(body=body)
        self.client.create_deployment(restApiId=again["id"], stageName="local")
        self.assertEqual(self.get(f"/_aws/execute-api/{again['id']}/local/pets"), {"path": "/petstore/pets"})

    def test_yaml_goes_both_ways(self):
        text = (DATA / "openapi-basepath-url.yaml").read_bytes()
        api = self.client.import_rest_api(
            body=text, parameters={"basepath": "split", "endpointConfigurationTypes": "REGIONAL"}
        )
        self.assertEqual(api["endpointConfiguration"]["types"], ["REGIONAL"])
        paths = [item["path"] for item in self.client.get_resources(restApiId=api["id"])["items"]]
        self.assertEqual(paths, ["/", "/part", "/part/test"])
        self.client.create_deployment(restApiId=api["id"], stageName="v1")
        export = self.client.get_export(
            restApiId=api["id"],
            stageName="v1",
            exportType="oas30",
            parameters={"extensions": "integrations"},
            accepts="application/yaml",
        )
        body = export["body"].read().decode()
        self.assertIn("openapi: \"3.0.1\"", body)
        put = self.client.put_rest_api(restApiId=api["id"], mode="overwrite", body=body.encode())
        self.assertEqual(put["tags"], {})

    def test_errors_and_warnings_are_told(self):
        document = {
            "openapi": "3.0.1",
            "info": {"title": "x", "version": "1"},
            "paths": {"/a/{x}": {}, "/a/{y}": {}},
        }
        with self.assertRaises(ClientError) as caught:
            self.client.import_rest_api(body=json.dumps(document).encode())
        self.assertEqual(caught.exception.response["Error"]["Code"], "BadRequestException")
        self.assertIn("Unable to create resource at path '/a/{y}'", str(caught.exception))

    def test_documentation_is_kept_in_versions(self):
        api = self.client.create_rest_api(name="documented")["id"]
        part = self.client.create_documentation_part(
            restApiId=api, location={"type": "API"}, properties=json.dumps({"description": "first"})
        )
        self.client.create_documentation_version(restApiId=api, documentationVersion="v1")
        self.client.update_documentation_part(
            restApiId=api,
            documentationPartId=part["id"],
            patchOperations=[{"op": "replace", "path": "/properties", "value": '{"description":"second"}'}],
        )
        parts = self.client.get_documentation_parts(restApiId=api, type="API")["items"]
        self.assertEqual([json.loads(one["properties"]) for one in parts], [{"description": "second"}])
        imported = self.client.import_documentation_parts(
            restApiId=api,
            mode="merge",
            body=json.dumps(
                {"documentationParts": [{"location": {"type": "RESOURCE", "path": "/a"}, "properties": {"a": 1}}]}
            ).encode(),
        )
        self.assertEqual(len(imported["ids"]), 1)
        versions = self.client.get_documentation_versions(restApiId=api)["items"]
        self.assertEqual([one["version"] for one in versions], ["v1"])

    def test_generated_sdks_are_refused_by_name(self):
        with self.assertRaises(ClientError) as caught:
            self.client.get_sdk_types()
        self.assertIn("GetSdkTypes", str(caught.exception))

    @unittest.skipUnless(shutil.which("aws"), "the AWS CLI is not installed")
    def test_the_cli_imports_and_exports(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "pets.json"
            source.write_text(self.sample())
            target = pathlib.Path(folder) / "export.yaml"

            def aws(*arguments):
                command = ["aws", "--endpoint-url", self.chamber.endpoint, "apigateway", *arguments]
                return subprocess.run(command, check=True, capture_output=True, text=True).stdout

            api = json.loads(aws("import-rest-api", "--body", f"fileb://{source}", "--no-fail-on-warnings"))
            aws("create-deployment", "--rest-api-id", api["id"], "--stage-name", "prod")
            aws(
                "get-export", "--rest-api-id", api["id"], "--stage-name", "prod", "--export-type", "oas30",
                "--accepts", "application/yaml", "--parameters", "extensions=apigateway", str(target),
            )
            self.assertIn('/pets/{petId}', target.read_text())


if __name__ == "__main__":
    unittest.main()
