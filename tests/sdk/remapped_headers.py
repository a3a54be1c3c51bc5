"""The API, the request and the endpoint with which LocalStack's test looked at what API Gateway does with each header."""

import http.client
import http.server
import json
import urllib.parse

import chamber

HEADERS = [
    "Accept", "Accept-Charset", "Accept-Encoding", "Age", "Authorization", "Connection", "Content-Encoding", "Content-Length",
    "Content-MD5", "Content-Type", "Date", "Expect", "Host", "Max-Forwards", "Pragma", "Proxy-Authenticate", "Range", "Referer",
    "Server", "TE", "Transfer-Encoding", "Trailer", "Upgrade", "User-Agent", "Via", "Warn", "WWW-Authenticate",
]  # fmt: skip
# What the request to the endpoint is given.
MAPPED = {
    "Accept": "'text/html'",
    "Accept-Charset": "'UTF-16'",
    "Accept-Encoding": "'zstd'",
    "Age": "'request_params_age'",
    "Authorization": "'request_params_authorization'",
    "Content-Encoding": "'compress'",
    "Content-Length": "'0'",
    "Content-MD5": "'request_params_Content-MD5'",
    "Content-Type": "'application/json'",
    "Date": "'request_params_Date'",
    "Expect": "'200-ok'",
    "Host": "method.request.header.Host",
    "Max-Forwards": "'2'",
    "Pragma": "'no-cache'",
    "Range": "'bytes=0-499'",
    "Referer": "'https://example.com/page'",
    "Server": "'https://example.com/page'",
    "Trailer": "'user-agent'",
    "Transfer-Encoding": "'deflate'",
    "Upgrade": "'HTTP/2.0'",
    "User-Agent": "'Override-Agent'",
    "Warn": "'110 anderson/1.3.37 \"Response is stale\"'",
    "WWW-Authenticate": "'Basic YWxhZGRpbjpvcGVuc2VzYW1l'",
    "Connection": "'keep-alive'",
    "Proxy-Authenticate": "'Basic realm=\"Access to the internal site\"'",
    "TE": "'gzip'",
    "Via": "'othersite.net'",
}
SENT = {
    "Accept": "application/json",
    "Accept-Charset": "UTF-8",
    "Accept-Encoding": "br",
    "Age": "request_Age",
    "Authorization": "Unauthorized",
    "Connection": "close",
    "Content-Encoding": "deflate",
    "Content-MD5": "request_Content-MD5",
    "Content-Type": "application/json",
    "Date": "request_Date",
    "Expect": "100-continue",
    "Max-Forwards": "2",
    "Pragma": "cache",
    "Proxy-Authenticate": "Basic",
    "Range": "bytes=500-999",
    "Referer": "https://example.com/",
    "Server": "https://example.com/",
    "TE": "deflate",
    "Trailer": "Expires",
    "Transfer-Encoding": "chunked",
    "Upgrade": "HTTP/2.0",
    "User-Agent": "localStack/0.0",
    "Via": "p.example.net",
    "Warn": "299 localStack/0.0",
    "WWW-Authenticate": "Basic YWxhZGRpbjpvcGVuc2VzYW1l",
}


class Endpoint(http.server.BaseHTTPRequestHandler):
    """Tells the headers and the body of what it is asked, as httpbin.org does."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        # httpbin.org does not tell what comes from the balancer before it.
        hidden = ("connection", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto")
        headers = {name.title(): value for name, value in self.headers.items() if name.lower() not in hidden}
        given = json.dumps({"data": body.decode(), "headers": headers}).encode()
        self.send_response_only(200)
        for name, value in {
            "Date": self.date_time_string(),
            "Content-Type": "application/json",
            "Content-Length": str(len(given)),
            "Connection": "keep-alive",
            "Server": "gunicorn/19.9.0",
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Credentials": "true",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(given)

    def log_message(self, *_):
        pass


def make_api(r, kind, uri, special):
    """Its id: /no-param maps nothing, /full all headers but the special ones, each of which has a path of its own."""
    one = r.call("CreateRestApi", name="headers", endpointConfiguration={"types": ["REGIONAL"]})
    everything = {f"integration.request.header.{name}": value for name, value in MAPPED.items() if name not in special}
    template = "{" + ",".join(f"\"{name}\": \"$input.params('{name}')\"" for name in HEADERS) + "}"
    plans = {"no-param": {}, "full": {"requestParameters": everything, "requestTemplates": {"application/json": template}}}
    plans.update({name.lower(): {"requestParameters": {f"integration.request.header.{name}": MAPPED[name]}} for name in special})
    for part, more in plans.items():
        place = r.call("CreateResource", restApiId=one["id"], parentId=one["rootResourceId"], pathPart=part)["id"]
        where = {"restApiId": one["id"], "resourceId": place, "httpMethod": "GET"}
        answered = {f"method.response.header.{name}": f"'response_param_{name}'" for name in HEADERS} if part == "full" else {}
        r.call("PutMethod", **where, authorizationType="NONE", requestParameters={f"method.request.header.{name}": False for name in HEADERS})
        r.call("PutMethodResponse", **where, statusCode="200", responseParameters={f"method.response.header.{name}": True for name in HEADERS})
        r.call("PutIntegration", **where, type=kind, uri=uri, integrationHttpMethod="POST", **more)
        r.call("PutIntegrationResponse", **where, statusCode="200", responseParameters=answered)
    r.call("CreateDeployment", restApiId=one["id"], stageName="test")
    return one["id"]


def send(r, api, verb, path, headers, body=b""):
    """Status, headers and body of the answer to exactly this."""
    place = urllib.parse.urlsplit(r.chamber.endpoint)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
    connection.putrequest(verb, path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", f"{api}.execute-api.{chamber.REGION}.amazonaws.com")
    if body and "Transfer-Encoding" not in headers and "Content-Length" not in headers:
        connection.putheader("Content-Length", str(len(body)))
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.getheaders()), text


def ask(r, api, part):
    return send(r, api, "GET", f"/test/{part}", SENT, b"0\r\n\r\n")
