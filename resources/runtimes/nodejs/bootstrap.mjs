// Runs a Lambda handler in an execution environment of Cloud Chamber. It speaks the Runtime API
// (/2018-06-01/runtime/…) and words errors and log lines as AWS's managed Node.js runtimes do.
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import { createRequire, syncBuiltinESMExports } from "node:module";
import net from "node:net";
import path from "node:path";
import { Readable, Writable } from "node:stream";
import { pathToFileURL, urlToHttpOptions } from "node:url";
import { format } from "node:util";

const [apiHost, apiPort] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const taskRoot = process.env.LAMBDA_TASK_ROOT;
// From Node.js 24 on AWS's runtime is a new one: no callbacks, and what a handler returns is the answer.
const isNewRuntime = Number(process.env.AWS_EXECUTION_ENV?.match(/nodejs(\d+)/)?.[1] ?? 0) >= 24;
let requestId;

// --- the Runtime API -------------------------------------------------------------------------------------------------

// One connection, one request at a time. node:http does much for each request that the chamber's answers, whose length is
// always told, never need.
class Connection {
    hasAnswered = false; // and may have been closed by the chamber since
    #socket;
    #waiting = undefined;
    #head = Buffer.alloc(0); // what has come of an answer's head
    #answer = undefined; // whose body comes

    constructor() {
        this.#socket = net.connect({ host: apiHost, port: Number(apiPort), noDelay: true });
        this.#socket.on("data", (bytes) => this.#take(bytes));
        this.#socket.on("error", (error) => this.#end(error));
        this.#socket.on("close", () => this.#end(new Error("The Runtime API closed the connection")));
    }

    exchange(head, body) {
        return new Promise((resolve, reject) => {
            this.#waiting = { resolve, reject };
            // Between two requests the connection keeps nobody waiting.
            this.#socket.ref();
            this.#socket.write(Buffer.concat([Buffer.from(head, "latin1"), body]));
        });
    }

    #take(bytes) {
        if (!this.#waiting)
            return this.#end(new Error("The Runtime API answered what nobody asked"));
        if (!this.#answer) {
            const seen = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
            const end = seen.indexOf("\r\n\r\n");
            this.#head = end < 0 ? seen : Buffer.alloc(0);
            if (end < 0)
                return;
            this.#answer = { ...parsedHead(seen.latin1Slice(0, end)), parts: [], size: 0 };
            bytes = seen.subarray(end + 4);
        }
        const answer = this.#answer;
        answer.parts.push(bytes);
        answer.size += bytes.length;
        if (answer.size < Number(answer.headers["content-length"] ?? 0))
            return;
        const { resolve } = this.#waiting;
        this.#answer = this.#waiting = undefined;
        this.hasAnswered = true;
        this.#socket.unref();
        resolve({ status: answer.status, headers: answer.headers,
            body: answer.parts.length === 1 ? answer.parts[0] : Buffer.concat(answer.parts) });
    }

    #end(error) {
        if (connection === this)
            connection = undefined;
        this.#socket.destroy();
        this.#waiting?.reject(error);
        this.#waiting = undefined;
    }
}

let connection;
let lastCall = Promise.resolve();

function parsedHead(text) {
    const [first, ...fields] = text.split("\r\n");
    const headers = {};
    for (const field of fields) {
        const colon = field.indexOf(":");
        headers[field.slice(0, colon).toLowerCase()] = field.slice(colon + 1).trim();
    }
    return { status: Number(first.slice(9, 12)), headers };
}

// One after the other: an error outside an invocation is told while the next event is awaited.
function call(method, target, body = "", headers = {}) {
    const answer = lastCall.then(() => send(method, target, Buffer.from(body), headers));
    lastCall = answer.catch(() => {});
    return answer;
}

async function send(method, target, bytes, headers) {
    let head = `${method} /2018-06-01/runtime${target} HTTP/1.1\r\nHost: ${apiHost}:${apiPort}\r\n`;
    for (const [name, value] of Object.entries(headers))
        head += `${name}: ${String(value).replace(/[^\x20-\x7e]/g, "?")}\r\n`;
    head += `Content-Length: ${bytes.length}\r\n\r\n`;
    connection ??= new Connection();
    const { hasAnswered } = connection;
    try {
        return await connection.exchange(head, bytes);
    } catch (error) {
        // The chamber closes connections that were idle during a long invocation.
        if (!hasAnswered)
            throw error;
        connection = new Connection();
        return connection.exchange(head, bytes);
    }
}

