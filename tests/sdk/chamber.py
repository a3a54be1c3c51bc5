"""Starts and stops `cloudchamber serve` for the client tests, and keeps what they share."""

import io
import json
import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
import zipfile

REGION = "us-east-1"
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


class Chamber:
    """A chamber in memory, or in `data`, on a free port of the loopback."""

    def __init__(self, program, *options, data=None):
        place = ["--data", data] if data else ["--memory"]
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", *place, *options], stdout=subprocess.PIPE, stderr=self.log, text=True
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

    def track(self, found, seconds=10):
        """The newest finished track that `found` accepts; tracks end shortly after their answer."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for track in self.get("/_chamber/tracks?limit=100")["tracks"]:
                whole = self.get("/_chamber/tracks/" + track["id"])
                if found(whole):
                    return whole
            time.sleep(0.05)
        raise AssertionError("no such track")


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, text)
    return buffer.getvalue()


def function_source(name):
    with open(os.path.join(os.path.dirname(__file__), "functions", name), encoding="utf-8") as file:
        return file.read()


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
