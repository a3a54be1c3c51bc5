"""Runs a Lambda handler in an execution environment of Cloud Chamber.

It speaks the Runtime API (/2018-06-01/runtime/...) and words errors and log lines as AWS's managed Python runtimes do.
Imports are few on purpose: each one is part of every cold start. http.client alone would double it, so the API is
spoken over a plain socket; `logging` and `botocore` are prepared when the function's own code imports them.
"""
import json
import os
import socket
import struct
import sys
import time

API_HOST, API_PORT = os.environ["AWS_LAMBDA_RUNTIME_API"].rsplit(":", 1)
API = "/2018-06-01/runtime"
TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
FRAME = 0xA55A0003
NBSP = "\u00a0"


class Fault(Exception):
    """An error of the runtime itself, with AWS's error type."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind, self.message, self.trace = kind, message, trace or []


class RuntimeApi:
    """The environment's HTTP endpoint over one kept connection, opened again when the chamber has closed it."""

    def __init__(self):
        self.stream = None

    def call(self, method, path, body=b"", headers=()):
        lines = ["%s %s%s HTTP/1.1" % (method, API, path), "Host: %s:%s" % (API_HOST, API_PORT),
                 "Content-Length: %d" % len(body)]
        lines += ["%s: %s" % header for header in headers]
        message = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace") + body
        for attempt in (1, 2):
            try:
                return self.exchange(message)
            except OSError:
                self.stream = None
                if attempt == 2:
                    raise

    def exchange(self, message):
        if self.stream is None:
            connection = socket.create_connection((API_HOST, int(API_PORT)))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.stream = connection.makefile("rwb")
        self.stream.write(message)
        self.stream.flush()
        line = self.stream.readline()
        if not line:
            raise ConnectionResetError("the runtime API closed the connection")
        status = int(line.split(b" ", 2)[1])
        headers = {}
        while True:
            line = self.stream.readline().rstrip(b"\r\n")
            if not line:
                break
            name, _, value = line.partition(b":")
            headers[name.decode("latin-1").lower()] = value.strip().decode("utf-8", "replace")
        body = self.stream.read(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            self.stream = None
        return status, headers, body


class LogSink:
    """Writes one log event a frame, so that an event of several lines stays one."""

    def __init__(self):
        number = os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD", None)
        self.fd = int(number) if number else None

    def event(self, text):
        sys.stdout.flush()
        data = text.encode("utf-8", "replace")
        if self.fd is None:
            data = data.replace(b"\n", b"\r") + b"\n"
        else:
            data = struct.pack(">IIQ", FRAME, len(data), int(time.time() * 1e6)) + data
        fd = 1 if self.fd is None else self.fd
        while data:
            data = data[os.write(fd, data):]


class Unbuffered:
    """A stream that is written through at once: output keeps its order, and none is lost when a function is killed."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def write(self, text):
        written = self.stream.write(text)
        self.stream.flush()
        return written

    def writelines(self, lines):
        self.stream.writelines(lines)
        self.stream.flush()


class CognitoIdentity:
    __slots__ = ("cognito_identity_id", "cognito_identity_pool_id")


class Client:
    __slots__ = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


class ClientContext:
    __slots__ = ("custom", "env", "client")


def client_context_of(text):
    given = json.loads(text) if text else None
    if given is None:
        return None
    context = ClientContext()
    context.custom, context.env = given.get("custom"), given.get("env")
    context.client = None
    if given.get("client") is not None:
        context.client = Client()
        for name in Client.__slots__:
            setattr(context.client, name, given["client"].get(name))
    return context


def identity_of(text):
    given = json.loads(text) if text else {}
    identity = CognitoIdentity()
    identity.cognito_identity_id = given.get("cognitoIdentityId")
    identity.cognito_identity_pool_id = given.get("cognitoIdentityPoolId")
    return identity


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self.client_context = client_context_of(headers.get("lambda-runtime-client-context"))
        self.identity = identity_of(headers.get("lambda-runtime-cognito-identity"))
        self._epoch_deadline_time_in_ms = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(self._epoch_deadline_time_in_ms - int(time.time() * 1000), 0)

    def log(self, message):
        SINK.event(str(message))

    def __repr__(self):
        names = ("aws_request_id", "log_group_name", "log_stream_name", "function_name", "memory_limit_in_mb",
                 "function_version", "invoked_function_arn", "client_context", "identity", "tenant_id")
        return "LambdaContext([%s])" % ",".join("%s=%s" % (name, getattr(self, name)) for name in names)


SINK = LogSink()
CURRENT = {"id": None}


# --- what the function's own imports get ---------------------------------------------------------------------------


JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
# Attributes that each record has; what else it has was given by the caller's `extra`.
USUAL = frozenset(("name", "msg", "args", "levelname", "levelno", "pathname", "filename", "module", "exc_info",
                   "exc_text", "stack_info", "lineno", "funcName", "created", "msecs", "relativeCreated", "thread",
                   "threadName", "processName", "process", "aws_request_id"))


def utc(seconds):
    """A moment with its milliseconds."""
    return "%s.%03dZ" % (time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)), seconds % 1 * 1000)


def json_line_of(record):
    """A record as AWS's JSON format has it. What is no JSON fails in the function's own call, as there."""
    import traceback
    kind, error, trace = record.exc_info or (None, None, None)
    line = {"timestamp": utc(record.created), "level": record.levelname, "message": record.getMessage(), "logger": record.name,
            "stackTrace": traceback.format_tb(trace) if record.exc_info else None,
            "errorType": kind and kind.__name__, "errorMessage": None if kind is None else str(error),
            "requestId": getattr(record, "aws_request_id", None),
            "location": "%s:%s:%s" % (record.pathname, record.funcName, record.lineno) if kind else None}
    for name, value in record.__dict__.items():
        if name not in USUAL:
            line.setdefault(name, value)
    kept = {name: value for name, value in line.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False) + "\n"


def prepare_logging(logging):
    """AWS's root handler: JSON, or tab-separated level, time, request id and message."""

    class Handler(logging.Handler):
        def emit(self, record):
            SINK.event(self.format(record))

    class AddRequestId(logging.Filter):
        def filter(self, record):
            record.aws_request_id = CURRENT["id"] or ""
            return True

    class JsonFormatter(logging.Formatter):
        def format(self, record):
            return json_line_of(record)

    handler = Handler()
    form = JsonFormatter() if JSON_LOGS else logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n",
                             "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    handler.addFilter(AddRequestId())
    logging.root.addHandler(handler)
    level = logging.getLevelName({"TRACE": "DEBUG", "WARN": "WARNING", "FATAL": "CRITICAL"}.get(
        os.environ.get("AWS_LAMBDA_LOG_LEVEL"), os.environ.get("AWS_LAMBDA_LOG_LEVEL")))
    if JSON_LOGS and isinstance(level, int):
        logging.root.setLevel(level)


def prepare_botocore(session):
    """botocore before 1.31 does not read AWS_ENDPOINT_URL; its clients get the endpoint here, unless they name one."""
    import botocore.configprovider
    if hasattr(botocore.configprovider, "ConfiguredEndpointProvider"):
        return
    create = session.Session.create_client

    def create_client(self, service_name, *args, **options):
        # endpoint_url is the sixth parameter, the fifth after service_name.
        if len(args) < 5 and options.get("endpoint_url") is None:
            own = "AWS_ENDPOINT_URL_" + service_name.upper().replace("-", "_")
            options["endpoint_url"] = os.environ.get(own) or os.environ.get("AWS_ENDPOINT_URL")
        return create(self, service_name, *args, **options)

    session.Session.create_client = create_client


class AfterImport:
    """A finder that lets a module load as usual and then prepares it."""

    def __init__(self, prepare):
        self.prepare = prepare

    def find_spec(self, name, path=None, target=None):
        prepare = self.prepare.pop(name, None)
        if prepare is None:
            return None
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target) if finder is not self else None
            if spec is not None and spec.loader is not None:
                spec.loader = PreparingLoader(spec.loader, prepare)
                return spec
        return None


