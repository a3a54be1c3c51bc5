"""A function in C++ that is its own runtime (provided.al2023), compiled here and deployed by boto3.

python3 boto3_words.py <cloudchamber>
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.request

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.eventstream import EventStreamBuffer  # noqa: E402

PROGRAM = sys.argv.pop(1)
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "apps", "words", "bootstrap.cpp")


def compiled():
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "bootstrap")
        subprocess.run(["g++", "-std=c++17", "-O1", "-s", "-o", program, SOURCE], check=True, timeout=120)
        with open(program, "rb") as file:
            return file.read()


@unittest.skipUnless(shutil.which("g++"), "there is no compiler")
class Words(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.package = chamber.zipped({"bootstrap!": compiled()})
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.client = boto3.client("lambda", endpoint_url=cls.chamber.endpoint)

    def deploy(self, name, **more):
        return chamber.make_function(
            self.client,
            name,
            {},
            Runtime="provided.al2023",
            Handler="words",
            MemorySize=128,
            Code={"ZipFile": self.package},
            **more,
        )

    def invoke(self, name, event):
        answer = self.client.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail")
        return answer, json.load(answer["Payload"])

    def test_words_are_counted_by_one_process(self):
        arn = self.deploy("words", Environment={"Variables": {"LONGEST": "4"}}, Publish=True)
        text = 'The "sea" is\ncalm tonight'
        for served in (1, 2, 3):
            answer, counted = self.invoke("words", {"text": text})
            self.assertNotIn("FunctionError", answer)
            self.assertEqual(counted, {"words": 5, "long": 2, "served": served})
        log = base64.b64decode(answer["LogResult"]).decode()
        self.assertIn(f"counted 5 words of {arn}\n", log)
        self.assertIn("REPORT RequestId: " + answer["ResponseMetadata"]["RequestId"], log)
        # Another configuration is another process; the version that was published keeps its own.
        self.client.update_function_configuration(FunctionName="words", Environment={"Variables": {"LONGEST": "1"}})
        self.client.get_waiter("function_updated_v2").wait(FunctionName="words")
        self.assertEqual(self.invoke("words", {"text": text})[1], {"words": 5, "long": 5, "served": 1})
        self.assertEqual(self.invoke("words:1", {"text": text})[1]["long"], 2)

    def test_errors_are_the_runtimes_own(self):
        self.deploy("strict", Environment={"Variables": {"LONGEST": "4"}})
        answer, failure = self.invoke("strict", {"words": "none"})
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertEqual(failure["errorType"], "Words.NoText")
        self.assertEqual(failure["errorMessage"], "The event has no text")
        self.assertEqual(self.invoke("strict", {"text": "goes on"})[1]["served"], 2)

    def test_a_start_that_fails_says_why(self):
        self.deploy("unconfigured")
        answer, failure = self.invoke("unconfigured", {"text": "x"})
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertEqual(failure["errorType"], "Words.NotConfigured")

    def test_words_are_streamed(self):
        self.deploy("stream", Environment={"Variables": {"LONGEST": "4"}})
        # The path of InvokeWithResponseStream: older releases of boto3 do not know it.
        request = urllib.request.Request(
            self.chamber.endpoint + "/2021-11-15/functions/stream/response-streaming-invocations",
            json.dumps({"text": "one two three", "stream": True}).encode(),
            method="POST",
        )
        messages = EventStreamBuffer()
        with urllib.request.urlopen(request, timeout=30) as answer:
            self.assertEqual(answer.headers["Content-Type"], "application/vnd.amazon.eventstream")
            messages.add_data(answer.read())
        events = [(message.headers[":event-type"], message.payload) for message in messages]
        payload = b"".join(data for kind, data in events if kind == "PayloadChunk")
        self.assertEqual(payload, b"one\ntwo\nthree\n")
        self.assertEqual(events[-1][0], "InvokeComplete")
        self.assertNotIn("ErrorCode", json.loads(events[-1][1]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
