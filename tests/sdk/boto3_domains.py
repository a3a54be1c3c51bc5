"""boto3, unmodified, on custom domains, API mappings, VPC links and client certificates of both API Gateways.

python3 boto3_domains.py <cloudchamber>
"""

import http.client
import os
import ssl
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlparse

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)


class Inside(BaseHTTPRequestHandler):
    """A service behind a VPC link: says what it was asked."""

    def do_GET(self):
        body = f"inside {self.command} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Domains(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.rest = boto3.client("apigateway", endpoint_url=cls.chamber.endpoint)
        cls.http = boto3.client("apigatewayv2", endpoint_url=cls.chamber.endpoint)
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Inside)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.inside = f"http://127.0.0.1:{cls.server.server_port}"

    def get(self, host, path):
        connection = http.client.HTTPConnection(urlparse(self.chamber.endpoint).netloc, timeout=30)
        self.addCleanup(connection.close)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def make_rest_api(self):
        api = self.rest.create_rest_api(name="rest")["id"]
        root = self.rest.get_resources(restApiId=api)["items"][0]["id"]
        at = {"restApiId": api, "resourceId": root, "httpMethod": "GET"}
        self.rest.put_method(**at, authorizationType="NONE")
        self.rest.put_integration(**at, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
        self.rest.put_method_response(**at, statusCode="200")
        self.rest.put_integration_response(
            **at, statusCode="200", responseTemplates={"application/json": "rest $context.path"}
        )
        self.rest.create_deployment(restApiId=api, stageName="prod")
        return api

    def make_http_api(self, **integration):
        api = self.http.create_api(Name="http", ProtocolType="HTTP")["ApiId"]
        made = self.http.create_integration(
            ApiId=api,
            IntegrationType="HTTP_PROXY",
            IntegrationMethod="ANY",
            PayloadFormatVersion="1.0",
            **{"IntegrationUri": self.inside + "/{proxy}", **integration},
        )["IntegrationId"]
        self.http.create_route(ApiId=api, RouteKey="GET /{proxy+}", Target=f"integrations/{made}")
        self.http.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
        return api

    def test_a_domain_is_one_resource_of_both_clients(self):
        made = self.http.create_domain_name(
            DomainName="both.test",
            DomainNameConfigurations=[
                {"CertificateArn": "arn:aws:acm:us-east-1:000000000000:certificate/1", "EndpointType": "REGIONAL"}
            ],
            MutualTlsAuthentication={"TruststoreUri": "s3://trust/store.pem"},
            Tags={"team": "books"},
        )
        target = made["DomainNameConfigurations"][0]["ApiGatewayDomainName"]
        seen = self.rest.get_domain_name(domainName="both.test")
        self.assertEqual(seen["regionalDomainName"], target)
        self.assertEqual(seen["mutualTlsAuthentication"]["truststoreUri"], "s3://trust/store.pem")
        self.rest.update_domain_name(
            domainName="both.test",
            patchOperations=[{"op": "replace", "path": "/mutualTlsAuthentication/truststoreUri", "value": ""}],
        )
        self.assertNotIn("MutualTlsAuthentication", self.http.get_domain_name(DomainName="both.test"))

        rest, http_api = self.make_rest_api(), self.make_http_api()
        self.http.create_api_mapping(DomainName="both.test", ApiId=http_api, Stage="$default")
        deep = self.http.create_api_mapping(
            DomainName="both.test", ApiId=rest, Stage="prod", ApiMappingKey="old/shop"
        )["ApiMappingId"]
        self.assertEqual(self.get("both.test", "/books?a=b"), (200, "inside GET /books?a=b"))
        self.assertEqual(self.get("both.test", "/old/shop"), (200, "rest /old/shop"))
        with self.assertRaises(ClientError) as refused:
            self.http.delete_api(ApiId=http_api)
        self.assertIn("remove all API mappings", refused.exception.response["Error"]["Message"])

        self.http.update_api_mapping(DomainName="both.test", ApiMappingId=deep, ApiId=rest, ApiMappingKey="new")
        self.assertEqual(self.get("both.test", "/new"), (200, "rest /new"))
        self.assertEqual(
            [one["basePath"] for one in self.rest.get_base_path_mappings(domainName="both.test")["items"]],
            ["(none)", "new"],
        )
        self.http.delete_domain_name(DomainName="both.test")
        with self.assertRaises(self.rest.exceptions.NotFoundException):
            self.rest.get_domain_name(domainName="both.test")
        self.http.delete_api(ApiId=http_api)

    def test_private_integrations_go_over_their_links(self):
        link = self.http.create_vpc_link(
            Name="inside", SubnetIds=["subnet-1"], Tags={"_custom_target_": self.inside}
        )
        self.assertEqual(link["VpcLinkStatus"], "PENDING")
        link = self.http.get_vpc_link(VpcLinkId=link["VpcLinkId"])
        self.assertEqual(link["VpcLinkStatus"], "AVAILABLE")
        api = self.make_http_api(
            IntegrationUri="arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/books/1/2",
            ConnectionType="VPC_LINK",
            ConnectionId=link["VpcLinkId"],
        )
        self.assertEqual(
            self.get(f"{api}.execute-api.localhost", "/books/1?a=b"), (200, "inside GET /books/1?a=b")
        )
        with self.assertRaises(ClientError) as refused:
            self.http.delete_vpc_link(VpcLinkId=link["VpcLinkId"])
        self.assertIn("Cannot delete vpc link", refused.exception.response["Error"]["Message"])
        self.http.delete_api(ApiId=api)
        self.http.delete_vpc_link(VpcLinkId=link["VpcLinkId"])
        with self.assertRaises(self.http.exceptions.NotFoundException):
            self.http.get_vpc_link(VpcLinkId=link["VpcLinkId"])

    def test_links_of_rest_apis_are_their_own(self):
        target = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/books/1"
        link = self.rest.create_vpc_link(name="nlb", targetArns=[target], tags={"a": "b"})
        self.addCleanup(self.rest.delete_vpc_link, vpcLinkId=link["id"])
        self.assertEqual(self.rest.get_vpc_link(vpcLinkId=link["id"])["status"], "AVAILABLE")
        self.assertEqual(self.http.get_vpc_links()["Items"], [])
        changed = self.rest.update_vpc_link(
            vpcLinkId=link["id"], patchOperations=[{"op": "replace", "path": "/name", "value": "other"}]
        )
        self.assertEqual(changed["name"], "other")
        self.assertEqual([one["name"] for one in self.rest.get_vpc_links()["items"]], ["other"])

    def test_a_client_certificate_is_a_certificate(self):
        made = self.rest.generate_client_certificate(description="to the backend")
        self.assertEqual((made["expirationDate"] - made["createdDate"]).days, 365)
        with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
            file.write(made["pemEncodedCertificate"])
            file.flush()
            decoded = ssl._ssl._test_decode_cert(file.name)
        self.assertIn((("commonName", "ApiGateway"),), decoded["subject"])

        api = self.make_rest_api()
        stage = {"restApiId": api, "stageName": "prod"}
        self.rest.update_stage(
            **stage,
            patchOperations=[
                {"op": "replace", "path": "/clientCertificateId", "value": made["clientCertificateId"]}
            ],
        )
        with self.assertRaises(ClientError):
            self.rest.delete_client_certificate(clientCertificateId=made["clientCertificateId"])
        self.rest.delete_rest_api(restApiId=api)
        self.rest.delete_client_certificate(clientCertificateId=made["clientCertificateId"])
        self.assertEqual(self.rest.get_client_certificates()["items"], [])


if __name__ == "__main__":
    unittest.main()
