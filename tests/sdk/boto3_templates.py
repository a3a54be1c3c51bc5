"""Templates as SAM's guide and its samples write them, loaded by `serve --sample FOLDER`, and used with boto3."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

from chamber import ENVIRONMENT, REGION, Chamber, until

os.environ.update(ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)

PROGRAM = sys.argv.pop(1)

TEMPLATE = """
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Seconds: {Type: Number, Default: 15}
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Mappings:
  Sizes: {dev: {memory: 192}, prod: {memory: 512}}
Globals:
  Function:
    Runtime: python3.12
    Timeout: !Ref Seconds
    MemorySize: !FindInMap [Sizes, !Ref Stage, memory]
    Tracing: Active
    Layers: [!Ref Shared]
  Api:
    TracingEnabled: true
    Variables: {stage: !Ref Stage}
Resources:
  Caller:
    Type: AWS::Serverless::Function
    Metadata: {BuildMethod: python3.12}
    Properties:
      FunctionName: caller
      CodeUri: code/
      Handler: app.handler
      Role: !GetAtt Role.Arn
      Tags: {team: guides}
      Environment: {Variables: {TABLE: !Ref Seen, HOST: !Select [1, !Split ["/", "a/b"]]}}
      FunctionUrlConfig: {AuthType: NONE}
      ReservedConcurrentExecutions: 5
      EventInvokeConfig: {MaximumRetryAttempts: 1}
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}
      Events:
        Get: {Type: Api, Properties: {Path: /hello, Method: get}}
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute), Input: '{"kind": "tick"}'}}
        Order: {Type: EventBridgeRule, Properties: {EventBusName: !Ref Bus, Pattern: {source: [my.app]}}}
        Row: {Type: DynamoDB, Properties: {Stream: !GetAtt Rows.StreamArn, StartingPosition: TRIM_HORIZON}}
        Object:
          Type: S3
          Properties:
            Bucket: !Ref Files
            Events: s3:ObjectCreated:*
            Filter: {S3Key: {Rules: [{Name: suffix, Value: .txt}]}}
        Line: {Type: CloudWatchLogs, Properties: {LogGroupName: !Ref Lines, FilterPattern: ERROR}}
  Inline:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: inline
      Handler: index.handler
      InlineCode: |
        import shared
        def handler(event, context):
            return shared.WORD
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: {LayerName: shared, ContentUri: layer/, CompatibleRuntimes: [python3.12]}
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}}
  Seen: {Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: kind, Type: String}}}
  Failed: {Type: AWS::SQS::Queue}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Lines: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /app/lines, RetentionInDays: 7}}
  Files: {Type: AWS::S3::Bucket, DeletionPolicy: Delete, Properties: {BucketName: templates-files}}
  Rows:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: rows
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      TimeToLiveSpecification: {AttributeName: ends, Enabled: true}
Outputs:
  Url: {Value: !Sub "https://${ServerlessRestApi}.execute-api.${AWS::Region}.amazonaws.com/Prod/hello/"}
"""

CODE = """
import os
import boto3

def kind_of(event):
    if "httpMethod" in event: return "api " + event["stageVariables"]["stage"]
    if "rawPath" in event: return "url"
    if "awslogs" in event: return "logs"
    if event.get("source") == "my.app": return "bus"
    return event["kind"] if "kind" in event else event["Records"][0]["eventSource"]

def handler(event, context):
    boto3.resource("dynamodb").Table(os.environ["TABLE"]).put_item(Item={"kind": kind_of(event)})
    return {"statusCode": 200, "body": os.environ["HOST"]}
