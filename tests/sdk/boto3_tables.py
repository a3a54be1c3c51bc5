"""boto3, unmodified, on what tables have beside items: indexes, streams, time to live, tags, backups, exports, imports, replicas.

python3 boto3_tables.py <cloudchamber>
"""

import gzip
import json
import os
import sys
import unittest
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

import chamber

PROGRAM = sys.argv.pop(1)
KEY = {
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
}


class Boto3Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ.update(chamber.ENVIRONMENT)
        cls.server = chamber.Chamber(PROGRAM)
        session = boto3.session.Session()
        clients = [session.client(name, endpoint_url=cls.server.endpoint) for name in ("dynamodb", "dynamodbstreams", "s3")]
        cls.tables, cls.streams, cls.buckets = clients
        cls.clients = clients

    @classmethod
    def tearDownClass(cls):
        for client in cls.clients:
            client.close()
        cls.server.stop()

    def make(self, name, *ids, **more):
        arn = self.tables.create_table(TableName=name, **KEY, **more)["TableDescription"]["TableArn"]
        self.tables.get_waiter("table_exists").wait(TableName=name)
        for one in ids:
            self.tables.put_item(TableName=name, Item={"id": {"S": one}, "who": {"S": "w"}})
        return arn

    def count(self, name, **more):
        return self.tables.scan(TableName=name, **more)["Count"]

    def test_index_is_added(self):
        self.make("Indexed", "a", "b")
        self.tables.update_table(
            TableName="Indexed",
            AttributeDefinitions=[{"AttributeName": "who", "AttributeType": "S"}],
            GlobalSecondaryIndexUpdates=[
                {
                    "Create": {
                        "IndexName": "byWho",
                        "KeySchema": [{"AttributeName": "who", "KeyType": "HASH"}],
                        "Projection": {"ProjectionType": "ALL"},
                    }
                }
            ],
        )

        def filled():
            index = self.tables.describe_table(TableName="Indexed")["Table"]["GlobalSecondaryIndexes"][0]
            return index["IndexStatus"] == "ACTIVE"

        chamber.until(filled)  # it is filled behind the request, when the table is ACTIVE already
        self.assertEqual(self.count("Indexed", IndexName="byWho"), 2)

    def test_stream_tells_each_change(self):
        view = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
        self.make("Streamed", "a", "b", "c", StreamSpecification=view)
        self.tables.delete_item(TableName="Streamed", Key={"id": {"S": "b"}})
        arn = self.streams.list_streams(TableName="Streamed")["Streams"][0]["StreamArn"]
        names = []
        for shard in self.streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            iterator = self.streams.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            names += [record["eventName"] for record in self.streams.get_records(ShardIterator=iterator)["Records"]]
        self.assertEqual(sorted(names), ["INSERT", "INSERT", "INSERT", "REMOVE"])
        with self.assertRaises(self.streams.exceptions.ResourceNotFoundException):
            self.streams.describe_stream(StreamArn=arn[:-1] + "x")

    def test_settings(self):
        arn = self.make("Settings", Tags=[{"Key": "a", "Value": "b"}])
        self.tables.tag_resource(ResourceArn=arn, Tags=[{"Key": "c", "Value": "d"}])
        self.tables.untag_resource(ResourceArn=arn, TagKeys=["a"])
        self.assertEqual(self.tables.list_tags_of_resource(ResourceArn=arn)["Tags"], [{"Key": "c", "Value": "d"}])
        self.tables.update_time_to_live(
            TableName="Settings", TimeToLiveSpecification={"Enabled": True, "AttributeName": "ends"}
        )
        expiry = self.tables.describe_time_to_live(TableName="Settings")["TimeToLiveDescription"]
        self.assertEqual(expiry, {"TimeToLiveStatus": "ENABLED", "AttributeName": "ends"})

    def wait(self, describe, status, *busy):
        """Asks until a copy behind its request is over, as waiters do."""
        return chamber.until(lambda: (answer := describe())[status] not in busy and answer)

    def test_backup_is_restored(self):
        self.make("Backed", "a", "b")
        arn = self.tables.create_backup(TableName="Backed", BackupName="first")["BackupDetails"]["BackupArn"]
        self.wait(
            lambda: self.tables.describe_backup(BackupArn=arn)["BackupDescription"]["BackupDetails"],
            "BackupStatus",
            "CREATING",
        )
        self.tables.delete_table(TableName="Backed")
        self.tables.get_waiter("table_not_exists").wait(TableName="Backed")
        self.tables.restore_table_from_backup(TargetTableName="Restored", BackupArn=arn)
        self.tables.get_waiter("table_exists").wait(TableName="Restored")
        self.assertEqual(self.count("Restored"), 2)

    def test_export_is_imported(self):
        arn = self.make("Exported", "a", "b", "c")
        self.tables.update_continuous_backups(
            TableName="Exported", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
        self.buckets.create_bucket(Bucket="exports")
        made = self.tables.export_table_to_point_in_time(TableArn=arn, S3Bucket="exports", S3Prefix="out")
        name = made["ExportDescription"]["ExportArn"]
        export = self.wait(
            lambda: self.tables.describe_export(ExportArn=name)["ExportDescription"], "ExportStatus", "IN_PROGRESS"
        )
        self.assertEqual((export["ExportStatus"], export["ItemCount"]), ("COMPLETED", 3))
        objects = self.buckets.list_objects_v2(Bucket="exports", Prefix="out/")["Contents"]
        data = [one["Key"] for one in objects if one["Key"].endswith(".json.gz")]
        lines = gzip.decompress(self.buckets.get_object(Bucket="exports", Key=data[0])["Body"].read()).splitlines()
        self.assertEqual(len(lines), 3)
        made = self.tables.import_table(
            S3BucketSource={"S3Bucket": "exports", "S3KeyPrefix": data[0]},
            InputFormat="DYNAMODB_JSON",
            InputCompressionType="GZIP",
            TableCreationParameters={"TableName": "Imported", **KEY},
        )["ImportTableDescription"]
        done = self.wait(
            lambda: self.tables.describe_import(ImportArn=made["ImportArn"])["ImportTableDescription"],
            "ImportStatus",
            "IN_PROGRESS",
        )
        self.assertEqual((done["ImportStatus"], done["ImportedItemCount"]), ("COMPLETED", 3))
        self.assertEqual(self.count("Imported"), 3)

    def ask(self, method, path, body):
        request = urllib.request.Request(self.server.endpoint + path, json.dumps(body).encode(), method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def test_throttled_writes_are_retried(self):
        throughput = {"ReadCapacityUnits": 2, "WriteCapacityUnits": 2}
        self.tables.create_table(
            TableName="Throttled", **{**KEY, "BillingMode": "PROVISIONED"}, ProvisionedThroughput=throughput
        )
        self.ask("POST", "/_chamber/clock", {"pause": True})
        self.ask("PUT", "/_chamber/dynamodb/throttling", {"TableName": "Throttled", "Mode": "enforce"})
        once = boto3.session.Session().client(
            "dynamodb", endpoint_url=self.server.endpoint, config=Config(retries={"max_attempts": 0})
        )
        self.addCleanup(once.close)
        item = {"id": {"S": "a"}, "text": {"S": "x" * 2000}}
        with self.assertRaises(once.exceptions.ProvisionedThroughputExceededException) as caught:
            for _ in range(1000):
                once.put_item(TableName="Throttled", Item=item)
        self.assertIn("configured provisioned throughput for the table", str(caught.exception))
        refused = self.throttled("Throttled")
        with ThreadPoolExecutor() as pool:
            # While the clock stands still it is refused, however slow the machine is.
            put = pool.submit(self.tables.put_item, TableName="Throttled", Item=item)
            chamber.until(lambda: self.throttled("Throttled") > refused)
            self.ask("POST", "/_chamber/clock", {"resume": True, "rate": 20})
            self.addCleanup(self.ask, "POST", "/_chamber/clock", {"rate": 1})
            retries = put.result()["ResponseMetadata"]["RetryAttempts"]
        self.assertGreater(retries, 0)
        self.assertEqual(self.throttled("Throttled"), refused + retries)

    def throttled(self, table):
        return self.server.get(f"/_chamber/dynamodb/tables/{table}/throughput")["Table"]["Write"]["Throttled"]

    def test_replicas_get_each_others_writes(self):
        there = boto3.session.Session().client("dynamodb", region_name="eu-west-1", endpoint_url=self.server.endpoint)
        self.addCleanup(there.close)
        self.ask("POST", "/_chamber/clock", {"resume": True})
        self.make("Global", "before")
        self.tables.update_table(TableName="Global", ReplicaUpdates=[{"Create": {"RegionName": "eu-west-1"}}])
        for client, other in ((self.tables, "eu-west-1"), (there, "us-east-1")):
            client.get_waiter("table_exists").wait(TableName="Global")
            table = client.describe_table(TableName="Global")["Table"]
            self.assertEqual(table["GlobalTableVersion"], "2019.11.21")
            replicas = [(one["RegionName"], one["ReplicaStatus"]) for one in table["Replicas"]]
            self.assertEqual(replicas, [(other, "ACTIVE")])
        read = lambda client, one: client.get_item(TableName="Global", Key={"id": {"S": one}}).get("Item")
        self.assertEqual(read(there, "before"), {"id": {"S": "before"}, "who": {"S": "w"}})
        self.tables.put_item(TableName="Global", Item={"id": {"S": "here"}})
        there.put_item(TableName="Global", Item={"id": {"S": "there"}})
        # Writes take some time from region to region.
        chamber.until(lambda: read(there, "here"))
        chamber.until(lambda: read(self.tables, "there"))
        there.delete_item(TableName="Global", Key={"id": {"S": "here"}})
        chamber.until(lambda: not read(self.tables, "here"))
        self.tables.update_table(TableName="Global", ReplicaUpdates=[{"Delete": {"RegionName": "eu-west-1"}}])
        there.get_waiter("table_not_exists").wait(TableName="Global")
        self.assertNotIn("Replicas", self.tables.describe_table(TableName="Global")["Table"])
        self.tables.delete_table(TableName="Global")


if __name__ == "__main__":
    unittest.main(verbosity=2)
