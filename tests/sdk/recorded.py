"""Replays what AWS answered, as LocalStack's tests recorded it: each recorded test is a program that calls the chamber, and
each of its steps an answer that must be the same in status, code, wording, members and values. What was volatile is a
placeholder in the records (`<uuid:1>`): the same one stands for the same value throughout a test."""

import json
import os
import pathlib
import re
import sys
import unittest
import urllib.error
import urllib.parse
import urllib.request

import chamber

# Beside the source folder, or one folder higher.
FOLDERS = [folder / "shared/data/aws-recorded" for folder in pathlib.Path(__file__).resolve().parents[3:5]]
if "CHAMBER_RECORDED" in os.environ:
    FOLDERS = [pathlib.Path(os.environ["CHAMBER_RECORDED"])]
ACCOUNT_OF_RECORDS = "111111111111"
# Whole values that LocalStack put for a moment or a number.
ANYTHING = {"date", "datetime", "timestamp", "location", "code-sha256", "log-result", "lambda-url"}
# What AWS has begun to answer since the older records were made.
SINCE = {"WarmThroughput", "RuntimeVersionConfig", "LoggingConfig", "SnapStart", "ipAddressType"}


def found(name):
    """The records of a service, None where they are not."""
    for folder in FOLDERS:
        if (folder / name).exists():
            return json.loads((folder / name).read_text(encoding="utf-8"))
    return None


class Match:
    """Compares with what was recorded and notes each difference with its place."""

    def __init__(self, known):
        self.known = known  # placeholder → value
        self.differences = []

    def compare(self, wanted, given, place=""):
        if isinstance(wanted, (dict, list)) and isinstance(given, str):
            try:
                given = json.loads(given)
            except ValueError:
                pass
        if isinstance(wanted, dict) and isinstance(given, dict):
            self.members(wanted, given, place)
        elif isinstance(wanted, list) and isinstance(given, list):
            if len(wanted) != len(given):
                self.differences.append(f"{place}: {len(given)} instead of {len(wanted)}: {given}")
            for number, (one, other) in enumerate(zip(wanted, given)):
                self.compare(one, other, f"{place}[{number}]")
        elif isinstance(wanted, str):
            self.text(wanted, given, place)
        elif wanted != given:
            self.differences.append(f"{place}: {given!r} instead of {wanted!r}")

    def members(self, wanted, given, place):
        for name in wanted.keys() - given.keys():
            self.differences.append(f"{place}.{name} is missing: {wanted[name]!r}")
        # boto3 leaves out the body of errors that its model does not know.
        unknown = {"message", "Message"} if "Error" in wanted and not {"message", "Message"} & wanted.keys() else set()
        for name in given.keys() - wanted.keys() - SINCE - unknown:
            self.differences.append(f"{place}.{name} was not recorded: {given[name]!r}")
        for name in wanted.keys() & given.keys():
            self.compare(wanted[name], given[name], f"{place}.{name}")

    def text(self, wanted, given, place):
        wanted = wanted.replace(ACCOUNT_OF_RECORDS, chamber.ACCOUNT).replace("<region>", chamber.REGION)
        wanted = wanted.replace("<partition>", "aws")
        if wanted in ANYTHING:
            return
        whole = re.fullmatch(r"<[^<>]+>", wanted)
        if whole and not isinstance(given, str):
            return
        names = []

        def part(piece):
            if not re.fullmatch(r"<[^<>]+>", piece):
                return re.sub(r"(?<![a-z])date(?=\\?[\t ])", ".+?", re.escape(piece))
            if piece in self.known:
                return re.escape(self.known[piece])
            names.append(piece)
            return "(.*?)"

        pattern = "".join(part(piece) for piece in re.split(r"(<[A-Za-z][^<>]*>)", wanted))
        match = re.fullmatch(pattern, given, re.DOTALL) if isinstance(given, str) else None
        if not match:
            self.differences.append(f"{place}: {given!r} instead of {wanted!r}")
            return
        # Numbered ones stand for one value throughout; others for anything.
        self.known.update((name, value) for name, value in zip(names, match.groups()) if re.search(r":\d+>$", name))


class Replay:
    """One recorded test on its way: what it called, what was compared, what is left."""

    def __init__(self, test, name, answers, client):
        self.test = test
        self.name = name
        self.answers = answers
        self.client = client
        self.left = set(answers)
        self.match = Match({})

    def call(self, action, **members):
        return self.client.call(action, **members)

    def check(self, step, given, without=()):
        """Compares; `without` are members that differ for a reason which the caller gives."""
        self.left.discard(step)
        wanted = self.answers[step]
        if isinstance(wanted, dict) and isinstance(given, dict):
            # Where LocalStack's test took the list without what surrounds it.
            if "ResponseMetadata" not in wanted and "ResponseMetadata" in given and "Code" not in wanted:
                given = {name: value for name, value in given.items() if name != "ResponseMetadata"}
        self.match.compare(cut(wanted, without), cut(given, without), step)
        return given

    def did(self, step, action, without=(), **members):
        given = self.call(action, **members)
        self.check(step, given, without)
        return given

    def end(self):
        problems = [*self.match.differences, *(f"{step} was not replayed" for step in sorted(self.left))]
        self.test.assertFalse(problems, "\n".join(["", *problems]))