// --- the chamber's own addresses -------------------------------------------------------------------------------------

// Code written for AWS calls back at https:// and the domain name of its event. The chamber has the same names without
// TLS, and names below localhost are this machine whatever its resolver says. AWS's own names, too, lead to the chamber:
// the SDK v2 and the first versions of v3 know nothing of AWS_ENDPOINT_URL, and URLs are presigned for one and called by
// another. Gives whom to connect to, or nothing for the rest of the world.
function ownAddress(protocol, name, port) {
    const own = process.env.AWS_ENDPOINT_URL && new URL(process.env.AWS_ENDPOINT_URL);
    if (!own)
        return undefined;
    if (/\.(amazonaws\.com|lambda-url\.[a-z0-9-]+\.on\.aws)$/.test(name))
        return { hostname: own.hostname, port: own.port || 80 };
    if (String(port) !== own.port || (name !== own.hostname && !name.endsWith(".localhost")))
        return undefined;
    return { hostname: name, port };
}

function lookUpLocally(name, options, done) {
    return options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);
}

// What http.request() takes: a URL or its text, options, a listener.
function requestOptions(args) {
    const [first] = args;
    if (typeof first !== "string" && !(first instanceof URL))
        return [first ?? {}, ...args.slice(1)];
    const options = urlToHttpOptions(new URL(first));
    return typeof args[1] === "object" && args[1] !== null ? [{ ...options, ...args[1] }, ...args.slice(2)]
                                                           : [options, ...args.slice(1)];
}

function headersWithHost(headers, host) {
    if (Array.isArray(headers))
        return headers.some((name, at) => at % 2 === 0 && String(name).toLowerCase() === "host") ? headers
                                                                                                : [...headers, "Host", host];
    const given = headers ?? {};
    return Object.keys(given).some((name) => name.toLowerCase() === "host") ? given : { ...given, Host: host };
}

function patchRequests() {
    const plain = http.request;
    const secure = https.request;
    const patched = (original, defaultPort) => (...args) => {
        const [options, ...rest] = requestOptions(args);
        const name = options.hostname ?? options.host ?? "";
        const own = ownAddress(options.protocol, name, options.port ?? defaultPort);
        if (!own || (original === plain && net.isIP(name)))
            return original(...args);
        const { agent, host, headers, ...others } = options;
        const port = options.port && Number(options.port) !== defaultPort ? `:${options.port}` : "";
        return plain({ ...others, ...own, protocol: "http:", lookup: lookUpLocally,
            headers: headersWithHost(headers, name + port), ...(original === plain && agent ? { agent } : {}) }, ...rest);
    };
    const get = (request) => (...args) => {
        const sent = request(...args);
        sent.end();
        return sent;
    };
    http.request = patched(plain, 80);
    https.request = patched(secure, 443);
    http.get = get(http.request);
    https.get = get(https.request);
    patchFetch();
    syncBuiltinESMExports();
}

// fetch() sends no Host but its URL's, so what is for the chamber goes by http.request(). It looks at the address alone
// before it hands on: most calls are not for the chamber.
function patchFetch() {
    const original = globalThis.fetch;
    if (!original)
        return;
    globalThis.fetch = function fetch(input, init) {
        const text = typeof input === "object" && input !== null && "url" in input ? input.url : input;
        if (!URL.canParse(text))
            return original(input, init);
        const url = new URL(text);
        const own = ownAddress(url.protocol, url.hostname, url.port || (url.protocol === "https:" ? "443" : "80"));
        if (!own || (url.protocol === "http:" && net.isIP(url.hostname)))
            return original(input, init);
        return fetchOwn(own, url, new Request(input, init));
    };
}

async function fetchOwn(own, url, request) {
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
    const answer = await new Promise((resolve, reject) => {
        const sent = http.request({ ...own, method: request.method, path: url.pathname + url.search, signal: request.signal,
            lookup: lookUpLocally, headers: { ...Object.fromEntries(request.headers), Host: url.host } }, resolve);
        sent.on("error", (cause) => reject(cause.name === "AbortError" ? cause : new TypeError("fetch failed", { cause })));
        sent.end(body);
    });
    const { statusCode: status, statusMessage: statusText, headers } = answer;
    if (request.redirect === "follow" && [301, 302, 303, 307, 308].includes(status) && headers.location) {
        answer.resume();
        const keeps = status > 303 || request.method === "GET" || request.method === "HEAD";
        return globalThis.fetch(new URL(headers.location, url), { headers: request.headers, signal: request.signal,
            ...(keeps ? { method: request.method, body } : {}) });
    }
    const pairs = answer.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [[name, all[at + 1]]] : []));
    const stream = headers["content-encoding"] === "gzip"
        ? Readable.toWeb(answer).pipeThrough(new DecompressionStream("gzip"))
        : Readable.toWeb(answer);
    const response = new Response([101, 204, 205, 304].includes(status) || request.method === "HEAD" ? null : stream,
        { status, statusText, headers: pairs });
    return Object.defineProperty(response, "url", { value: url.href });
}

