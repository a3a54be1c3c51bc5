"""kill -9 at random moments while both replicas of a global table are written, some items by both: what was acknowledged in
one region arrives in the other after the next start, and both end with the same items; a replica that is deleted hands over what it had accepted.

python3 kill_nine_replicas.py <cloudchamber> [rounds] [seed]
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
import urllib.request
from urllib.parse import urlparse

import chamber

PROGRAM = sys.argv.pop(1)
ROUNDS = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 20
SEED = int(sys.argv.pop(1)) if len(sys.argv) > 1 else random.randrange(1 << 30)
REGIONS = ("us-east-1", "eu-west-1")
WRITERS = 3  # in each region
KEYS = 20  # of each writer, and of all together
KILLED = (OSError, http.client.HTTPException)


class Client:
    def __init__(self, server, region):
        self.connection = http.client.HTTPConnection(urlparse(server.endpoint).netloc, timeout=60)
        self.headers = {
            "Content-Type": "application/x-amz-json-1.0",
            "Authorization": f"AWS4-HMAC-SHA256 Credential=test/20261122/{region}/dynamodb/aws4_request, "
            "SignedHeaders=host, Signature=0",
        }

    def __call__(self, action, body):
        headers = {**self.headers, "X-Amz-Target": "DynamoDB_20120810." + action}
        self.connection.request("POST", "/", json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{action}: {text}")
        return json.loads(text)

    def items(self):
        found, request = {}, {"TableName": "Things"}
        while True:
            page = self("Scan", request)
            found.update({item["pk"]["S"]: item["version"]["S"] for item in page["Items"]})
            if "LastEvaluatedKey" not in page:
                return found
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


class Writer(threading.Thread):
    """Writes in one region, items of its own and items of all; of its own it knows what each may be."""

    def __init__(self, region, number, seed):
        super().__init__()
        self.region, self.number = region, number
        self.random = random.Random(seed)
        self.version = 0
        self.known = {}  # key: versions it may have; None is no item
        self.failure = None

    def begin(self, server):
        threading.Thread.__init__(self)
        self.client = Client(server, self.region)
        self.start()

    def run(self):
        try:
            while True:
                self.change()
        except KILLED:
            pass
        except AssertionError as failure:
            self.failure = failure
        finally:
            self.client.connection.close()

    def change(self):
        self.version += 1
        number = self.random.randrange(KEYS)
        own = self.random.random() < 0.7
        key = f"{self.region}-{self.number}-{number}" if own else f"all-{number}"
        version = None if self.random.random() < 0.3 else f"{self.region}-{self.number}-{self.version}"
        if own:
            self.known.setdefault(key, {None}).add(version)
        if version is None:
            self.client("DeleteItem", {"TableName": "Things", "Key": {"pk": {"S": key}}})
        else:
            self.client("PutItem", {"TableName": "Things", "Item": {"pk": {"S": key}, "version": {"S": version}}})
        if own:
            self.known[key] = {version}


class KillNineReplicas(unittest.TestCase):
    def start(self, folder):
        server = chamber.Chamber(PROGRAM, data=os.path.join(folder, "replicas.chamber"))
        return server, [Client(server, region) for region in REGIONS]

    def settle(self, server):
        def arrived():
            report = server.get("/_chamber/dynamodb/replication")
            return not report["Copies"] and not any(link["Pending"] for link in report["Replication"])

        chamber.until(arrived)

    def check(self, server, clients, writers):
        self.settle(server)
        here, there = (client.items() for client in clients)
        self.assertEqual(here, there)
        for writer in writers:
            if writer.failure:
                raise writer.failure
            for key, versions in writer.known.items():
                self.assertIn(here.get(key), versions, key)
                writer.known[key] = {here.get(key)}
        return len(here)

    def make_global(self, client):
        key = {"AttributeName": "pk"}
        client(
            "CreateTable",
            {
                "TableName": "Things",
                "AttributeDefinitions": [{**key, "AttributeType": "S"}],
                "KeySchema": [{**key, "KeyType": "HASH"}],
                "BillingMode": "PAY_PER_REQUEST",
            },
        )
        client("UpdateTable", {"TableName": "Things", "ReplicaUpdates": [{"Create": {"RegionName": REGIONS[1]}}]})

    def pause(self, server):
        body = json.dumps({"pause": True}).encode()
        with urllib.request.urlopen(server.endpoint + "/_chamber/clock", body, timeout=30) as answer:
            self.assertTrue(json.load(answer)["paused"])

    def test_deleted_replica_hands_over_what_it_had(self):
        chance = random.Random(SEED)
        for _ in range(max(1, ROUNDS // 5)):
            with tempfile.TemporaryDirectory() as folder:
                server, clients = self.start(folder)
                self.make_global(clients[0])
                self.pause(server)  # nothing arrives by itself
                names = [str(number) for number in range(2000)]
                for at in range(0, len(names), 25):
                    items = [{"pk": {"S": name}, "version": {"S": "1"}} for name in names[at : at + 25]]
                    clients[1](
                        "BatchWriteItem", {"RequestItems": {"Things": [{"PutRequest": {"Item": item}} for item in items]}}
                    )
                clients[0]("UpdateTable", {"TableName": "Things", "ReplicaUpdates": [{"Delete": {"RegionName": REGIONS[1]}}]})
                time.sleep(chance.uniform(0, 0.05))
                server.kill()
                for client in clients:
                    client.connection.close()
                server, clients = self.start(folder)
                chamber.until(lambda: clients[1]("ListTables", {})["TableNames"] == [])
                self.assertEqual(set(clients[0].items()), set(names))
                for client in clients:
                    client.connection.close()
                server.stop()

    def test_nothing_is_lost_between_regions(self):
        print("seed", SEED)
        chance = random.Random(SEED)
        writers = [Writer(region, number, chance.random()) for region in REGIONS for number in range(WRITERS)]
        with tempfile.TemporaryDirectory() as folder:
            server, clients = self.start(folder)
            self.make_global(clients[0])
            for _ in range(ROUNDS):
                for writer in writers:
                    writer.begin(server)
                time.sleep(chance.uniform(0.05, 0.6))
                server.kill()
                for writer in writers:
                    writer.join()
                for client in clients:
                    client.connection.close()
                server, clients = self.start(folder)
                count = self.check(server, clients, writers)
            for client in clients:
                client.connection.close()
            server.stop()
            print(ROUNDS, "rounds,", sum(writer.version for writer in writers), "writes,", count, "items")


if __name__ == "__main__":
    unittest.main(verbosity=2)
