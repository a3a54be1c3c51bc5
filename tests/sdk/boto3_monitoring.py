"""boto3, unmodified: calls of an API and its function are counted by CloudWatch and traced by X-Ray.

python3 boto3_monitoring.py <cloudchamber>
"""

import datetime
import json
import os
import sys
import time
import unittest
import urllib.error
import urllib.request

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
HANDLER = """
import boto3

def handler(event, context):
    if event["path"] == "/books/broken":
        raise ValueError("no such book")
    boto3.client("dynamodb").list_tables()
    return {"statusCode": 200, "body": "{}"}
"""
# What X-Ray's SDK does in a function: a subsegment goes to the daemon's address by UDP.
TELLER = """
import json, os, socket, time

def handler(event, context):
    header = dict(part.split("=", 1) for part in os.environ["_X_AMZN_TRACE_ID"].split(";"))
    now = time.time()
    segment = {"id": "abcdefabcdef0123", "name": "price", "type": "subsegment", "trace_id": header["Root"],
               "parent_id": header["Parent"], "start_time": now, "end_time": now + 0.01, "annotations": {"currency": "EUR"}}
    host, port = os.environ["AWS_XRAY_DAEMON_ADDRESS"].split(":")
    text = json.dumps({"format": "json", "version": 1}) + "\\n" + json.dumps(segment)
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(text.encode(), (host, int(port)))
    return {"trace": header["Root"]}
"""