class PreparingLoader:
    def __init__(self, loader, prepare):
        self.loader, self.prepare = loader, prepare

    def __getattr__(self, name):
        return getattr(self.loader, name)

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        self.prepare(module)


# --- errors ---------------------------------------------------------------------------------------------------------


def error_result(message, kind, trace, request_id):
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": trace}


def indented(line):
    rest = line.lstrip(" ")
    return NBSP * (len(line) - len(rest)) + rest


def log_error(result):
    if JSON_LOGS:
        line = {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "level": "ERROR"}
        SINK.event(json.dumps({**line, **result}, ensure_ascii=False) + "\n")
        return
    lines = ["[ERROR]"]
    if result["errorType"]:
        lines[0] += " " + result["errorType"]
    if result["errorMessage"]:
        lines[0] += ": " + result["errorMessage"]
    # AWS's runtime has this line without a trace, too.
    lines.append("Traceback (most recent call last):")
    lines += [indented(line) for part in result["stackTrace"] for line in part.splitlines()]
    SINK.event("\n".join(lines))


def result_of_exception(error, request_id):
    import traceback
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)]
    while frames and frames[0].filename == __file__:
        frames.pop(0)
    return error_result(str(error), type(error).__name__, traceback.format_list(frames), request_id)


def post_error(path, result, kind):
    API_CLIENT.call("POST", path, json.dumps(result).encode(), (
        ("Content-Type", "application/vnd.aws.lambda.error+json"), ("Lambda-Runtime-Function-Error-Type", kind)))


# --- the handler ----------------------------------------------------------------------------------------------------


