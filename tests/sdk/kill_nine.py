"""kill -9 during concurrent puts and transactions: what was acknowledged is there afterwards, no transaction is half
done, indexes are what their tables imply, and the file is whole.

python3 kill_nine.py <cloudchamber>        KILLS=50 kills so often amid transactions (otherwise 3 times)
"""

import http.client
import json
import os
import random
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

    def write_transactions(self, server, kill_after):
        """Moves money between accounts, with a journal entry each, until the server is killed."""
        address = urlparse(server.endpoint).netloc
        acknowledged, lock = set(), threading.Lock()
        enough = threading.Event()

        def move(writer):
            connection = http.client.HTTPConnection(address, timeout=30)
            for number in range(PUTS):
                entry = f"{writer}-{number}"
                changes = [("from", f"account-{number % 7}", "-1"), ("to", f"account-{7 + writer % 5}", "1")]
                items = [
                    {
                        "Update": {
                            "TableName": "Accounts",
                            "Key": {"id": {"S": account}},
                            "UpdateExpression": "ADD amount :n SET side = :s",
                            "ExpressionAttributeValues": {":n": {"N": amount}, ":s": {"S": side}},
                        }
                    }
                    for side, account, amount in changes
                ]
                items.append({"Put": {"TableName": "Journal", "Item": {"id": {"S": entry}, "side": {"S": "to"}}}})
                try:
                    status, _ = call(
                        connection, "TransactWriteItems", {"TransactItems": items, "ClientRequestToken": entry}
                    )
                except (OSError, http.client.HTTPException):
                    connection.close()
                    return
                if status == 200:
                    with lock:
                        acknowledged.add(entry)
                        if len(acknowledged) >= kill_after:
                            enough.set()

        threads = [threading.Thread(target=move, args=(writer,)) for writer in range(10)]
        for thread in threads:
            thread.start()
        self.assertTrue(enough.wait(60))
        server.kill()
        for thread in threads:
            thread.join()
        return acknowledged

    def scan(self, connection, table, **more):
        items, start = [], {}
        while True:
            status, page = call(connection, "Scan", {"TableName": table, **more, **start})
            self.assertEqual(status, 200, page)
            items += page["Items"]
            if "LastEvaluatedKey" not in page:
                return items
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def make_accounts(self, server):
        connection = http.client.HTTPConnection(urlparse(server.endpoint).netloc, timeout=30)
        for table in ("Accounts", "Journal"):
            status, answer = call(
                connection,
                "CreateTable",
                {
                    "TableName": table,
                    "BillingMode": "PAY_PER_REQUEST",
                    "AttributeDefinitions": [
                        {"AttributeName": "id", "AttributeType": "S"},
                        {"AttributeName": "side", "AttributeType": "S"},
                    ],
                    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                    "GlobalSecondaryIndexes": [
                        {
                            "IndexName": "bySide",
                            "KeySchema": [{"AttributeName": "side", "KeyType": "HASH"}],
                            "Projection": {"ProjectionType": "ALL"},
                        }
                    ],
                },
            )
            self.assertEqual(status, 200, answer)
        connection.close()

    def test_no_transaction_is_half_done(self):
        for _ in range(int(os.environ.get("KILLS", "3"))):
            kill_after = random.randrange(1, 400)
            with self.subTest(kill_after=kill_after), tempfile.TemporaryDirectory() as folder:
                data = os.path.join(folder, "killed.chamber")
                server = chamber.Chamber(PROGRAM, data=data)
                self.make_accounts(server)
                acknowledged = self.write_transactions(server, kill_after)
                with chamber.Chamber(PROGRAM, data=data) as again:
                    connection = http.client.HTTPConnection(urlparse(again.endpoint).netloc, timeout=30)
                    journal = {item["id"]["S"] for item in self.scan(connection, "Journal")}
                    self.assertLessEqual(acknowledged, journal)
                    accounts = self.scan(connection, "Accounts")
                    amounts = [int(item["amount"]["N"]) for item in accounts]
                    self.assertEqual(sum(amounts), 0)
                    self.assertEqual(sum(amount for amount in amounts if amount > 0), len(journal))
                    for table in ("Accounts", "Journal"):
                        rows = sorted(json.dumps(item, sort_keys=True) for item in self.scan(connection, table))
                        entries = self.scan(connection, table, IndexName="bySide")
                        self.assertEqual(sorted(json.dumps(item, sort_keys=True) for item in entries), rows)
                        status, answer = call(connection, "DescribeTable", {"TableName": table})
                        self.assertEqual(answer["Table"]["ItemCount"], len(rows))
                        self.assertEqual(answer["Table"]["GlobalSecondaryIndexes"][0]["ItemCount"], len(rows))
                    connection.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
