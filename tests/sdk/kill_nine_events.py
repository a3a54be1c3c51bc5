"""kill -9 while asynchronous events are accepted and run: each one that was acknowledged reaches its function, if need be in
the next run, and nobody has to ask for it.

python3 kill_nine_events.py <cloudchamber> [rounds]
"""

import http.client
import json
import os
import sys
import tempfile
import unittest
from urllib.parse import urlparse

import chamber

os.environ.update(chamber.ENVIRONMENT)
# The function notes its events where it could not write in a sandbox.
os.environ["CHAMBER_LAMBDA_SANDBOX"] = "off"
import boto3  # noqa: E402  (after the environment)

PROGRAM = sys.argv.pop(1)
ROUNDS = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 1
SENDERS = 8
ENOUGH = 120
SOURCE = "def handler(event, context):\n    open(%r, 'a').write('%%d\\n' %% event)\n"


class KillNineEvents(unittest.TestCase):
    def send_until_killed(self, server):
        """The numbers whose events were acknowledged before the server died."""
        address = urlparse(server.endpoint).netloc

        def writer():
            connection = http.client.HTTPConnection(address, timeout=30)

            def send(number):
                connection.request(
                    "POST",
                    "/2015-03-31/functions/noting/invocations",
                    json.dumps(number),
                    {"X-Amz-Invocation-Type": "Event"},
                )
                answer = connection.getresponse()
                answer.read()
                return answer.status == 202

            return send

        return server.kill_after(ENOUGH, writer, SENDERS)

    def test_acknowledged_events_run(self):
        for number in range(ROUNDS):
            with self.subTest(round=number):
                self.run_once()

    def run_once(self):
        with tempfile.TemporaryDirectory() as folder:
            data, notes = os.path.join(folder, "data"), os.path.join(folder, "notes")
            server = chamber.Chamber(PROGRAM, data=data)
            functions = boto3.client("lambda", endpoint_url=server.endpoint)
            chamber.make_function(functions, "noting", SOURCE % notes)
            acknowledged = self.send_until_killed(server)

            def noted():
                if not os.path.exists(notes):  # killed before the first one ran
                    return set()
                with open(notes, encoding="utf-8") as file:
                    return {int(line) for line in file if line.strip().isdigit()}

            with chamber.Chamber(PROGRAM, data=data):
                chamber.until(lambda: acknowledged <= noted())


if __name__ == "__main__":
    unittest.main()
