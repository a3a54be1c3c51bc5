"""An album of pictures, deployed by boto3: a REST API that takes multipart forms and answers bytes, through a function
and straight from the bucket.

python3 boto3_album.py <cloudchamber>
"""

import base64
import json
import os
import sys
import unittest
import urllib.error
import urllib.request

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)

PROGRAM = sys.argv.pop(1)
# All byte values, also those that are no UTF-8.
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 64
BOUNDARY = "----album5f3a"


def form(album, *files):
    parts = [(b'form-data; name="album"', b"text/plain", album.encode())]
    parts += [(f'form-data; name="file"; filename="{name}"'.encode(), kind.encode(), content) for name, kind, content in files]
    body = b"".join(
        b"--%s\r\nContent-Disposition: %s\r\nContent-Type: %s\r\n\r\n%s\r\n" % (BOUNDARY.encode(), *part) for part in parts
    )
    return body + b"--%s--\r\n" % BOUNDARY.encode()


class Album(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        boto3.client("s3", endpoint_url=cls.chamber.endpoint).create_bucket(Bucket="album")
        function = chamber.make_function(
            boto3.client("lambda", endpoint_url=cls.chamber.endpoint),
            "album",
            chamber.source("apps/album", "app.py"),
            Environment={"Variables": {"ALBUM": "album"}},
        )
        cls.gateway = boto3.client("apigateway", endpoint_url=cls.chamber.endpoint)
        cls.deploy(function)

    @classmethod
    def deploy(cls, function):
        gateway = cls.gateway
        cls.api = gateway.create_rest_api(name="album", binaryMediaTypes=["multipart/form-data", "image/png"])["id"]
        root = gateway.get_resources(restApiId=cls.api)["items"][0]["id"]

        def resource(parent, part):
            return gateway.create_resource(restApiId=cls.api, parentId=parent, pathPart=part)["id"]

        pictures = resource(root, "pictures")
        picture = resource(resource(pictures, "{album}"), "{picture}")
        for place, name in ((pictures, "POST"), (picture, "GET")):
            method = {"restApiId": cls.api, "resourceId": place, "httpMethod": name}
            gateway.put_method(**method, authorizationType="NONE")
            gateway.put_integration(
                **method, type="AWS_PROXY", integrationHttpMethod="POST", uri=chamber.invocation_uri(function)
            )
        cls.straight(resource(resource(resource(root, "files"), "{album}"), "{picture}"))
        gateway.create_deployment(restApiId=cls.api, stageName="prod")

    @classmethod
    def straight(cls, resource):
        """GET and PUT of an object without a function between."""
        gateway = cls.gateway
        for name in ("GET", "PUT"):
            method = {"restApiId": cls.api, "resourceId": resource, "httpMethod": name}
            places = {f"method.request.path.{part}": True for part in ("album", "picture")}
            gateway.put_method(**method, authorizationType="NONE", requestParameters=places)
            gateway.put_integration(
                **method,
                type="AWS",
                integrationHttpMethod=name,
                uri=f"arn:aws:apigateway:{chamber.REGION}:s3:path/album/{{album}}/{{picture}}",
                credentials=chamber.ROLE,
                contentHandling="CONVERT_TO_BINARY",
                requestParameters={
                    f"integration.request.path.{part}": f"method.request.path.{part}" for part in ("album", "picture")
                },
            )
            gateway.put_method_response(
                **method, statusCode="200", responseParameters={"method.response.header.Content-Type": False}
            )
            gateway.put_integration_response(
                **method,
                statusCode="200",
                responseParameters={"method.response.header.Content-Type": "integration.response.header.Content-Type"},
            )
            gateway.put_method_response(**method, statusCode="404")
            gateway.put_integration_response(**method, statusCode="404", selectionPattern="404", contentHandling="CONVERT_TO_TEXT")

    def call(self, path, body=None, method=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"{self.chamber.endpoint}/_aws/execute-api/{self.api}/prod{path}"
        request = urllib.request.Request(url, body, headers, method=method)
        try:
            answer = urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return answer.status, answer.headers, answer.read()

    def upload(self, album, *files):
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        status, _, text = self.call("/pictures", form(album, *files), Content_Type=kind)
        return status, json.loads(text)

    def test_a_form_with_two_files_is_taken_and_shown(self):
        status, made = self.upload("sea", ("wave.png", "image/png", PICTURE), ("gull.gif", "image/gif", b"GIF89a\0\xff"))
        self.assertEqual(status, 201, made)
        self.assertEqual(
            made,
            {"album": "sea", "pictures": [{"name": "wave.png", "bytes": len(PICTURE)}, {"name": "gull.gif", "bytes": 8}]},
        )
        status, headers, body = self.call("/pictures/sea/wave.png", Accept="image/png")
        self.assertEqual((status, body), (200, PICTURE))
        self.assertEqual(headers["Content-Type"], "image/png")
        self.assertEqual(headers.get_all("Set-Cookie"), ["seen=1", "album=sea"])
        # Who does not ask for a binary type gets the text that the function gave.
        self.assertEqual(base64.b64decode(self.call("/pictures/sea/wave.png", Accept="text/html")[2]), PICTURE)

    def test_what_is_no_picture_is_refused(self):
        status, answer = self.upload("sea", ("notes.txt", "text/plain", b"hm"))
        self.assertEqual((status, answer), (415, {"message": "notes.txt is of text/plain"}))
        status, _, text = self.call("/pictures/sea/nothing.png", Accept="image/png")
        self.assertEqual((status, json.loads(text)), (404, {"message": "There is no such picture"}))

    def test_the_bucket_is_reached_without_a_function(self):
        status, _, _ = self.call("/files/land/hill.png", PICTURE, "PUT", Content_Type="image/png")
        self.assertEqual(status, 200)
        kept = boto3.client("s3", endpoint_url=self.chamber.endpoint).get_object(Bucket="album", Key="land/hill.png")
        self.assertEqual(kept["Body"].read(), PICTURE)
        status, headers, body = self.call("/files/land/hill.png", Accept="image/png")
        self.assertEqual((status, body), (200, PICTURE))
        self.assertEqual(self.call("/files/land/none.png", Accept="image/png")[0], 404)


if __name__ == "__main__":
    unittest.main(verbosity=2)
