"""An API without a function: notes in DynamoDB through mapping templates, deployed by the AWS CLI.

python3 cli_notes.py <cloudchamber>
"""

import json
import sys
import unittest
import urllib.error
import urllib.request

import chamber

PROGRAM = sys.argv.pop(1)
MODEL = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "required": ["owner", "text"],
    "properties": {
        "owner": {"type": "string", "minLength": 1},
        "text": {"type": "string", "maxLength": 200},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}


def template(name):
    return chamber.source("apps/notes", name + ".vtl")


class Notes(chamber.CommandLineTest):
    program = PROGRAM

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls().deploy()

    def gateway(self, action, *words):
        return self.aws("apigateway", action, "--rest-api-id", self.api, *words)

    def deploy(self):
        self.aws(
            "dynamodb", "create-table", "--table-name", "Notes", "--billing-mode", "PAY_PER_REQUEST",
            "--attribute-definitions", "AttributeName=owner,AttributeType=S", "AttributeName=id,AttributeType=S",
            "--key-schema", "AttributeName=owner,KeyType=HASH", "AttributeName=id,KeyType=RANGE",
        )  # fmt: skip
        type(self).api = self.aws("apigateway", "create-rest-api", "--name", "notes")["id"]
        self.gateway("create-model", "--name", "Note", "--content-type", "application/json", "--schema", json.dumps(MODEL))
        validator = self.gateway("create-request-validator", "--name", "bodies", "--validate-request-body",
                                 "--no-validate-request-parameters")["id"]  # fmt: skip
        root = self.gateway("get-resources")["items"][0]["id"]
        notes = self.resource(root, "notes")
        owner = self.resource(notes, "{owner}")
        note = self.resource(owner, "{id}")
        self.method(notes, "POST", "PutItem", "put_note", "put_note_answer", "201",
                    "--request-models", "application/json=Note", "--request-validator-id", validator)  # fmt: skip
        self.method(owner, "GET", "Query", "list_notes", "list_notes_answer", "200",
                    "--request-parameters", "method.request.querystring.limit=false")  # fmt: skip
        self.method(note, "GET", "GetItem", "get_note", "get_note_answer", "200")
        self.method(note, "DELETE", "DeleteItem", "delete_note", None, "204")
        self.gateway("create-deployment", "--stage-name", "prod", "--variables", "table=Notes")

    def resource(self, parent, part):
        return self.gateway("create-resource", "--parent-id", parent, "--path-part", part)["id"]

    def method(self, resource, name, action, asks, answers, status, *words):
        """One method: the action of DynamoDB that it calls, the templates of its request and of its success."""
        method = ["--resource-id", resource, "--http-method", name]
        self.gateway("put-method", *method, "--authorization-type", "NONE", *words)
        self.gateway(
            "put-integration", *method, "--type", "AWS", "--integration-http-method", "POST",
            "--uri", f"arn:aws:apigateway:us-east-1:dynamodb:action/{action}", "--credentials", chamber.ROLE,
            "--passthrough-behavior", "NEVER", "--request-templates", json.dumps({"application/json": template(asks)}),
        )  # fmt: skip
        success = template(answers) if answers else "#set($empty = '')$empty"
        for code, pattern, text in ((status, "2\\d{2}", success), ("400", "", template("failure_answer"))):
            self.gateway("put-method-response", *method, "--status-code", code)
            self.gateway(
                "put-integration-response", *method, "--status-code", code, "--selection-pattern", pattern,
                "--response-templates", json.dumps({"application/json": text}),
            )  # fmt: skip

    def call(self, name, path, body=None, kind="application/json"):
        request = urllib.request.Request(
            f"{self.chamber.endpoint}/_aws/execute-api/{self.api}/prod{path}",
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": kind},
            method=name,
        )
        try:
            answer = urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            text = answer.read()
            return answer.status, answer.headers, json.loads(text) if text.strip() else None

    def test_notes_are_written_listed_read_and_deleted(self):
        texts = ['A "quoted" word', "It's\ntwo lines", "Grüße → 山"]
        ids = []
        for text in texts:
            status, headers, answer = self.call("POST", "/notes", {"owner": "momo", "text": text, "tags": ["a", "b"]})
            self.assertEqual(status, 201, answer)
            self.assertEqual(headers["Location"], "/prod/notes/" + answer["id"])
            ids.append(answer["id"])
        status, _, listed = self.call("GET", "/notes/momo")
        self.assertEqual((status, listed["count"]), (200, 3))
        self.assertEqual({note["text"] for note in listed["notes"]}, set(texts))
        self.assertEqual(listed["notes"][0]["tags"], ["a", "b"])
        self.assertGreater(listed["notes"][0]["written"], 1_600_000_000_000)
        self.assertEqual(self.call("GET", "/notes/momo?limit=2")[2]["count"], 2)
        kept = self.aws("dynamodb", "get-item", "--table-name", "Notes", "--key",
                        json.dumps({"owner": {"S": "momo"}, "id": {"S": ids[1]}}))["Item"]  # fmt: skip
        self.assertEqual(kept["text"], {"S": texts[1]})
        self.assertEqual(self.call("GET", f"/notes/momo/{ids[1]}")[2], {"id": ids[1], "text": texts[1]})
        self.assertEqual(self.call("DELETE", f"/notes/momo/{ids[1]}")[0], 204)
        self.assertEqual(self.call("GET", f"/notes/momo/{ids[1]}")[::2], (404, {"message": "There is no such note"}))
        self.assertEqual(self.call("DELETE", f"/notes/momo/{ids[1]}")[::2], (404, {"message": "There is no such note"}))

    def test_what_does_not_fit_is_refused_on_its_way(self):
        self.assertEqual(self.call("POST", "/notes", {"owner": "momo"})[::2], (400, {"message": "Invalid request body"}))
        self.assertEqual(self.call("GET", "/notes/nobody")[2], {"count": 0, "notes": []})
        status, _, answer = self.call("GET", "/notes/momo?limit=0")
        self.assertEqual(status, 400)
        self.assertIn("'limit'", answer["message"])
        text = {"owner": "momo", "text": "x"}
        self.assertEqual(self.call("POST", "/notes", text, "text/csv")[::2], (415, {"message": "Unsupported Media Type"}))

    def test_the_trial_shows_each_step(self):
        notes = next(item for item in self.gateway("get-resources")["items"] if item["path"] == "/notes/{owner}/{id}")
        trial = self.gateway("test-invoke-method", "--resource-id", notes["id"], "--http-method", "GET",
                             "--path-with-query-string", "/notes/momo/none", "--stage-variables", "table=Notes")  # fmt: skip
        self.assertEqual(trial["status"], 404)
        self.assertIn("Endpoint request body after transformations", trial["log"])
        self.assertIn('"S": "none"', trial["log"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
