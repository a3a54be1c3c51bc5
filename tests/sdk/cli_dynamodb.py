"""The AWS CLI, unmodified: a DynamoDB program as its user guide and command reference show it.

python3 cli_dynamodb.py <cloudchamber>
"""

import json
import sys
import unittest

import chamber

PROGRAM = sys.argv.pop(1)


class DynamoDb(chamber.CommandLineTest):
    program = PROGRAM

    def dynamodb(self, action, *words, **options):
        return self.aws("dynamodb", action, *words, **options)

    def parameter(self, name, content):
        return "file://" + self.file(name, content)

    # The guide's table of music, with one index of each kind.
    def music(self, name):
        self.dynamodb(
            "create-table", "--table-name", name,
            "--attribute-definitions", "AttributeName=Artist,AttributeType=S", "AttributeName=SongTitle,AttributeType=S",
            "AttributeName=AlbumTitle,AttributeType=S", "AttributeName=Year,AttributeType=N",
            "--key-schema", "AttributeName=Artist,KeyType=HASH", "AttributeName=SongTitle,KeyType=RANGE",
            "--provisioned-throughput", "ReadCapacityUnits=5,WriteCapacityUnits=5",
            "--global-secondary-indexes",
            "IndexName=AlbumIndex,KeySchema=[{AttributeName=AlbumTitle,KeyType=HASH}],"
            "Projection={ProjectionType=ALL},ProvisionedThroughput={ReadCapacityUnits=5,WriteCapacityUnits=5}",
            "--local-secondary-indexes",
            "IndexName=YearIndex,KeySchema=[{AttributeName=Artist,KeyType=HASH},{AttributeName=Year,KeyType=RANGE}],"
            "Projection={ProjectionType=KEYS_ONLY}",
            "--tags", "Key=team,Value=sea", "--stream-specification", "StreamEnabled=true,StreamViewType=NEW_IMAGE",
        )  # fmt: skip
        self.dynamodb("wait", "table-exists", "--table-name", name)
        songs = [("No One You Know", "Call Me Today", "Somewhat Famous", 2015), ("No One You Know", "Howdy", "Somewhat Famous", 2016),
                 ("Acme Band", "Happy Day", "Songs About Life", 2017), ("Acme Band", "PartiQL Rocks", "Another Album", 2018)]  # fmt: skip
        puts = [
            {"PutRequest": {"Item": {"Artist": {"S": a}, "SongTitle": {"S": s}, "AlbumTitle": {"S": t}, "Year": {"N": str(y)}}}}
            for a, s, t, y in songs
        ]
        left = self.dynamodb("batch-write-item", "--request-items", self.parameter("batch.json", {name: puts}))
        self.assertEqual(left["UnprocessedItems"], {})

    def test_items_and_queries(self):
        self.music("Music")
        key = json.dumps({"Artist": {"S": "Acme Band"}, "SongTitle": {"S": "Happy Day"}})
        got = self.dynamodb("get-item", "--consistent-read", "--table-name", "Music", "--key", key,
                            "--projection-expression", "AlbumTitle, #y", "--expression-attribute-names", '{"#y": "Year"}',
                            "--return-consumed-capacity", "TOTAL")  # fmt: skip
        self.assertEqual(got["Item"], {"AlbumTitle": {"S": "Songs About Life"}, "Year": {"N": "2017"}})
        self.assertEqual(got["ConsumedCapacity"]["CapacityUnits"], 1.0)
        changed = self.dynamodb("update-item", "--table-name", "Music", "--key", key,
                                "--update-expression", "SET AlbumTitle = :newval", "--expression-attribute-values",
                                '{":newval":{"S":"Updated Album Title"}}', "--return-values", "ALL_NEW")  # fmt: skip
        self.assertEqual(changed["Attributes"]["AlbumTitle"], {"S": "Updated Album Title"})
        refused = self.dynamodb("put-item", "--table-name", "Music", "--item", key,
                                "--condition-expression", "attribute_not_exists(Artist)", fails=True)  # fmt: skip
        self.assertIn("An error occurred (ConditionalCheckFailedException) when calling the PutItem operation: "
                      "The conditional request failed", refused)  # fmt: skip
        byAlbum = self.dynamodb("query", "--table-name", "Music", "--index-name", "AlbumIndex",
                                "--key-condition-expression", "AlbumTitle = :name",
                                "--expression-attribute-values", '{":name":{"S":"Updated Album Title"}}')  # fmt: skip
        self.assertEqual(byAlbum["Count"], 1)
        byYear = self.dynamodb("query", "--table-name", "Music", "--index-name", "YearIndex", "--no-scan-index-forward",
                               "--key-condition-expression", "Artist = :a AND #y > :y", "--expression-attribute-names", '{"#y": "Year"}',
                               "--expression-attribute-values", '{":a":{"S":"No One You Know"},":y":{"N":"2014"}}',
                               "--query", "Items[].Year.N")  # fmt: skip
        self.assertEqual(byYear, ["2016", "2015"])
        text = self.dynamodb("scan", "--table-name", "Music", "--filter-expression", "begins_with(SongTitle, :h)",
                             "--expression-attribute-values", '{":h":{"S":"H"}}', "--query", "Items[].SongTitle.S", output="text")  # fmt: skip
        self.assertEqual(sorted(text.strip().split("\t")), ["Happy Day", "Howdy"])

    def test_pages(self):
        self.music("Paged")
        first = self.dynamodb("scan", "--table-name", "Paged", "--page-size", "1", "--max-items", "3")
        self.assertEqual(len(first["Items"]), 3)
        rest = self.dynamodb("scan", "--table-name", "Paged", "--page-size", "1", "--starting-token", first["NextToken"])
        self.assertEqual(len(rest["Items"]), 1)
        for number in range(3):
            self.dynamodb("create-table", "--table-name", f"Extra{number}", "--billing-mode", "PAY_PER_REQUEST",
                          "--attribute-definitions", "AttributeName=k,AttributeType=S", "--key-schema", "AttributeName=k,KeyType=HASH")  # fmt: skip
        names = self.dynamodb("list-tables", "--page-size", "1", "--query", "TableNames")
        self.assertLessEqual({"Extra0", "Extra1", "Extra2", "Paged"}, set(names))

    def test_transactions_and_statements(self):
        self.music("Sold")
        key = {"Artist": {"S": "Acme Band"}, "SongTitle": {"S": "Happy Day"}}
        writes = [
            {"Update": {"TableName": "Sold", "Key": key, "UpdateExpression": "ADD Sold :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}},
            {"ConditionCheck": {"TableName": "Sold", "Key": {**key, "SongTitle": {"S": "Nothing"}}, "ConditionExpression": "attribute_exists(Artist)"}},
        ]
        refused = self.dynamodb("transact-write-items", "--transact-items", self.parameter("writes.json", writes), fails=True)
        self.assertIn("[None, ConditionalCheckFailed]", refused)
        self.dynamodb("transact-write-items", "--client-request-token", "once", "--transact-items", self.parameter("writes.json", writes[:1]))
        self.dynamodb("transact-write-items", "--client-request-token", "once", "--transact-items", self.parameter("writes.json", writes[:1]))
        got = self.dynamodb("transact-get-items", "--transact-items", self.parameter("reads.json", [{"Get": {"TableName": "Sold", "Key": key}}]))
        self.assertEqual(got["Responses"][0]["Item"]["Sold"], {"N": "1"})
        self.dynamodb("execute-statement", "--statement", "INSERT INTO Sold VALUE {'Artist':'Acme Band','SongTitle':'PartiQL','Year':2020}")
        found = self.dynamodb("execute-statement", "--statement", "SELECT SongTitle FROM Sold WHERE Artist=? AND SongTitle=?",
                              "--parameters", '[{"S":"Acme Band"},{"S":"PartiQL"}]')  # fmt: skip
        self.assertEqual(found["Items"], [{"SongTitle": {"S": "PartiQL"}}])

    def test_tables_and_streams(self):
        self.music("Kept")
        table = self.dynamodb("describe-table", "--table-name", "Kept")["Table"]
        tags = self.dynamodb("list-tags-of-resource", "--resource-arn", table["TableArn"])
        self.assertEqual(tags["Tags"], [{"Key": "team", "Value": "sea"}])
        self.dynamodb("update-time-to-live", "--table-name", "Kept", "--time-to-live-specification", "Enabled=true,AttributeName=ends")
        self.dynamodb("update-continuous-backups", "--table-name", "Kept", "--point-in-time-recovery-specification", "PointInTimeRecoveryEnabled=true")
        backup = self.dynamodb("create-backup", "--table-name", "Kept", "--backup-name", "first")["BackupDetails"]["BackupArn"]
        chamber.until(
            lambda: self.dynamodb("describe-backup", "--backup-arn", backup)["BackupDescription"]["BackupDetails"]["BackupStatus"]
            == "AVAILABLE"
        )
        self.dynamodb("restore-table-from-backup", "--target-table-name", "KeptAgain", "--backup-arn", backup)
        self.dynamodb("wait", "table-exists", "--table-name", "KeptAgain")
        self.assertEqual(self.dynamodb("scan", "--table-name", "KeptAgain", "--select", "COUNT")["Count"], 4)
        self.dynamodb("update-table", "--table-name", "Kept", "--billing-mode", "PAY_PER_REQUEST")

        streams = self.aws("dynamodbstreams", "list-streams", "--table-name", "Kept")["Streams"]
        arn = streams[0]["StreamArn"]
        shards = self.aws("dynamodbstreams", "describe-stream", "--stream-arn", arn)["StreamDescription"]["Shards"]
        titles = []
        for shard in shards:
            iterator = self.aws("dynamodbstreams", "get-shard-iterator", "--stream-arn", arn, "--shard-id", shard["ShardId"],
                                "--shard-iterator-type", "TRIM_HORIZON")["ShardIterator"]  # fmt: skip
            records = self.aws("dynamodbstreams", "get-records", "--shard-iterator", iterator)["Records"]
            titles += [record["dynamodb"]["NewImage"]["SongTitle"]["S"] for record in records]
        self.assertEqual(sorted(titles), ["Call Me Today", "Happy Day", "Howdy", "PartiQL Rocks"])
        self.dynamodb("delete-table", "--table-name", "Kept")
        self.dynamodb("wait", "table-not-exists", "--table-name", "Kept")


if __name__ == "__main__":
    unittest.main(verbosity=2)