"""


def folder_of(template, name="template.yaml"):
    folder = tempfile.TemporaryDirectory()
    files = {name: template, "code/app.py": CODE, "layer/python/shared.py": "WORD = 'from the layer'\n"}
    for path, text in files.items():
        whole = os.path.join(folder.name, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text)
    return folder


def refused(template):
    """What serve says of a template that it does not read."""
    with folder_of(template) as folder:
        done = subprocess.run(
            [PROGRAM, "serve", "--port", "0", "--memory", "--sample", folder],
            capture_output=True,
            text=True,
            timeout=60,
        )
    return done.returncode, done.stderr


class Templates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = folder_of(TEMPLATE, "template.yml")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.chamber = Chamber(PROGRAM, "--sample", cls.folder.name)
        cls.addClassCleanup(cls.chamber.stop)
        session = boto3.Session("test", "test", region_name=REGION)
        cls.client = staticmethod(lambda name: session.client(name, endpoint_url=cls.chamber.endpoint))
        cls.functions = cls.client("lambda")
        cls.functions.get_waiter("function_active_v2").wait(FunctionName="caller")

    def see(self, kind):
        """The function noted an event of this kind."""
        tables = self.client("dynamodb")
        seen = next(name for name in tables.list_tables()["TableNames"] if "-Seen-" in name)
        until(lambda: tables.get_item(TableName=seen, Key={"kind": {"S": kind}}).get("Item"))

    def fetch(self, path, host=None):
        headers = {"Host": host} if host else {}
        request = urllib.request.Request(self.chamber.endpoint + path, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode()

    def test_parameters_mappings_and_globals_make_the_configuration(self):
        made = self.functions.get_function(FunctionName="caller")
        config = made["Configuration"]
        self.assertEqual((config["Timeout"], config["MemorySize"], config["Runtime"]), (15, 192, "python3.12"))
        self.assertEqual(config["TracingConfig"]["Mode"], "Active")
        self.assertIn(":role/", config["Role"])
        self.assertIn("-Role-", config["Role"])
        self.assertEqual(made["Tags"], {"team": "guides"})
        self.assertEqual(made["Concurrency"]["ReservedConcurrentExecutions"], 5)
        self.assertIn("-Failed-", config["DeadLetterConfig"]["TargetArn"])
        retries = self.functions.get_function_event_invoke_config(FunctionName="caller")
        self.assertEqual(retries["MaximumRetryAttempts"], 1)

    def test_inline_code_uses_the_layer(self):
        self.functions.get_waiter("function_active_v2").wait(FunctionName="inline")
        answer = self.functions.invoke(FunctionName="inline")
        self.assertEqual(json.load(answer["Payload"]), "from the layer")

    def test_api_without_a_name_is_the_implicit_one(self):
        api = self.client("apigateway").get_rest_apis()["items"][0]["id"]
        self.assertEqual(self.fetch(f"/_aws/execute-api/{api}/Prod/hello"), "b")
        self.see("api dev")
        self.assertTrue(self.client("apigateway").get_stage(restApiId=api, stageName="Prod")["tracingEnabled"])

    def test_url_is_open(self):
        url = self.functions.get_function_url_config(FunctionName="caller")["FunctionUrl"]
        self.assertEqual(self.fetch("/", urllib.parse.urlsplit(url).netloc), "b")
        self.see("url")

    def test_schedule_calls(self):
        self.chamber.post("/_chamber/clock", {"advance": "61s"})
        self.see("tick")

    def test_rule_calls(self):
        entry = {"Source": "my.app", "DetailType": "order", "Detail": "{}", "EventBusName": "orders"}
        self.client("events").put_events(Entries=[entry])
        self.see("bus")

    def test_stream_calls_and_items_expire(self):
        tables = self.client("dynamodb")
        tables.put_item(TableName="rows", Item={"id": {"S": "1"}})
        self.see("aws:dynamodb")
        lives = tables.describe_time_to_live(TableName="rows")["TimeToLiveDescription"]
        self.assertEqual(lives["AttributeName"], "ends")

    def test_object_calls(self):
        self.client("s3").put_object(Bucket="templates-files", Key="a.txt", Body=b"a")
        self.see("aws:s3")

    def test_log_line_calls(self):
        logs = self.client("logs")
        group = logs.describe_log_groups(logGroupNamePrefix="/app/")["logGroups"][0]
        self.assertEqual(group["retentionInDays"], 7)
        logs.create_log_stream(logGroupName="/app/lines", logStreamName="s")
        now = self.chamber.get("/_chamber/clock")["nowMicros"] // 1000
        events = [{"timestamp": now, "message": "ERROR here"}]
        logs.put_log_events(logGroupName="/app/lines", logStreamName="s", logEvents=events)
        self.see("logs")

    def test_what_is_not_read_is_refused_by_name_and_line(self):
        head = "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"
        code = head + "      CodeUri: code\n      Handler: app.handler\n      Runtime: python3.12\n"
        for template, words in (
            (head + "      PackageType: Image\n", "template.yaml:5: function F is a container image"),
            (code + "      Events: {K: {Type: Kinesis}}\n", "event K: event type Kinesis is not supported"),
            (code + "      Role: !ImportValue role\n", "template.yaml:8: Fn::ImportValue is not supported"),
            ("Resources: {S: {Type: AWS::Kinesis::Stream}}", "resource type AWS::Kinesis::Stream (S)"),
            ("Parameters: {P: {Type: String}}\n" + code, "parameter P of type String has no value"),
        ):
            status, said = refused(template)
            self.assertNotEqual(status, 0, template)
            self.assertIn(words, said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
