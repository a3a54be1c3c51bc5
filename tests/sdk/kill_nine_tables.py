"""kill -9 at random moments under puts, deletes, transactions and index changes, many times on one chamber: what was
acknowledged is there, no transaction is half done, indexes hold what their table implies, the stream tells every change.

python3 kill_nine_tables.py <cloudchamber> [rounds] [seed]
"""

import http.client
import json
import os
import random
import sys
import tempfile
import threading
import time
import unittest
from urllib.parse import urlparse

import chamber

PROGRAM = sys.argv.pop(1)
ROUNDS = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 50
SEED = int(sys.argv.pop(1)) if len(sys.argv) > 1 else random.randrange(1 << 30)
WRITERS = 8
KEYS = 40  # of each writer
HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=0",
}
TARGETS = {"ListStreams", "DescribeStream", "GetShardIterator", "GetRecords"}
INDEXES = {"byColor": "color", "byShade": "shade"}
KILLED = (OSError, http.client.HTTPException)


class Client:
    def __init__(self, server):
        self.connection = http.client.HTTPConnection(urlparse(server.endpoint).netloc, timeout=60)

    def __call__(self, action, body):
        prefix = "DynamoDBStreams_20120810." if action in TARGETS else "DynamoDB_20120810."
        self.connection.request("POST", "/", json.dumps(body), {**HEADERS, "X-Amz-Target": prefix + action})
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def close(self):
        self.connection.close()

    def must(self, action, body):
        status, answer = self(action, body)
        if status != 200:
            raise AssertionError(f"{action}: {answer}")
        return answer

    def scan(self, index=None):
        items, request = {}, {"TableName": "Things", **({"IndexName": index} if index else {})}
        while True:
            page = self.must("Scan", request)
            for item in page["Items"]:
                items[item["pk"]["S"]] = item
            if "LastEvaluatedKey" not in page:
                return items
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def item_of(key, version):
    return {
        "pk": {"S": key},
        "version": {"N": str(version)},
        "color": {"S": "c%d" % (version % 5)},
        **({"shade": {"S": "s%d" % (version % 3)}} if version % 4 else {}),
        "padding": {"S": key * 20},
    }