def load_handler(name):
    import importlib
    try:
        module_name, function = name.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (name, error))
    dotted = module_name.replace("/", ".")
    if dotted.split(".")[0] in sys.builtin_module_names:
        raise Fault("Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name)
    try:
        module = importlib.import_module(dotted)
    except ImportError as error:
        # On AWS the SDK is always there.
        if (error.name or "").partition(".")[0] in ("boto3", "botocore"):
            SINK.event("Cloud Chamber: the AWS SDK for Python is not installed for %s, which runs this function. Install the "
                       "package python3-boto3, or add boto3 to the function.\n" % sys.executable)
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        raise Fault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error),
                    ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)])
    try:
        return getattr(module, function)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, module_name))


class Numbers:
    """What json does not know and AWS's runtime does: a Decimal is its own digits, bytes are text.

    json has no way to write digits as they are: they go through as marked text, and the marks are taken off after.
    """

    def __init__(self):
        self.mark = None

    def default(self, value):
        if isinstance(value, bytes):
            return value.decode()
        decimal = sys.modules.get("decimal")
        if decimal is None or not isinstance(value, decimal.Decimal):
            raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)
        if value.is_nan():
            return float("nan")
        self.mark = self.mark or os.urandom(16).hex()
        return self.mark + str(value)

    def plain(self, text):
        if self.mark is None:
            return text
        import re
        return re.sub('"%s([^"]*)"' % self.mark, r"\1", text)


def marshal(value):
    """The answer's bytes and their type."""
    if isinstance(value, bytes):
        return value, "application/unknown"
    # Python 3.12 and later answer in UTF-8, earlier ones escape it, as on AWS.
    version = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
    numbers = Numbers()
    try:
        text = json.dumps(value, ensure_ascii=not (version.isdigit() and int(version) >= 12), default=numbers.default)
        return numbers.plain(text).encode(), "application/json"
    except (TypeError, ValueError, UnicodeError) as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def unmarshal(body):
    try:
        return json.loads(body)
    except ValueError as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)


def serve_one(handler):
    status, headers, body = API_CLIENT.call("GET", "/invocation/next")
    if status != 200:
        sys.exit(1)
    request_id = CURRENT["id"] = headers["lambda-runtime-aws-request-id"]
    os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
    try:
        (answer, kind), failed = marshal(handler(unmarshal(body), LambdaContext(headers))), None
    except Fault as fault:
        failed = error_result(fault.message, fault.kind, fault.trace, request_id)
    except Exception as error:
        failed = result_of_exception(error, request_id)
    if failed:
        log_error(failed)
    sys.stdout.flush()
    sys.stderr.flush()
    if failed:
        post_error("/invocation/%s/error" % request_id, failed, failed["errorType"])
    else:
        API_CLIENT.call("POST", "/invocation/%s/response" % request_id, answer,
                        (("Content-Type", kind),))


def run_snapshot_hooks():
    """Nothing is kept of a version that starts from a snapshot: each start makes and restores its own."""
    hooks = sys.modules.get("snapshot_restore_py")
    if hooks is None or os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") != "snap-start":
        return
    before = hooks.get_before_snapshot()
    try:
        while before:
            function, args, options = before.pop()
            function(*args, **options)
    except BaseException as error:
        give_up(result_of_exception(error, ""), "Runtime.BeforeSnapshotError", 64)
    try:
        for function, args, options in hooks.get_after_restore():
            function(*args, **options)
    except BaseException as error:
        give_up(result_of_exception(error, ""), "Runtime.AfterRestoreError", 65)


WARNING = ("LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code. However, in rare "
           "cases, a Lambda runtime update can cause unexpected function behavior. For functions using managed runtimes, "
           "runtime updates can be triggered by a function change, or can be applied automatically. To determine if the "
           "runtime has been updated, check the runtime version in the INIT_START log entry. If this error correlates with "
           "a change in the runtime version, you may be able to mitigate this error by temporarily rolling back to the "
           "previous runtime version. For more information, see "
           "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html")


def give_up(failed, kind, code):
    log_error(failed)
    sys.stdout.flush()
    post_error("/init/error", failed, kind)
    sys.exit(code)


def main():
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout, sys.stderr = Unbuffered(sys.stdout), Unbuffered(sys.stderr)
    # Compiled files are found again by a file's second and size alone: code saved twice within a second would run as
    # it was. What is installed on the system has its compiled files already.
    sys.dont_write_bytecode = True
    sys.path[0] = TASK_ROOT
    sys.meta_path.insert(0, AfterImport({"logging": prepare_logging, "botocore.session": prepare_botocore}))
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Fault as fault:
        failed = error_result(fault.message, fault.kind, fault.trace, "")
    except Exception as error:
        failed = result_of_exception(error, "")
    else:
        run_snapshot_hooks()
        while True:
            serve_one(handler)
    import logging
    logging.warning(WARNING)
    give_up(failed, failed["errorType"], 1)


if __name__ == "__main__":
    API_CLIENT = RuntimeApi()
    main()
