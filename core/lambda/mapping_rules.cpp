#include "core/lambda/mapping_rules.h"

#include "core/aws/event_pattern.h"
#include "core/base/arn.h"
#include "core/lambda/destinations.h"
#include "core/lambda/errors.h"
#include "core/lambda/queue_rules.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::size_t kMostFilters = 5;
constexpr int kLeastAge = 60;
constexpr int kUsualQueueBatch = 10;

Result<std::vector<std::string>> filtersOf(const json& criteria)
{
    std::vector<std::string> filters;
    if (!criteria.contains("Filters"))
        return filters;
    for (const auto& filter : criteria.at("Filters")) {
        auto pattern = filter.value("Pattern", "");
        if (!aws::EventPattern::parse(pattern))
            return fail(errors::invalidParameter("Invalid filter pattern definition."));
        filters.push_back(std::move(pattern));
    }
    if (filters.size() > kMostFilters)
        return fail(errors::invalidParameter("Number of filters cannot exceed 5."));
    return filters;
}

Result<> takeDestination(LambdaService& service, const json& given, EventSourceMapping& mapping)
{
    if (given.contains("OnSuccess"))
        return fail(errors::unsupportedForSource("DestinationConfig"));
    const auto arn = given.value("OnFailure", json::object()).value("Destination", "");
    if (!arn.empty())
        CORE_CHECK(checkDestination(service, mapping.functionKey(), arn, true));
    mapping.onFailure = arn;
    return {};
}

// What every source has.
Result<> takeBatchSettings(const json& input, EventSourceMapping& mapping)
{
    mapping.batchSize = input.value("BatchSize", mapping.batchSize);
    mapping.batchWindow = input.value("MaximumBatchingWindowInSeconds", mapping.batchWindow);
    mapping.enabled = input.value("Enabled", mapping.enabled);
    if (input.contains("FunctionResponseTypes"))
        mapping.reportsItems = !input.at("FunctionResponseTypes").empty();
    if (input.contains("FilterCriteria")) {
        CORE_TRY(mapping.filters, filtersOf(input.at("FilterCriteria")));
    }
    return {};
}

Result<> takeQueueSettings(LambdaService& service, const json& input, EventSourceMapping& mapping)
{
    CORE_CHECK(checkQueueMembers(input));
    CORE_CHECK(takeBatchSettings(input, mapping));
    if (input.contains("ScalingConfig"))
        mapping.maxConcurrency = input.at("ScalingConfig").value("MaximumConcurrency", 0);
    return checkQueueSettings(service, input, mapping);
}

Result<> takeStreamSettings(LambdaService& service, const json& input, EventSourceMapping& mapping)
{
    if (input.contains("ScalingConfig"))
        return fail(errors::unsupportedForSource("ScalingConfig"));
    mapping.parallel = input.value("ParallelizationFactor", mapping.parallel);
    mapping.tumblingWindow = input.value("TumblingWindowInSeconds", mapping.tumblingWindow);
    mapping.maxRetries = input.value("MaximumRetryAttempts", mapping.maxRetries);
    mapping.maxAge = input.value("MaximumRecordAgeInSeconds", mapping.maxAge);
    mapping.bisect = input.value("BisectBatchOnFunctionError", mapping.bisect);
    if (mapping.maxAge >= 0 && mapping.maxAge < kLeastAge)
        return fail(
            errors::invalidParameter("MaximumRecordAgeInSeconds must be -1 or between 60 and 604800."));
    CORE_CHECK(takeBatchSettings(input, mapping));
    if (input.contains("DestinationConfig"))
        CORE_CHECK(takeDestination(service, input.at("DestinationConfig"), mapping));
    return {};
}

Result<> takeStream(const json& input, const Arn& arn, EventSourceMapping& mapping)
{
    if (arn.resource.find("/stream/") == std::string::npos)
        return fail(errors::invalidParameter(
            "Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source arn : "
            + mapping.source));
    if (!input.contains("StartingPosition"))
        return fail(errors::invalidParameter("1 validation error detected: Value null at 'startingPosition' "
                                             "failed to satisfy constraint: Member must not be null."));
    input.at("StartingPosition").get_to(mapping.startingPosition);
    if (mapping.startingPosition == "AT_TIMESTAMP")
        return fail(
            errors::invalidParameter("Unsupported starting position for arn type: " + mapping.source));
    return {};
}

}

Result<> takeMappingSettings(LambdaService& service, const json& input, EventSourceMapping& mapping)
{
    return mapping.isQueue() ? takeQueueSettings(service, input, mapping)
                             : takeStreamSettings(service, input, mapping);
}

Result<> takeMappingSource(const json& input, EventSourceMapping& mapping)
{
    if (!input.contains("EventSourceArn"))
        return fail(errors::invalidParameter("Unrecognized event source."));
    input.at("EventSourceArn").get_to(mapping.source);
    if (mapping.isQueue()) {
        mapping.batchSize = kUsualQueueBatch;
        return {};
    }
    const auto arn = Arn::parse(mapping.source);
    if (!arn || arn->service != "dynamodb")
        return fail(errors::invalidParameter("The event source " + mapping.source
            + " is of a service that Cloud Chamber does not have. An event source can be a stream of "
              "DynamoDB or a queue of SQS."));
    return takeStream(input, *arn, mapping);
}

Result<> checkMappingIsNew(LambdaService& service, const EventSourceMapping& mapping)
{
    for (const auto& other : service.mappings().below(mapping.region + '/')) {
        if (other->source == mapping.source && other->functionArn() == mapping.functionArn())
            return fail(mapping.isQueue()
                    ? errors::queueMappingExists(mapping.source, mapping.function, other->id)
                    : errors::mappingExists(mapping.source, mapping.function, other->id));
    }
    return {};
}

}