def index_update(create):
    if not create:
        return {"TableName": "Things", "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": "byShade"}}]}
    return {
        "TableName": "Things",
        "AttributeDefinitions": [{"AttributeName": "shade", "AttributeType": "S"}],
        "GlobalSecondaryIndexUpdates": [
            {
                "Create": {
                    "IndexName": "byShade",
                    "KeySchema": [{"AttributeName": "shade", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            }
        ],
    }


class Writer(threading.Thread):
    """Changes items that are its own, one call at a time, and knows what each may be: the last acknowledged version,
    or the one whose answer never came. None is no item."""

    def __init__(self, number, seed):
        super().__init__()
        self.number = number
        self.random = random.Random(seed)
        self.version = 0
        self.acknowledged = 0  # since the server started
        self.known = {}  # key: versions it may have
        self.failure = None

    def begin(self, server):
        threading.Thread.__init__(self)
        self.client = Client(server)
        self.acknowledged = 0
        self.start()

    def run(self):
        try:
            while True:
                self.change()
                self.acknowledged += 1
        except KILLED:
            pass
        except AssertionError as failure:
            self.failure = failure
        finally:
            self.client.close()

    def change(self):
        self.version += 1
        key = f"w{self.number}-{self.random.randrange(KEYS)}"
        kind = self.random.randrange(10)
        if kind < 5:
            self.attempt({key: self.version}, "PutItem", {"TableName": "Things", "Item": item_of(key, self.version)})
        elif kind < 7:
            self.attempt({key: None}, "DeleteItem", {"TableName": "Things", "Key": {"pk": {"S": key}}})
        else:
            name = f"pair{self.number}-{self.random.randrange(KEYS)}"
            pair = {name + side: self.version for side in "ab"}
            puts = [{"Put": {"TableName": "Things", "Item": item_of(one, self.version)}} for one in pair]
            self.attempt(pair, "TransactWriteItems", {"TransactItems": puts})

    def attempt(self, versions, action, body):
        before = {key: self.known.get(key, {None}) for key in versions}
        for key, version in versions.items():
            self.known[key] = before[key] | {version}
        status, answer = self.client(action, body)
        if status != 200:
            raise AssertionError(f"{action}: {answer}")
        for key, version in versions.items():
            self.known[key] = {version}


class IndexChanger(threading.Thread):
    def __init__(self, server):
        super().__init__()
        self.client = Client(server)
        self.start()

    def run(self):
        create = True
        try:
            while True:
                # Refused when it is there already, or still being filled: then the other way round.
                self.client("UpdateTable", index_update(create))
                create = not create
        except KILLED:
            pass
        finally:
            self.client.close()


class KillNineTables(unittest.TestCase):
    def create(self, client):
        client.must(
            "CreateTable",
            {
                "TableName": "Things",
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [
                    {"AttributeName": "pk", "AttributeType": "S"},
                    {"AttributeName": "color", "AttributeType": "S"},
                ],
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                "GlobalSecondaryIndexes": [
                    {
                        "IndexName": "byColor",
                        "KeySchema": [{"AttributeName": "color", "KeyType": "HASH"}],
                        "Projection": {"ProjectionType": "KEYS_ONLY"},
                    }
                ],
                "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
            },
        )

    def check_items(self, table, writers):
        for writer in writers:
            for key, versions in writer.known.items():
                found = int(table[key]["version"]["N"]) if key in table else None
                self.assertIn(found, versions, key)
                writer.known[key] = {found}
        for key in table:
            if key.startswith("pair") and key.endswith("a"):
                self.assertEqual(table[key]["version"], table.get(key[:-1] + "b", {}).get("version"), key)

    def check_indexes(self, client, table):
        def filled():
            indexes = client.must("DescribeTable", {"TableName": "Things"})["Table"]["GlobalSecondaryIndexes"]
            return all(index["IndexStatus"] == "ACTIVE" for index in indexes) and indexes

        for index in chamber.until(filled):
            attribute = INDEXES[index["IndexName"]]
            implied = {key: item[attribute] for key, item in table.items() if attribute in item}
            held = {key: item[attribute] for key, item in client.scan(index["IndexName"]).items()}
            self.assertEqual(held, implied, index["IndexName"])
            self.assertEqual(index["ItemCount"], len(implied), index["IndexName"])

    def check_stream(self, client, table):
        """Each record's old image is what the records before it made of the item; all together make the table."""
        arn = client.must("ListStreams", {"TableName": "Things"})["Streams"][0]["StreamArn"]
        told = {}
        for shard in client.must("DescribeStream", {"StreamArn": arn})["StreamDescription"]["Shards"]:
            request = {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
            iterator = client.must("GetShardIterator", request)["ShardIterator"]
            while iterator:
                page = client.must("GetRecords", {"ShardIterator": iterator})
                for record in page["Records"]:
                    change = record["dynamodb"]
                    key = change["Keys"]["pk"]["S"]
                    self.assertEqual(change.get("OldImage"), told.get(key), record["eventID"])
                    told[key] = change.get("NewImage")
                iterator = page.get("NextShardIterator") if page["Records"] else None
        self.assertEqual({key: item for key, item in told.items() if item}, table)

    def test_nothing_acknowledged_is_lost(self):
        print(f"seed {SEED}, {ROUNDS} rounds", flush=True)
        chance = random.Random(SEED)
        writers = [Writer(number, chance.random()) for number in range(WRITERS)]
        with tempfile.TemporaryDirectory() as folder:
            data = os.path.join(folder, "killed.chamber")
            for number in range(ROUNDS + 1):
                with self.subTest(round=number, seed=SEED):
                    server = chamber.Chamber(PROGRAM, data=data)
                    client = Client(server)
                    if number == 0:
                        self.create(client)
                    table = client.scan()
                    self.check_items(table, writers)
                    self.check_indexes(client, table)
                    self.check_stream(client, table)
                    client.close()
                    if number == ROUNDS:
                        server.stop()
                        break
                    for writer in writers:
                        writer.begin(server)
                    changer = IndexChanger(server)
                    time.sleep(chance.uniform(0.05, 0.3))
                    # On a busy machine that may be too short for any change.
                    chamber.until(lambda: all(writer.acknowledged or writer.failure for writer in writers))
                    server.kill()
                    for thread in [*writers, changer]:
                        thread.join()
                    self.assertEqual([writer.failure for writer in writers], [None] * WRITERS)
        print(f"{sum(writer.version for writer in writers)} changes", flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
