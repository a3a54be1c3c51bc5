// Starts and stops `cloudchamber serve` for the JavaScript client tests.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

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
        async stop() {
            child.kill("SIGINT");
            const [code] = await once(child, "exit");
            if (code !== 0) {
                throw new Error(`it ended with ${code}`);
            }
        },
        // The newest track that `found` accepts; tracks end shortly after their answer.
        async track(found) {
            for (let tries = 0; tries < 200; ++tries) {
                const { tracks } = await (await fetch(`${endpoint}/_chamber/tracks?limit=100`)).json();
                for (const { id } of tracks) {
                    const whole = await (await fetch(`${endpoint}/_chamber/tracks/${id}`)).json();
                    if (found(whole)) {
                        return whole;
                    }
                }
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
            throw new Error("no such track");
        },
    };
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
