"""The AWS CLI, unmodified, through every room.

python3 cli_first_light.py <cloudchamber>
"""

import json
import os
import sys
import unittest
import urllib.request

import chamber

PROGRAM = sys.argv.pop(1)
ISBN = "9781400000012"


class FirstLight(chamber.CommandLineTest):
    program = PROGRAM

    def make_table(self, name):
        self.aws(
            "dynamodb", "create-table", "--table-name", name, "--billing-mode", "PAY_PER_REQUEST",
            "--attribute-definitions", "AttributeName=isbn,AttributeType=S",
            "--key-schema", "AttributeName=isbn,KeyType=HASH",
        )  # fmt: skip
        item = {"isbn": {"S": ISBN}, "title": {"S": "The Sea"}, "price": {"N": "12.50"}}
        self.aws("dynamodb", "put-item", "--table-name", name, "--item", json.dumps(item))

    def test_table_puts_and_queries(self):
        self.make_table("Shelf")
        found = self.aws(
            "dynamodb", "query", "--table-name", "Shelf", "--key-condition-expression", "isbn = :i",
            "--expression-attribute-values", json.dumps({":i": {"S": ISBN}}),
        )  # fmt: skip
        self.assertEqual(found["Items"][0]["price"], {"N": "12.5"})
        error = self.aws("dynamodb", "describe-table", "--table-name", "Nowhere", fails=True)
        self.assertIn("ResourceNotFoundException", error)
        self.assertIn("Requested resource not found: Table: Nowhere not found", error)

    def test_objects_of_8_mib_up_and_down(self):
        body = os.urandom(8 * 1024 * 1024)
        up = self.file("up.bin", body)
        self.aws("s3", "mb", "s3://from-the-cli")
        self.aws("s3", "cp", up, "s3://from-the-cli/deep/up.bin")
        self.assertIn("deep/up.bin", self.aws("s3", "ls", "--recursive", "s3://from-the-cli"))
        down = os.path.join(self.folder.name, "down.bin")
        self.aws("s3", "cp", "s3://from-the-cli/deep/up.bin", down)
        with open(down, "rb") as file:
            self.assertEqual(file.read(), body)
        head = self.aws("s3api", "head-object", "--bucket", "from-the-cli", "--key", "deep/up.bin")
        self.assertEqual(head["ContentLength"], len(body))
        self.aws("s3", "rm", "s3://from-the-cli/deep/up.bin")
        self.aws("s3", "rb", "s3://from-the-cli")

    def test_cdn_before_api_before_function(self):
        self.make_table("Books")
        code = self.file("code.zip", chamber.zipped({"app.py": chamber.function_source("read_book.py")}))
        function = self.aws(
            "lambda", "create-function", "--function-name", "read-book", "--runtime", "python3.12",
            "--role", "arn:aws:iam::000000000000:role/tests", "--handler", "app.handler", "--timeout", "20",
            "--zip-file", "fileb://" + code, "--environment", "Variables={TABLE=Books}",
        )  # fmt: skip
        out = os.path.join(self.folder.name, "out.json")
        self.aws("lambda", "wait", "function-active-v2", "--function-name", "read-book")
        invoked = self.aws(
            "lambda", "invoke", "--function-name", "read-book", "--cli-binary-format", "raw-in-base64-out",
            "--payload", json.dumps({"isbn": ISBN}), out,
        )  # fmt: skip
        self.assertEqual(invoked["StatusCode"], 200)
        with open(out, encoding="utf-8") as file:
            self.assertEqual(json.loads(json.load(file)["body"]), {"title": "The Sea"})

        api = self.aws("apigateway", "create-rest-api", "--name", "shop")["id"]
        root = self.aws("apigateway", "get-resources", "--rest-api-id", api)["items"][0]["id"]
        resource = self.aws(
            "apigateway", "create-resource", "--rest-api-id", api, "--parent-id", root, "--path-part", "{isbn}"
        )["id"]
        method = ["--rest-api-id", api, "--resource-id", resource, "--http-method", "GET"]
        self.aws("apigateway", "put-method", *method, "--authorization-type", "NONE")
        self.aws(
            "apigateway", "put-integration", *method, "--type", "AWS_PROXY", "--integration-http-method", "POST",
            "--uri", f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function['FunctionArn']}/invocations",
        )  # fmt: skip
        self.aws("apigateway", "create-deployment", "--rest-api-id", api, "--stage-name", "dev")
        config = self.file("cdn.json", chamber.distribution_config(api, "cli"))
        made = self.aws("cloudfront", "create-distribution", "--distribution-config", "file://" + config)
        url = f"{self.chamber.endpoint}/_aws/cloudfront/{made['Distribution']['Id']}/{ISBN}"
        seen = []
        for _ in range(2):
            with urllib.request.urlopen(url, timeout=30) as answer:
                self.assertEqual(json.load(answer), {"title": "The Sea"})
                seen.append(answer.headers["X-Cache"])
        self.assertEqual(seen, ["Miss from cloudfront", "Hit from cloudfront"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
