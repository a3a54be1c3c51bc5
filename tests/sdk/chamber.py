"""Starts and stops `cloudchamber serve` for the client tests, and keeps what they share."""

import ctypes
import io
import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request
import zipfile

REGION = "us-east-1"
ACCOUNT = "000000000000"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/tests"
# What the shell says that runs the tests is not for them: profiles, tokens and addresses of AWS, proxies, settings of the chamber.
for _name in list(os.environ):
    if _name.startswith(("AWS_", "CHAMBER_LAMBDA_")) or _name.lower().endswith("_proxy"):
        del os.environ[_name]
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_PAGER": "",
}


def _end_with_the_test():
    """In the server, before it starts: a test that is killed leaves none behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


class Chamber:
    """A chamber in memory, or in `data`, on a free port of the loopback."""

    def __init__(self, program, *options, data=None):
        place = ["--data", data] if data else ["--memory"]
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", *place, *options],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            preexec_fn=_end_with_the_test,
        )
        self.endpoint = None
        for line in self.process.stdout:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                self.endpoint = found.group(0)
                break
        if not self.endpoint:
            raise RuntimeError("it did not start:\n" + self.errors())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def errors(self):
        self.log.seek(0)
        return self.log.read()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        self.process.stdout.close()
        if code != 0:
            raise RuntimeError(f"it ended with {code}:\n{self.errors()}")
        self.log.close()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def get(self, path):
        with urllib.request.urlopen(self.endpoint + path, timeout=30) as answer:
            return json.load(answer)

    def track(self, found):
        """The newest finished track that `found` accepts; tracks end shortly after their answer."""

        def newest():
            for track in self.get("/_chamber/tracks?limit=100")["tracks"]:
                whole = self.get("/_chamber/tracks/" + track["id"])
                if found(whole):
                    return whole
            return None

        return until(newest)

    def post(self, path, body):
        request = urllib.request.Request(self.endpoint + path, json.dumps(body).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def kill_after(self, enough, writer, writers=4):
        """Kills the server once so many writes are acknowledged, and gives their numbers. Each thread calls
        `writer()` for a function of its own that writes a number, gives whether that was acknowledged, and raises
        when the server is gone."""
        acknowledged, lock, reached = set(), threading.Lock(), threading.Event()

        def run(first):
            write = writer()
            for number in range(first, 100_000, writers):
                try:
                    taken = write(number)
                except Exception:  # each client has its own for a server that is gone
                    return
                if taken:
                    with lock:
                        acknowledged.add(number)
                        if len(acknowledged) >= enough:
                            reached.set()

        threads = [threading.Thread(target=run, args=(first,)) for first in range(writers)]
        for thread in threads:
            thread.start()
        came = reached.wait(60)
        self.kill()
        for thread in threads:
            thread.join()
        if not came:
            raise AssertionError(f"only {len(acknowledged)} of {enough} writes were acknowledged")
        return acknowledged


class CommandLineTest(unittest.TestCase):
    """The AWS CLI, unmodified, on a chamber of the test's class, whose `program` serves it."""

    program = None
    aws_program = "/usr/bin/aws" if os.path.exists("/usr/bin/aws") else "aws"

    @classmethod
    def setUpClass(cls):
        cls.chamber = Chamber(cls.program)
        cls.addClassCleanup(cls.chamber.stop)
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)

    def aws(self, *words, fails=False, output="json"):
        """What the command prints, read where it is JSON; what it says on stderr where it has to fail."""
        environment = {**ENVIRONMENT, "PATH": "/usr/bin:/bin", "HOME": self.folder.name}
        done = subprocess.run(
            [self.aws_program, "--endpoint-url", self.chamber.endpoint, "--output", output, *words],
            env=environment,
            cwd=self.folder.name,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if fails:
            self.assertNotEqual(done.returncode, 0, done.stdout)
            return done.stderr
        self.assertEqual(done.returncode, 0, done.stderr)
        isJson = output == "json" and done.stdout.lstrip()[:1] in ("{", "[", '"')
        return json.loads(done.stdout) if isJson else done.stdout

    def file(self, name, content):
        """The path of a file with these bytes, or this value as JSON."""
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path


def until(found):
    """What `found` gives once it gives something: on a busy machine later; the limit only ends what would never come."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        value = found()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError("it did not come about")


def zipped(files):
    """A package; names that end in "!" are of programs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name.rstrip("!"))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name.endswith("!") else 0o100644) << 16
            archive.writestr(entry, text)
    return buffer.getvalue()


def make_function(functions, name, files, **more):
    """A Python function of `files` (the text of app.py, or texts by name) that is ready; gives its ARN."""
    wanted = {
        "Runtime": "python3.12",
        "Role": ROLE,
        "Handler": "app.handler",
        "Timeout": 30,
        "Code": {"ZipFile": zipped({"app.py": files} if isinstance(files, str) else files)},
        **more,
    }
    arn = functions.create_function(FunctionName=name, **wanted)["FunctionArn"]
    functions.get_waiter("function_active_v2").wait(FunctionName=name)
    return arn


def make_table(tables, name, key="id", **more):
    """A table with one key, of strings; gives its description."""
    return tables.create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"}],
        KeySchema=[{"AttributeName": key, "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        **more,
    )["TableDescription"]


def invocation_uri(function):
    """How an integration or an authorizer of API Gateway names a function."""
    return f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{function}/invocations"


def source(folder, name):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), folder, name), encoding="utf-8") as file:
        return file.read()


def function_source(name):
    return source("functions", name)


def distribution_config(api_id, reference):
    """A CDN before stage `dev` of an API, in the words of CreateDistribution."""
    return {
        "CallerReference": reference,
        "Comment": "tests",
        "Enabled": True,
        "Origins": {
            "Quantity": 1,
            "Items": [
                {
                    "Id": "api",
                    "DomainName": f"{api_id}.execute-api.{REGION}.amazonaws.com",
                    "OriginPath": "/dev",
                    "CustomHeaders": {"Quantity": 0},
                    "CustomOriginConfig": {
                        "HTTPPort": 80,
                        "HTTPSPort": 443,
                        "OriginProtocolPolicy": "https-only",
                        "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]},
                    },
                }
            ],
        },
        "DefaultCacheBehavior": {
            "TargetOriginId": "api",
            "ViewerProtocolPolicy": "allow-all",
            "ForwardedValues": {"QueryString": True, "Cookies": {"Forward": "none"}},
            "MinTTL": 0,
            "DefaultTTL": 60,
            "MaxTTL": 3600,
        },
    }