// --- logs ------------------------------------------------------------------------------------------------------------

const logFd = Number(process.env._LAMBDA_TELEMETRY_LOG_FD ?? 1);
const framed = process.env._LAMBDA_TELEMETRY_LOG_FD !== undefined;
delete process.env._LAMBDA_TELEMETRY_LOG_FD;

function writeAll(bytes) {
    while (bytes.length > 0) {
        try {
            bytes = bytes.subarray(fs.writeSync(logFd, bytes));
        } catch (error) {
            if (error.code !== "EAGAIN")
                throw error;
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
        }
    }
}

// One frame an event, so that an event of several lines stays one.
function writeEvent(text) {
    if (!framed) {
        writeAll(Buffer.from(text.replace(/\n/g, "\r") + "\n"));
        return;
    }
    const message = Buffer.from(text + "\n");
    const head = Buffer.alloc(16);
    head.writeUInt32BE(0xa55a0003, 0);
    head.writeUInt32BE(message.length, 4);
    head.writeBigUInt64BE(BigInt(Date.now()) * 1000n, 8);
    writeAll(Buffer.concat([head, message]));
}

const jsonLogs = process.env.AWS_LAMBDA_LOG_FORMAT === "JSON";
const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const leastLevel = jsonLogs ? Math.max(levels.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL), 0) : 0;

function describedError(error) {
    return { errorType: error.constructor?.name ?? "UnknownError", errorMessage: error.message,
        stackTrace: typeof error.stack === "string" ? error.stack.split("\n") : [] };
}

// One value stays what it is; several are formatted, with the first error among them beside.
function jsonLine(level, values) {
    const line = { timestamp: new Date().toISOString(), level, requestId, message: values[0] };
    if (values.length !== 1) {
        line.message = format(...values);
        const error = values.find((value) => value instanceof Error);
        if (error)
            Object.assign(line, describedError(error));
        return JSON.stringify(line);
    }
    try {
        return JSON.stringify(line,
            (_, value) => (value instanceof Error ? { ...describedError(value), ...value } : value));
    } catch {
        line.message = format(line.message);
        return JSON.stringify(line);
    }
}

function logLine(level, ...values) {
    if (jsonLogs)
        writeEvent(jsonLine(level, values));
    else
        writeEvent(`${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}`);
}

function patchConsole() {
    const names = { trace: "TRACE", debug: "DEBUG", log: "INFO", info: "INFO", warn: "WARN", error: "ERROR",
        fatal: "FATAL" };
    for (const [name, level] of Object.entries(names))
        console[name] = levels.indexOf(level) < leastLevel ? () => {} : (...values) => logLine(level, ...values);
}

// What ended an invocation or the environment; what is thrown and no error is wrapped in one here, not in the answer.
function logFailure(label, thrown) {
    const error = isError(thrown) ? thrown : new Error(String(thrown));
    if (jsonLogs)
        logLine("ERROR", error);
    else
        logLine("ERROR", `${label} \t${errorText(error)}`);
}

// --- errors ----------------------------------------------------------------------------------------------------------

class RuntimeFault extends Error {
    constructor(kind, message) {
        super(message);
        Object.defineProperty(this, "name", { value: `Runtime.${kind}` });
    }
}

