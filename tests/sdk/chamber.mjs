// Starts and stops `cloudchamber serve` for the JavaScript client tests.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));
export const region = "us-east-1";
export const account = "000000000000";
export const role = `arn:aws:iam::${account}:role/tests`;

// What the shell says that runs the tests is not for them: profiles and addresses of AWS, proxies, settings of the chamber.
for (const name of Object.keys(process.env)) {
    if (/^(AWS_|CHAMBER_LAMBDA_)|_proxy$/i.test(name)) {
        delete process.env[name];
    }
}

// What `found` gives once it gives something: on a busy machine later; the limit only ends what would never come.
export async function until(found) {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
        const value = await found();
        if (value) {
            return value;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("it did not come about");
}

export async function startChamber(program) {
    const child = spawn(program, ["serve", "--memory", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    let endpoint;
    for await (const line of createInterface({ input: child.stdout })) {
        endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
        if (endpoint) {
            break;
        }
    }
    if (!endpoint) {
        throw new Error("it did not start");
    }
    child.stdout.resume();
    return {
        endpoint,
        // What every client of the SDK is made with.
        options: { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } },
        async stop() {
            child.kill("SIGINT");
            const [code] = await once(child, "exit");
            if (code !== 0) {
                throw new Error(`it ended with ${code}`);
            }
        },
        // The newest track that `found` accepts; tracks end shortly after their answer.
        track(found) {
            return until(async () => {
                const { tracks } = await (await fetch(`${endpoint}/_chamber/tracks?limit=100`)).json();
                for (const { id } of tracks) {
                    const whole = await (await fetch(`${endpoint}/_chamber/tracks/${id}`)).json();
                    if (found(whole)) {
                        return whole;
                    }
                }
            });
        },
    };
}

// A package of texts by name.
export function zipped(files) {
    const folder = mkdtempSync(join(tmpdir(), "package-"));
    try {
        for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text);
        }
        const first = new Set(Object.keys(files).map((name) => name.split("/")[0]));
        execFileSync("zip", ["-q", "-r", "code.zip", ...first], { cwd: folder });
        return readFileSync(join(folder, "code.zip"));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

// The text of a file below this folder.
export function source(...names) {
    return readFileSync(join(here, ...names), "utf8");
}

// A Node function that is ready; gives its ARN. `client` is a Lambda client, `lambda` its module.
export async function makeFunction(lambda, client, name, files, more = {}) {
    const made = await client.createFunction({ FunctionName: name, Runtime: "nodejs22.x", Handler: "index.handler",
        Role: role, Timeout: 20, Code: { ZipFile: zipped(files) }, ...more });
    await lambda.waitUntilFunctionActiveV2({ client, maxWaitTime: 60 }, { FunctionName: name });
    return made.FunctionArn;
}

export function invocationUri(functionArn) {
    return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

// Calls an HTTP API. A name below .localhost need not resolve: the chamber's own address is asked under it.
export function callApi(chamber, api, path, { method = "GET", headers = {}, body } = {}) {
    const { hostname, port } = new URL(chamber.endpoint);
    return new Promise((resolve, reject) => {
        const sent = request({ hostname, port, path, method,
            headers: { ...headers, host: new URL(api.ApiEndpoint).host } }, async (response) => {
            let text = "";
            for await (const part of response) {
                text += part;
            }
            resolve({ status: response.statusCode, headers: response.headers, text });
        });
        sent.on("error", reject);
        sent.end(body);
    });
}

// A CDN before stage `dev` of an API.
export function distributionConfig(api) {
    return {
        CallerReference: `javascript-${api}`,
        Comment: "tests",
        Enabled: true,
        Origins: {
            Quantity: 1,
            Items: [
                {
                    Id: "api",
                    DomainName: `${api}.execute-api.us-east-1.amazonaws.com`,
                    OriginPath: "/dev",
                    CustomHeaders: { Quantity: 0 },
                    CustomOriginConfig: {
                        HTTPPort: 80,
                        HTTPSPort: 443,
                        OriginProtocolPolicy: "https-only",
                        OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] },
                    },
                },
            ],
        },
        DefaultCacheBehavior: {
            TargetOriginId: "api",
            ViewerProtocolPolicy: "allow-all",
            ForwardedValues: { QueryString: true, Cookies: { Forward: "none" } },
            MinTTL: 0,
            DefaultTTL: 60,
            MaxTTL: 3600,
        },
    };
}
