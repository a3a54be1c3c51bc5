// Payments as one writes them with Powertools for AWS Lambda: structured logs, metrics in the log, a trace, and no payment
// twice.
import { makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import { Tracer } from "@aws-lambda-powertools/tracer";
import { captureLambdaHandler } from "@aws-lambda-powertools/tracer/middleware";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import middy from "@middy/core";

const logger = new Logger({ serviceName: "payments" });
const metrics = new Metrics({ namespace: "Shop", serviceName: "payments" });
const tracer = new Tracer({ serviceName: "payments" });
const tables = tracer.captureAWSv3Client(new DynamoDBClient({}));
let payments = 0;

const pay = makeIdempotent(async (event) => ({ paid: event.order, number: ++payments }),
    { persistenceStore: new DynamoDBPersistenceLayer({ tableName: process.env.TABLE }) });

export const handler = middy(async (event, context) => {
    logger.info("paying", { order: event.order });
    const { TableNames } = await tables.send(new ListTablesCommand({}));
    tracer.putAnnotation("order", event.order);
    metrics.addMetric("Payments", MetricUnit.Count, 1);
    return { ...await pay(event, context), tables: TableNames, trace: tracer.getRootXrayTraceId() };
})
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics, { captureColdStartMetric: true }))
    .use(captureLambdaHandler(tracer));