def cut(value, names):
    if not names:
        return value
    if isinstance(value, dict):
        return {name: cut(one, names) for name, one in value.items() if name not in names}
    return [cut(one, names) for one in value] if isinstance(value, list) else value


class RestClient:
    """Calls a REST service as botocore's model says, and gives the bare answer in boto3's form, so that members which the
    installed boto3 does not know are there as well."""

    def __init__(self, endpoint, service, version, more):
        import botocore.loaders

        model = botocore.loaders.Loader().load_service_model(service, "service-2")
        self.endpoint = endpoint
        self.service = service
        self.shapes = model["shapes"]
        self.operations = model["operations"]
        self.more = more  # actions that the installed model may lack: method, path, names in the query

    def places(self, action):
        operation = self.operations.get(action)
        if not operation:
            method, path, query = self.more[action]
            return method, path, {name: ("querystring", name) for name in query}, None
        members = self.shapes[operation["input"]["shape"]] if "input" in operation else {"members": {}}
        places = {
            name: (member.get("location", "body"), member.get("locationName", name))
            for name, member in members["members"].items()
        }
        return operation["http"]["method"], operation["http"]["requestUri"], places, members.get("payload")

    def request(self, action, members):
        method, path, places, payload = self.places(action)
        uri, _, fixed = path.partition("?")
        query = [tuple(part.split("=", 1)) if "=" in part else (part, "") for part in fixed.split("&") if part]
        headers, body = {"Content-Type": "application/json"}, {}
        for name, value in members.items():
            place, wire = places.get(name, ("uri" if "{" + name + "}" in path else "body", name))
            if name == payload:
                body = value if isinstance(value, bytes) else value.encode()
            elif place == "uri":
                uri = uri.replace("{" + wire + "}", urllib.parse.quote(str(value), safe=""))
                uri = uri.replace("{" + wire + "+}", urllib.parse.quote(str(value)))
            elif place == "querystring":
                values = value if isinstance(value, list) else [value]
                if isinstance(value, dict):
                    query += list(value.items())
                else:
                    query += [(wire, str(one).lower() if isinstance(one, bool) else str(one)) for one in values]
            elif place == "header":
                headers[wire] = str(value)
            else:
                body[wire] = value
        url = self.endpoint + uri.rstrip("/") + ("?" + urllib.parse.urlencode(query) if query else "")
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body else None
        scope = f"20260101/{chamber.REGION}/{self.service}/aws4_request"
        headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential=test/{scope}, SignedHeaders=host, Signature=00"
        return urllib.request.Request(url, data, headers, method=method)

    def call(self, action, **members):
        try:
            answer = urllib.request.urlopen(self.request(action, members), timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            text = answer.read()
            return self.shaped(action, answer.status, answer.headers, text)

    def shaped(self, action, status, headers, text):
        meta = {"HTTPHeaders": {}, "HTTPStatusCode": status}
        if status >= 400:
            body = json.loads(text) if text.strip() else {}
            code = headers.get("x-amzn-ErrorType", "").split(":")[0]
            message = body.get("message", body.get("Message", ""))
            return {**body, "Error": {"Code": code, "Message": message}, "ResponseMetadata": meta}
        output = self.operations.get(action, {}).get("output")
        shape = self.shapes[output["shape"]] if output else {"members": {}}
        payload = shape.get("payload")
        given = {} if payload else json.loads(text) if text.strip() else {}
        for name, member in shape["members"].items():
            if member.get("location") == "header" and member["locationName"] in headers:
                given[name] = headers[member["locationName"]]
            elif member.get("location") == "statusCode":
                given[name] = status
            elif member.get("locationName", name) in given:
                given[name] = given.pop(member.get("locationName", name))
        if payload:
            given[payload] = text
        return {**given, "ResponseMetadata": meta}


def cases(records, program, replays, exceptions, client):
    """A test case with a test for each recorded one. `replays` and `exceptions` are by name, without or with the
    parameters in brackets; what is in neither fails."""

    class Recorded(unittest.TestCase):
        @classmethod
        def setUpClass(cls):
            cls.chamber = chamber.Chamber(program)
            cls.addClassCleanup(cls.chamber.stop)

    if not records:
        print("there are no records: CHAMBER_RECORDED names their folder")
        sys.exit(77)  # what ctest shows as skipped
    for name, record in records.items():
        plain = name.split("[")[0]

        def run(self, name=name, plain=plain, record=record):
            reason = exceptions.get(name) or exceptions.get(plain)
            if reason:
                self.skipTest(reason)
            if not record["answers"]:
                return
            program = replays.get(name) or replays.get(plain)
            self.assertIsNotNone(program, "nobody replays it")
            self.chamber.post("/_chamber/reset", {})
            replay = Replay(self, name, record["answers"], client(self.chamber.endpoint))
            replay.chamber = self.chamber
            replay.parameter = name[len(plain) + 1 : -1]
            program(replay)
            replay.end()

        setattr(Recorded, "test_" + re.sub(r"\W+", "_", name), run)
    return Recorded
