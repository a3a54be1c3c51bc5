"""kill -9 during 1,000 concurrent puts: every acknowledged put is there afterwards, and the file is whole.

python3 kill_nine.py <cloudchamber>
"""

import http.client
import json
import os
import sqlite3
import sys
import tempfile
import threading
import unittest
from urllib.parse import urlparse

import chamber

PROGRAM = sys.argv.pop(1)
PUTS = 1000
WRITERS = 50
HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=0",
}


def call(connection, action, body):
    connection.request("POST", "/", json.dumps(body), {**HEADERS, "X-Amz-Target": "DynamoDB_20120810." + action})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


class KillNine(unittest.TestCase):
    def put_until_killed(self, server, kill_after):
        """Puts items from many connections, kills the server once `kill_after` are acknowledged; gives those."""
        address = urlparse(server.endpoint).netloc
        acknowledged, lock = set(), threading.Lock()
        enough = threading.Event()

        def write(writer):
            connection = http.client.HTTPConnection(address, timeout=30)
            for number in range(PUTS // WRITERS):
                key = f"{writer}-{number}"
                item = {"id": {"S": key}, "payload": {"S": key * 200}}
                try:
                    status, _ = call(connection, "PutItem", {"TableName": "Puts", "Item": item})
                except (OSError, http.client.HTTPException):
                    return
                if status == 200:
                    with lock:
                        acknowledged.add(key)
                        if len(acknowledged) >= kill_after:
                            enough.set()

        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
        for thread in threads:
            thread.start()
        self.assertTrue(enough.wait(60))
        server.kill()
        for thread in threads:
            thread.join()
        return acknowledged

    def test_acknowledged_puts_survive(self):
        for kill_after in (50, 300, 700):
            with self.subTest(kill_after=kill_after), tempfile.TemporaryDirectory() as folder:
                data = os.path.join(folder, "killed.chamber")
                server = chamber.Chamber(PROGRAM, data=data)
                connection = http.client.HTTPConnection(urlparse(server.endpoint).netloc, timeout=30)
                status, answer = call(
                    connection,
                    "CreateTable",
                    {
                        "TableName": "Puts",
                        "BillingMode": "PAY_PER_REQUEST",
                        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                    },
                )
                self.assertEqual(status, 200, answer)
                connection.close()
                acknowledged = self.put_until_killed(server, kill_after)
                self.assertGreaterEqual(len(acknowledged), kill_after)

                with chamber.Chamber(PROGRAM, data=data) as again:
                    connection = http.client.HTTPConnection(urlparse(again.endpoint).netloc, timeout=30)
                    for key in sorted(acknowledged):
                        status, answer = call(connection, "GetItem", {"TableName": "Puts", "Key": {"id": {"S": key}}})
                        self.assertEqual(answer["Item"]["payload"]["S"], key * 200)
                    connection.close()
                database = sqlite3.connect(os.path.join(data, "chamber.sqlite"))
                self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
                database.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