class Monitoring(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.cloudwatch = cls.client("cloudwatch")
        cls.xray = cls.client("xray")
        cls.functions = cls.client("lambda")
        cls.api = cls.make_api()
        cls.call("/books/1")
        cls.call("/books/1")
        cls.call("/books/broken", 502)
        cls.call("/nothing", 403)

    @classmethod
    def client(cls, name):
        return boto3.client(name, endpoint_url=cls.chamber.endpoint)

    @classmethod
    def make_api(cls):
        functions = cls.client("lambda")
        arn = functions.create_function(
            FunctionName="books",
            Runtime="python3.12",
            Handler="app.handler",
            Role="arn:aws:iam::000000000000:role/books",
            Code={"ZipFile": chamber.zipped({"app.py": HANDLER})},
            Timeout=30,
        )["FunctionArn"]
        gateway = cls.client("apigateway")
        api = gateway.create_rest_api(name="shop")["id"]
        parent = gateway.get_resources(restApiId=api)["items"][0]["id"]
        for part in ("books", "{id}"):
            parent = gateway.create_resource(restApiId=api, parentId=parent, pathPart=part)["id"]
        gateway.put_method(restApiId=api, resourceId=parent, httpMethod="GET", authorizationType="NONE")
        gateway.put_integration(
            restApiId=api,
            resourceId=parent,
            httpMethod="GET",
            type="AWS_PROXY",
            integrationHttpMethod="POST",
            uri=f"arn:aws:apigateway:{chamber.REGION}:lambda:path/2015-03-31/functions/{arn}/invocations",
        )
        gateway.create_deployment(restApiId=api, stageName="dev", tracingEnabled=True)
        gateway.update_stage(
            restApiId=api,
            stageName="dev",
            patchOperations=[{"op": "replace", "path": "/*/*/metrics/enabled", "value": "true"}],
        )
        return api

    @classmethod
    def call(cls, path, status=200):
        request = urllib.request.Request(f"{cls.chamber.endpoint}/_aws/execute-api/{cls.api}/dev{path}")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                found = answer.status
        except urllib.error.HTTPError as error:
            found = error.code
        assert found == status, (path, found)

    def window(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        return now - datetime.timedelta(hours=1), now + datetime.timedelta(minutes=1)

    def statistic(self, space, metric, statistic, **dimensions):
        start, end = self.window()
        points = self.cloudwatch.get_metric_statistics(
            Namespace=space,
            MetricName=metric,
            Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()],
            StartTime=start,
            EndTime=end,
            Period=3600,
            Statistics=[statistic],
        )["Datapoints"]
        return sum(point[statistic] for point in points)

    def test_calls_of_an_api_are_counted(self):
        for dimensions in ({"ApiName": "shop"}, {"ApiName": "shop", "Stage": "dev"}):
            self.assertEqual(self.statistic("AWS/ApiGateway", "Count", "SampleCount", **dimensions), 4)
            self.assertEqual(self.statistic("AWS/ApiGateway", "4XXError", "Sum", **dimensions), 1)
            self.assertEqual(self.statistic("AWS/ApiGateway", "5XXError", "Sum", **dimensions), 1)
            self.assertGreater(self.statistic("AWS/ApiGateway", "Latency", "Maximum", **dimensions), 0)
        detailed = {"ApiName": "shop", "Method": "GET", "Resource": "/books/{id}", "Stage": "dev"}
        self.assertEqual(self.statistic("AWS/ApiGateway", "Count", "Sum", **detailed), 3)

    def test_metric_data_has_the_same(self):
        start, end = self.window()

        def query(name, metric, stat):
            return {
                "Id": name,
                "MetricStat": {
                    "Metric": {
                        "Namespace": "AWS/ApiGateway",
                        "MetricName": metric,
                        "Dimensions": [{"Name": "ApiName", "Value": "shop"}],
                    },
                    "Period": 60,
                    "Stat": stat,
                },
            }

        results = self.cloudwatch.get_metric_data(
            MetricDataQueries=[
                query("calls", "Count", "Sum"),
                query("faults", "5XXError", "Sum"),
                query("slow", "Latency", "p90"),
                query("behind", "IntegrationLatency", "Average"),
            ],
            StartTime=start,
            EndTime=end,
        )["MetricDataResults"]
        found = {result["Id"]: result for result in results}
        self.assertEqual(sum(found["calls"]["Values"]), 4)
        self.assertEqual(sum(found["faults"]["Values"]), 1)
        self.assertGreaterEqual(max(found["slow"]["Values"]), max(found["behind"]["Values"]) * 0.5)
        self.assertEqual(found["calls"]["StatusCode"], "Complete")
        self.assertIsInstance(found["calls"]["Timestamps"][0], datetime.datetime)

    def test_runs_of_a_function_are_counted(self):
        self.assertEqual(self.statistic("AWS/Lambda", "Invocations", "Sum", FunctionName="books"), 3)
        self.assertEqual(self.statistic("AWS/Lambda", "Errors", "Sum", FunctionName="books"), 1)
        self.assertGreater(self.statistic("AWS/Lambda", "Duration", "Maximum", FunctionName="books"), 0)

    def test_own_metrics_are_put_listed_and_read(self):
        self.cloudwatch.put_metric_data(
            Namespace="Shop",
            MetricData=[
                {"MetricName": "Orders", "Value": 3, "Unit": "Count", "Dimensions": [{"Name": "Kind", "Value": "a b&c"}]},
                {"MetricName": "Orders", "Values": [1, 2], "Counts": [2, 1], "Unit": "Count"},
            ],
        )
        listed = self.cloudwatch.list_metrics(Namespace="Shop")["Metrics"]
        self.assertEqual(
            sorted(json.dumps(metric["Dimensions"]) for metric in listed),
            ['[]', '[{"Name": "Kind", "Value": "a b&c"}]'],
        )
        self.assertEqual(self.statistic("Shop", "Orders", "Sum"), 4)
        self.assertEqual(self.statistic("Shop", "Orders", "Sum", Kind="a b&c"), 3)

    def test_bad_input_is_aws_error(self):
        with self.assertRaises(ClientError) as caught:
            self.cloudwatch.put_metric_data(Namespace="AWS/Mine", MetricData=[{"MetricName": "a", "Value": 1}])
        self.assertEqual(caught.exception.response["Error"]["Code"], "InvalidParameterValue")
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 400)
        with self.assertRaises(ClientError) as caught:
            self.cloudwatch.describe_alarms()
        self.assertIn("there are no alarms", str(caught.exception))

    def traces(self, filter_expression, count):
        """The traces that fit, once there are so many: a track ends shortly after its answer."""

        def summaries():
            start, end = self.window()
            found = self.xray.get_trace_summaries(StartTime=start, EndTime=end, FilterExpression=filter_expression)
            return len(found["TraceSummaries"]) >= count and found["TraceSummaries"]

        return chamber.until(summaries)

    def test_traces_are_read(self):
        broken = self.traces('service("shop/dev") AND http.status = 502', 1)
        self.assertEqual(len(broken), 1)
        self.assertTrue(broken[0]["HasFault"])
        self.assertEqual(broken[0]["EntryPoint"]["Type"], "AWS::ApiGateway::Stage")
        well = self.traces('service("books") AND ok', 2)
        self.assertEqual(len(well), 2)
        trace = self.xray.batch_get_traces(TraceIds=[well[0]["Id"]])["Traces"][0]
        documents = [json.loads(segment["Document"]) for segment in trace["Segments"]]
        self.assertEqual(
            [document.get("origin") for document in documents],
            ["AWS::ApiGateway::Stage", "AWS::Lambda", "AWS::Lambda::Function"],
        )
        self.assertIn('"name": "DynamoDB"', json.dumps(documents[2]))

    def test_segments_of_a_function_join_its_trace(self):
        chamber.make_function(self.functions, "teller", TELLER, TracingConfig={"Mode": "Active"})
        answer = self.functions.invoke(FunctionName="teller")
        told = json.loads(answer["Payload"].read())
        self.assertNotIn("FunctionError", answer, told)

        def joined():
            traces = self.xray.batch_get_traces(TraceIds=[told["trace"]])["Traces"]
            documents = [json.loads(segment["Document"]) for trace in traces for segment in trace["Segments"]]
            return documents if '"name": "price"' in json.dumps(documents) else None

        documents = chamber.until(joined)
        function = next(document for document in documents if document.get("origin") == "AWS::Lambda::Function")
        invocation = next(part for part in function["subsegments"] if part["name"] == "Invocation")
        self.assertEqual(invocation["subsegments"][-1]["annotations"], {"currency": "EUR"})
        start, end = self.window()
        summaries = self.xray.get_trace_summaries(StartTime=start, EndTime=end, FilterExpression='service("teller")')
        values = summaries["TraceSummaries"][0]["Annotations"]["currency"]
        self.assertEqual(values[0]["AnnotationValue"], {"StringValue": "EUR"})

    def test_functions_without_tracing_have_no_daemon(self):
        code = 'import os\n\ndef handler(event, context):\n    return "AWS_XRAY_DAEMON_ADDRESS" in os.environ\n'
        chamber.make_function(self.functions, "silent", code)
        self.assertEqual(self.functions.invoke(FunctionName="silent")["Payload"].read(), b"false")

    def test_segments_are_put(self):
        now = time.time()
        trace = f"1-{int(now):08x}-0123456789abcdef01234567"
        segment = {"id": "0123456789abcdef", "name": "outside", "trace_id": trace, "start_time": now - 1, "end_time": now}
        answer = self.xray.put_trace_segments(TraceSegmentDocuments=[json.dumps(segment), "{}"])
        self.assertEqual(answer["UnprocessedTraceSegments"][0]["ErrorCode"], "MissingId")
        self.assertEqual(self.xray.batch_get_traces(TraceIds=[trace])["Traces"][0]["Segments"][0]["Id"], "0123456789abcdef")
        rules = self.xray.get_sampling_rules()["SamplingRuleRecords"]
        self.assertEqual([rule["SamplingRule"]["RuleName"] for rule in rules], ["Default"])


if __name__ == "__main__":
    unittest.main()
