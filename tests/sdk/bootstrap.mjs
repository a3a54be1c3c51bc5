// The bootstrap of Node functions on a Runtime API that takes its time.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { here } from "./chamber.mjs";

const code = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
    stream.write("partial");
    if (event.fails)
        throw new TypeError("broke");
    stream.end();
});`;

for (const fails of [false, true]) {
    test(`a streamed answer that ${fails ? "fails" : "ends"} at once is waited for`, async (context) => {
        const folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
        context.after(() => rmSync(folder, { recursive: true }));
        writeFileSync(join(folder, "index.mjs"), code);
        const event = JSON.stringify({ fails });
        const told = [];
        const server = createServer(async (request, response) => {
            if (request.url.endsWith("/next")) {
                told.push("next");
                if (told.length === 1)
                    response.writeHead(200, { "Content-Length": event.length, "Lambda-Runtime-Aws-Request-Id": "one",
                        "Lambda-Runtime-Deadline-Ms": Date.now() + 60_000,
                        "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:000000000000:function:f" }).end(event);
                else
                    runtime.kill();
                return;
            }
            let body = "";
            for await (const part of request) {
                body += part;
            }
            told.push(`${request.url.split("/").at(-1)} ${body} ${request.trailers["lambda-runtime-function-error-type"]}`);
            // As a busy computer does: the runtime has nothing else to do meanwhile.
            setTimeout(() => response.writeHead(202, { "Content-Length": 0 }).end(), 200);
        });
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const runtime = spawn(process.execPath, [join(here, "../../resources/runtimes/nodejs/bootstrap.mjs")], {
            cwd: folder, stdio: "ignore",
            env: { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${server.address().port}`, _HANDLER: "index.handler",
                LAMBDA_TASK_ROOT: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x", AWS_REGION: "us-east-1",
                AWS_LAMBDA_FUNCTION_NAME: "f" } });
        const [exitCode] = await once(runtime, "exit");
        server.close();
        server.closeAllConnections();
        assert.deepEqual(told, ["next", `response partial ${fails ? "TypeError" : undefined}`, "next"], `it ended with ${exitCode}`);
    });
}
