"""AWS's own runtime interface client for Node.js (aws-lambda-ric), unmodified, on the chamber's Runtime API: what it
takes for granted of AWS holds here.

python3 boto3_runtime_client.py <cloudchamber>
"""

import base64
import json
import os
import shutil
import sys
import unittest

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)

PROGRAM = sys.argv.pop(1)
CLIENT = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "runtime_client", "node_modules", "aws-lambda-ric"
)
FUNCTION = """
const started = Date.now();
let served = 0;
export const whoami = async (event, context) => ({
    event, served: ++served, id: context.awsRequestId, name: context.functionName, version: context.functionVersion,
    arn: context.invokedFunctionArn, memory: context.memoryLimitInMB, group: context.logGroupName,
    left: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID, client: context.clientContext,
});
export const fails = async (event) => {
    console.log("about to fail");
    class OrderError extends Error { constructor(text) { super(text); this.name = "OrderError"; } }
    throw new OrderError("no " + event.what);
};
export const streams = awslambda.streamifyResponse(async (event, stream) => {
    for (const word of event.words)
        stream.write(word + "\\n");
    stream.end();
});
"""


def read(name):
    with open(os.path.join(CLIENT, name), "rb") as file:
        return file.read()


@unittest.skipUnless(
    os.path.exists(os.path.join(CLIENT, "rapid-client.node")),
    "aws-lambda-ric is not built: packaging/npm-install tests/sdk/runtime_client",
)
class RuntimeClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        node = os.path.realpath(shutil.which("node"))
        cls.package = chamber.zipped(
            {
                "bootstrap!": f'#!/bin/sh\nexec {node} "$LAMBDA_TASK_ROOT/ric/index.mjs" "$_HANDLER"\n',
                "ric/index.mjs": read("index.mjs"),
                "ric/rapid-client.node": read("rapid-client.node"),
                "index.mjs": FUNCTION,
            }
        )
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.client = boto3.client("lambda", endpoint_url=cls.chamber.endpoint)

    def deploy(self, name, handler):
        return chamber.make_function(
            self.client,
            name,
            {},
            Runtime="provided.al2023",
            Handler="index." + handler,
            MemorySize=256,
            Code={"ZipFile": self.package},
        )

    def invoke(self, name, event, **more):
        answer = self.client.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail", **more)
        return answer, json.load(answer["Payload"]), base64.b64decode(answer["LogResult"]).decode()

    def test_context_and_event_are_what_aws_gives(self):
        arn = self.deploy("whoami", "whoami")
        context = base64.b64encode(json.dumps({"custom": {"a": "b"}}).encode()).decode()
        for served in (1, 2):
            answer, said, log = self.invoke("whoami", {"text": "Grüße 山"}, ClientContext=context)
            self.assertNotIn("FunctionError", answer, said)
            self.assertEqual(said["event"], {"text": "Grüße 山"})
            self.assertEqual(said["served"], served)
            self.assertEqual(said["id"], answer["ResponseMetadata"]["RequestId"])
            self.assertEqual((said["name"], said["version"], said["arn"]), ("whoami", "$LATEST", arn))
            self.assertEqual((said["memory"], said["group"]), ("256", "/aws/lambda/whoami"))
            self.assertGreater(said["left"], 20_000)
            self.assertRegex(said["trace"], "^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]")
            self.assertEqual(said["client"]["custom"], {"a": "b"})
        self.assertIn("REPORT RequestId: " + said["id"], log)

    def test_errors_are_those_of_the_client(self):
        self.deploy("fails", "fails")
        answer, failure, log = self.invoke("fails", {"what": "stock"})
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertEqual((failure["errorType"], failure["errorMessage"]), ("OrderError", "no stock"))
        self.assertIn("OrderError: no stock", failure["trace"][0])
        self.assertRegex(log, r"\tINFO\tabout to fail")

    def test_a_handler_that_is_not_there_ends_the_start(self):
        self.deploy("missing", "nothing")
        answer, failure, _ = self.invoke("missing", {})
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertEqual(failure["errorType"], "Runtime.HandlerNotFound")

    def test_large_events_and_answers_pass(self):
        self.deploy("large", "whoami")
        text = "x" * 5_000_000
        self.assertEqual(self.invoke("large", text)[1]["event"], text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
