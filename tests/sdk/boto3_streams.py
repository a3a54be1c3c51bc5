"""boto3, unmodified, on REST APIs whose answers are streamed, and on clones of them.

python3 boto3_streams.py <cloudchamber>
"""

import http.client
import json
import os
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlparse

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)

PROGRAM = sys.argv.pop(1)
# Writes the second part when the test says that the first has arrived.
STORY = """
import http from "node:http";
const asked = (url) => new Promise((done, failed) => http.get(url, (answer) => {
    answer.resume(); answer.on("end", done); }).on("error", failed));
export const handler = awslambda.streamifyResponse(async (event, stream) => {
    const out = awslambda.HttpResponseStream.from(stream, {
        statusCode: 203, headers: { "content-type": "text/plain", "x-path": event.path }, cookies: ["a=1", "b=2"] });
    out.write("once ");
    await asked(process.env.GATE);
    out.write("upon a time");
    out.end();
});
"""
BUFFERED = "export const handler = async () => ({ statusCode: 200, body: 'whole' });"


class Gate(BaseHTTPRequestHandler):
    """Answers once it is opened."""

    opened = threading.Event()

    def do_GET(self):
        self.opened.wait(30)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def streaming_uri(function):
    return (
        f"arn:aws:apigateway:{chamber.REGION}:lambda:path/2021-11-15/functions/{function}"
        "/response-streaming-invocations"
    )


class Streams(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.functions = boto3.client("lambda", endpoint_url=cls.chamber.endpoint)
        cls.gateway = boto3.client("apigateway", endpoint_url=cls.chamber.endpoint)
        # Members that older versions of boto3 do not know travel all the same.
        cls.gateway.meta.events.register("before-call.apigateway", cls.add_members)
        cls.more = {}
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Gate)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)

    @classmethod
    def add_members(cls, params, **_):
        if cls.more:
            body = json.loads(params.get("body") or "{}")
            params["body"] = json.dumps({**body, **cls.more}).encode()
            cls.more.clear()

    def api(self, text, name):
        """A REST API whose ANY /{proxy+} streams a Node.js function of this text; gives its id."""
        function = chamber.make_function(
            self.functions,
            name,
            {"index.mjs": text},
            Runtime="nodejs22.x",
            Handler="index.handler",
            Environment={"Variables": {"GATE": f"http://127.0.0.1:{self.server.server_port}/"}},
        )
        api = self.gateway.create_rest_api(name=name)["id"]
        root = self.gateway.get_resources(restApiId=api)["items"][0]["id"]
        proxy = self.gateway.create_resource(restApiId=api, parentId=root, pathPart="{proxy+}")["id"]
        at = {"restApiId": api, "resourceId": proxy, "httpMethod": "ANY"}
        self.gateway.put_method(**at, authorizationType="NONE")
        self.more.update(responseTransferMode="STREAM", timeoutInMillis=60000)
        self.gateway.put_integration(
            **at, type="AWS_PROXY", integrationHttpMethod="POST", uri=streaming_uri(function)
        )
        self.gateway.create_deployment(restApiId=api, stageName="prod")
        return api

    def ask(self, api, path):
        connection = http.client.HTTPConnection(urlparse(self.chamber.endpoint).netloc, timeout=60)
        self.addCleanup(connection.close)
        connection.request("GET", path, headers={"Host": f"{api}.execute-api.localhost"})
        return connection.getresponse()

    def test_an_answer_arrives_while_the_function_writes(self):
        api = self.api(STORY, "story")
        Gate.opened.clear()
        answer = self.ask(api, "/prod/long/story")
        self.assertEqual(answer.status, 203)
        self.assertEqual(answer.headers["x-path"], "/long/story")
        self.assertEqual(answer.headers.get_all("set-cookie"), ["a=1", "b=2"])
        self.assertEqual(answer.headers["transfer-encoding"], "chunked")
        self.assertEqual(answer.read1(100), b"once ")
        Gate.opened.set()
        self.assertEqual(answer.read(), b"upon a time")

    def test_a_function_that_does_not_stream_is_a_bad_gateway(self):
        answer = self.ask(self.api(BUFFERED, "whole"), "/prod/x")
        self.assertEqual((answer.status, json.loads(answer.read())), (502, {"message": "Internal server error"}))

    def test_a_clone_answers_by_itself(self):
        Gate.opened.set()
        source = self.api(STORY, "cloned")
        clone = self.gateway.create_rest_api(name="clone", cloneFrom=source)["id"]
        self.gateway.create_deployment(restApiId=clone, stageName="prod")
        self.gateway.delete_rest_api(restApiId=source)
        self.assertEqual(self.ask(clone, "/prod/y").read(), b"once upon a time")


if __name__ == "__main__":
    unittest.main()