function isError(value) {
    return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

// What the invoker gets.
function errorResult(error) {
    if (!isError(error))
        return { errorType: typeof error, errorMessage: String(error), trace: [] };
    return { errorType: error.name?.replaceAll("\x7f", "%7F"), errorMessage: error.message?.replaceAll("\x7f", "%7F"),
        trace: (error.stack ?? "").replaceAll("\x7f", "%7F").split("\n") };
}

// What the log gets: all own members too, errors among them (a rejection's reason) likewise.
function errorText(error) {
    const described = (_, value) => (isError(value) ? { errorType: value.name ?? "UnknownError",
        errorMessage: value.message, code: value.code, ...value, stack: (value.stack ?? "").split("\n") } : value);
    try {
        return JSON.stringify(error, described);
    } catch {
        return JSON.stringify(errorResult(error));
    }
}

function postError(target, error) {
    const result = errorResult(error);
    const kind = String(result.errorType).replace(/[^\x20-\x7e]/g, "?");
    return call("POST", target, JSON.stringify(result), {
        "Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": kind });
}

// An error outside the handler's own promise ends the environment, as on AWS.
async function die(label, error, code) {
    logFailure(label, error);
    await postError(requestId ? `/invocation/${requestId}/error` : "/init/error", error).catch(() => {});
    process.exit(code);
}

function watchUncaught() {
    process.on("uncaughtException", (error) => die("Uncaught Exception", error, 129));
    process.on("unhandledRejection", (reason, promise) => {
        const error = new RuntimeFault("UnhandledPromiseRejection", String(reason));
        Object.assign(error, { reason, promise });
        if (isError(reason))
            error.stack = `${error.name}: ${error.message}\n${(reason.stack ?? "").split("\n").slice(1).join("\n")}`;
        die("Unhandled Promise Rejection", error, 128);
    });
}

// --- streaming handlers ----------------------------------------------------------------------------------------------

// AWS's own mark of a handler that streams: libraries that wrap handlers read and set it.
const streaming = Symbol.for("aws.lambda.runtime.handler.streaming");
const preludeType = "application/vnd.awslambda.http-integration-response";

// What a streaming handler writes to: goes to the chamber as it comes.
class ResponseStream extends Writable {
    contentType = "application/octet-stream";
    prelude = undefined;
    request = undefined;
    answered = undefined;
    isFinishing = false;

    setContentType(type) {
        this.contentType = type;
    }

    write(chunk, ...rest) {
        const isBytes = typeof chunk === "string" || ArrayBuffer.isView(chunk);
        return super.write(isBytes || chunk === null ? chunk : JSON.stringify(chunk), ...rest);
    }

    _write(chunk, encoding, done) {
        this.open();
        this.request.write(chunk, typeof chunk === "string" ? encoding : undefined, done);
    }

    _final(done) {
        this.open();
        done();
    }

    open() {
        if (this.request)
            return;
        const { promise, resolve, reject } = withResolvers();
        this.answered = promise;
        promise.catch(() => {});
        this.request = http.request({ host: apiHost, port: apiPort, method: "POST",
            path: `/2018-06-01/runtime/invocation/${requestId}/response`, agent: false,
            headers: { "Content-Type": this.contentType, "Transfer-Encoding": "chunked",
                "Lambda-Runtime-Function-Response-Mode": "streaming",
                "Trailer": "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body" } },
            (response) => response.resume().on("end", resolve));
        this.request.on("error", reject);
        // A handler may return and leave the stream open: what it still waits for decides when it ends, not this.
        this.request.on("socket", (socket) => this.isFinishing || socket.unref());
        if (this.prelude !== undefined) {
            this.request.write(JSON.stringify(this.prelude));
            this.request.write(Buffer.alloc(8));
        }
        this.request.flushHeaders();
    }

    // Resolves when the chamber has all of it.
    finish(trailers = {}) {
        this.isFinishing = true; // there may be no socket yet
        this.request.socket?.ref();
        this.request.addTrailers(trailers);
        this.request.end();
        return this.answered;
    }
}

function withResolvers() {
    const parts = {};
    parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
    return parts;
}

globalThis.awslambda = {
    streamifyResponse(handler) {
        handler[streaming] = "response";
        return handler;
    },
    HttpResponseStream: {
        from(stream, prelude) {
            stream.setContentType(preludeType);
            stream.prelude = prelude ?? {};
            return stream;
        },
    },
};

// Resolves when the stream has ended; a handler that returns and leaves it open may go on writing.
function runStreaming(handler, event, headers, stream) {
    return new Promise((resolve, reject) => {
        stream.once("finish", resolve);
        stream.once("error", reject);
        process.once("beforeExit", () => stream.end());
        const settle = { now: (error) => (error ? reject(error) : stream.end()) };
        const called = async () => {
            const result = handler(event, stream, contextOf(headers, settle));
            if (typeof result?.then !== "function")
                throw new Error("Streaming does not support non-async handlers.");
            if (await result !== undefined)
                console.warn("Streaming handlers ignore return values.");
        };
        called().catch((error) => {
            if (!stream.writableEnded)
                return reject(error);
            // Too late to change the answer, as on AWS: the guide's samples call a finished() that there is not.
            logFailure("Invoke Error", error);
        });
    }).finally(() => process.removeAllListeners("beforeExit"));
}

async function serveStreaming(handler, event, headers) {
    const stream = new ResponseStream();
    try {
        await runStreaming(handler, event, headers, stream);
    } catch (error) {
        // Nothing was written: an error like any other.
        if (!stream.request)
            throw error;
        logFailure("Invoke Error", error);
        const result = errorResult(error);
        return await stream.finish({
            "Lambda-Runtime-Function-Error-Type": String(result.errorType).replace(/[^\x20-\x7e]/g, "?"),
            "Lambda-Runtime-Function-Error-Body": Buffer.from(JSON.stringify(result)).toString("base64") });
    }
    await stream.finish();
}

// --- the handler -----------------------------------------------------------------------------------------------------

const require = createRequire(import.meta.url);

// ES modules do not look at NODE_PATH; on AWS they find the runtime's SDK all the same.
async function letImportsFindSharedModules() {
    const folders = (process.env.NODE_PATH ?? "").split(":").filter((folder) => folder);
    if (folders.length === 0)
        return;
    const { register } = await import("node:module");
    const bases = folders.filter((folder) => path.basename(folder) === "node_modules")
        .map((folder) => pathToFileURL(path.join(path.dirname(folder), "index.js")).href);
    const hook = `const bases = ${JSON.stringify(bases)};
        export async function resolve(name, context, next) {
            try { return await next(name, context); }
            catch (error) {
                if (error.code !== "ERR_MODULE_NOT_FOUND" || /^[./]|^file:/.test(name)) throw error;
                for (const parentURL of bases)
                    try { return await next(name, { ...context, parentURL }); } catch {}
                throw error;
            }
        }`;
    register?.(`data:text/javascript,${encodeURIComponent(hook)}`);
}

function isModuleFile(file) {
    if (file.endsWith(".mjs"))
        return true;
    if (!file.endsWith(".js"))
        return false;
    for (let folder = path.dirname(file); folder.startsWith(taskRoot); folder = path.dirname(folder)) {
        const description = path.join(folder, "package.json");
        if (fs.existsSync(description))
            return JSON.parse(fs.readFileSync(description, "utf8")).type === "module";
    }
    return false;
}

function findFile(folder, name) {
    const base = path.resolve(taskRoot, folder, name);
    const file = ["", ".js", ".mjs", ".cjs"].map((ending) => base + ending)
        .find((candidate) => fs.statSync(candidate, { throwIfNoEntry: false })?.isFile());
    return file ?? require.resolve(name, { paths: [taskRoot, path.join(taskRoot, folder)] });
}

async function loadModule(folder, name) {
    try {
        const file = findFile(folder, name);
        if (!isModuleFile(file))
            return require(file);
        await letImportsFindSharedModules();
        return await import(pathToFileURL(file).href);
    } catch (error) {
        if (error instanceof SyntaxError) {
            const fault = new RuntimeFault("UserCodeSyntaxError", String(error));
            fault.stack = error.stack;
            throw fault;
        }
        // On AWS the SDK is always there.
        if (/MODULE_NOT_FOUND$/.test(error?.code) && /'@aws-sdk\//.test(String(error)))
            writeEvent("Cloud Chamber: this package of the AWS SDK for JavaScript is not installed for functions. Run "
                + "packaging/npm-install resources/runtimes/nodejs in the chamber's source folder, which brings the clients "
                + "most used, set CHAMBER_NODE_MODULES to a node_modules folder that has it, or add it to the function.");
        // What an import statement does not find stays Node's own error, as on AWS; but without the way through us.
        if (error?.code === "ERR_MODULE_NOT_FOUND")
            error.stack = `${error.name} [${error.code}]: ${error.message}\n`
                + error.stack.split("\n").filter((line) => /^    at (?!.*data:text)/.test(line)).join("\n");
        if (error?.code === "MODULE_NOT_FOUND")
            throw new RuntimeFault("ImportModuleError", String(error));
        throw error;
    }
}

async function loadHandler(text) {
    if (text.includes(".."))
        throw new RuntimeFault("MalformedHandlerName", `'${text}' is not a valid handler name. Use absolute paths when `
            + "specifying root directories in handler names.");
    const name = path.basename(text);
    const folder = text.substring(0, text.indexOf(name));
    const parts = name.match(/^([^.]*)\.(.*)$/);
    if (!parts)
        throw new RuntimeFault("MalformedHandlerName", "Bad handler");
    const [, file, members] = parts;
    const loaded = await loadModule(folder, file);
    const found = members.split(".").reduce((value, member) => value?.[member], loaded)
        ?? members.split(".").reduce((value, member) => value?.[member], loaded?.default);
    if (found === undefined)
        throw new RuntimeFault("HandlerNotFound", `${text} is undefined or not exported`);
    if (typeof found !== "function")
        throw new RuntimeFault("HandlerNotFound", `${text} is not a function`);
    if (isNewRuntime && found.length >= 3 && !found[streaming])
        throw new RuntimeFault("CallbackHandlerDeprecated", "ERROR: AWS Lambda has removed support for callback-based "
            + "function handlers starting with Node.js 24. You need to modify this function to use a supported handler "
            + "signature to use Node.js 24 or later. For more information see "
            + "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.");
    return found;
}

// --- one invocation --------------------------------------------------------------------------------------------------

function parsed(text) {
    return text ? JSON.parse(text) : undefined;
}

// What ends an invocation in Node.js until 22: AWS's own members, in its order.
function endingsOf(settle) {
    let waits = true;
    return {
        get callbackWaitsForEmptyEventLoop() { return waits; },
        set callbackWaitsForEmptyEventLoop(value) { waits = value; },
        succeed: (value) => settle.now(null, value),
        fail: (error) => settle.now(error ?? "handled"),
        done: (error, value) => settle.now(error, value),
    };
}

function contextOf(headers, settle) {
    const deadline = Number(headers["lambda-runtime-deadline-ms"]);
    const place = {
        functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
        functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
        memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
        logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
        logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    };
    const call = {
        clientContext: parsed(headers["lambda-runtime-client-context"]),
        identity: parsed(headers["lambda-runtime-cognito-identity"]),
        invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
        awsRequestId: headers["lambda-runtime-aws-request-id"],
        ...(isNewRuntime ? { tenantId: undefined, xRayTraceId: headers["lambda-runtime-trace-id"] } : {}),
        getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
    };
    return isNewRuntime ? { ...call, ...place } : Object.assign(endingsOf(settle), place, call);
}

// Runs a handler in any of its forms: async, callback, context.done; resolves with its value.
function run(handler, event, headers) {
    if (isNewRuntime)
        return handler(event, contextOf(headers));
    return new Promise((resolve, reject) => {
        let settled = false;
        const finish = (error, value) => {
            if (settled)
                return;
            settled = true;
            process.removeAllListeners("beforeExit");
            if (error === null || error === undefined)
                resolve(value);
            else
                reject(error);
        };
        const settle = { now: finish };
        const context = contextOf(headers, settle);
        // A callback's answer is held back until the event loop is empty, unless the handler asked otherwise.
        const callback = (error, value) => {
            if (context.callbackWaitsForEmptyEventLoop && !error)
                process.removeAllListeners("beforeExit").once("beforeExit", () => finish(error, value));
            else
                finish(error, value);
        };
        process.once("beforeExit", () => finish(null, null));
        const result = handler(event, context, callback);
        if (typeof result?.then === "function")
            result.then((value) => finish(null, value), (error) => finish(error ?? new Error("rejected")));
    });
}

function marshal(value) {
    try {
        return JSON.stringify(value === undefined ? null : value) ?? "null";
    } catch {
        const message = "Unable to stringify response body";
        throw isNewRuntime ? new RuntimeFault("JSONStringifyError", message) : new Error(message);
    }
}

async function serveOne(handler) {
    const next = await call("GET", "/invocation/next");
    if (next.status !== 200)
        process.exit(1);
    requestId = next.headers["lambda-runtime-aws-request-id"];
    process.env._X_AMZN_TRACE_ID = next.headers["lambda-runtime-trace-id"] ?? "";
    try {
        const event = JSON.parse(next.body.toString("utf8"));
        if (handler[streaming])
            return await serveStreaming(handler, event, next.headers);
        const answer = marshal(await run(handler, event, next.headers));
        await call("POST", `/invocation/${requestId}/response`, answer, { "Content-Type": "application/json" });
    } catch (error) {
        logFailure("Invoke Error", error);
        await postError(`/invocation/${requestId}/error`, error);
    }
}

patchConsole();
patchRequests();
watchUncaught();
try {
    const handler = await loadHandler(process.env._HANDLER);
    for (;;)
        await serveOne(handler);
} catch (error) {
    await die("Uncaught Exception", error, 1);
}
