#include "core/lambda/queue_rules.h"

#include "core/aws/queue_access.h"
#include "core/base/arn.h"
#include "core/base/text.h"
#include "core/lambda/errors.h"
#include "core/lambda/mapping_rules.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr int kMostWithoutWindow = 10;
constexpr const char* kStreamMembers[] = {"StartingPositionTimestamp", "ParallelizationFactor",
    "TumblingWindowInSeconds", "MaximumRetryAttempts", "MaximumRecordAgeInSeconds",
    "BisectBatchOnFunctionError", "DestinationConfig"};

}

Result<> checkQueueMembers(const json& input)
{
    if (input.contains("StartingPosition"))
        return fail(errors::invalidParameter("StartingPosition is not valid for SQS event sources."));
    for (const auto* member : kStreamMembers) {
        if (input.contains(member))
            return fail(errors::unsupportedForSource(member));
    }
    return {};
}

Result<> checkQueueSettings(LambdaService& service, const json& input, const EventSourceMapping& mapping)
{
    const bool fifo = aws::isFifoQueue(mapping.source);
    if (fifo && mapping.batchWindow > 0)
        return fail(errors::invalidParameter("Batching window is not supported for FIFO queues"));
    if (fifo && mapping.batchSize > kMostWithoutWindow)
        return fail(errors::invalidParameter("Batch size must not exceed 10 for FIFO queues"));
    if (mapping.batchSize > kMostWithoutWindow && mapping.batchWindow == 0)
        return fail(errors::invalidParameter("Maximum batch window in seconds must be greater than 0 if "
                                             "maximum batch size is greater than 10"));
    const auto function = service.functions().find(mapping.functionKey());
    const int reserved = function ? function->reserved : -1;
    if (input.contains("ScalingConfig") && reserved >= 0 && mapping.maxConcurrency > reserved)
        return fail(errors::invalidParameter("MaximumConcurrency " + std::to_string(mapping.maxConcurrency)
            + " should not be greater than function's reserved concurrency [" + std::to_string(reserved)
            + "]."));
    return {};
}

Result<> checkQueue(LambdaService& service, const EventSourceMapping& mapping, trace::SpanScope& span)
{
    const auto url = aws::queueUrlOf(mapping.source);
    const auto arn = Arn::parse(mapping.source);
    auto answer = Result<aws::Reply>(fail(ErrorKind::NotFound, "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist or you do not have access to it."));
    if (!url.empty() && arn->region == mapping.region)
        answer = service.host().caller.call("sqs", "GetQueueAttributes",
            {{"QueueUrl", url}, {"AttributeNames", json::array({"VisibilityTimeout"})}},
            {.parent = &span, .region = mapping.region, .from = "lambda"});
    if (!answer)
        return fail(errors::invalidParameter("Error occurred while ReceiveMessage. SQS Error Code: "
            + answer.error().code + ". SQS Error Message: " + answer.error().message));
    const auto visibility =
        parseInteger(answer->json().at("Attributes").at("VisibilityTimeout").get<std::string>()).value_or(0);
    const auto function = service.resolve(mapping.functionKey(), mapping.qualifier).function;
    if (function && visibility < function->timeout)
        return fail(errors::invalidParameter("Queue visibility timeout: " + std::to_string(visibility)
            + " seconds is less than Function timeout: " + std::to_string(function->timeout) + " seconds"));
    return {};
}

}
