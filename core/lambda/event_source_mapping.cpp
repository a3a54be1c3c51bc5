#include "core/lambda/event_source_mapping.h"

#include "core/base/arn.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

std::string EventSourceMapping::arn() const
{
    return Arn{"lambda", region, account, "event-source-mapping:" + id}.text();
}

std::string EventSourceMapping::functionArn() const
{
    const auto suffix = qualifier.empty() ? std::string() : ':' + qualifier;
    return Arn{"lambda", region, account, "function:" + function + suffix}.text();
}

// arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2026-…
std::string EventSourceMapping::table() const
{
    const auto begin = source.find(":table/");
    if (begin == std::string::npos)
        return {};
    return source.substr(begin + 7, source.find('/', begin + 7) - begin - 7);
}

bool EventSourceMapping::isQueue() const
{
    return source.find(":sqs:") != std::string::npos && source.find(":sqs:") == source.find(':', 4);
}

std::string EventSourceMapping::queue() const
{
    return isQueue() ? source.substr(source.rfind(':') + 1) : std::string();
}

std::string recordKey(const EventSourceMapping& mapping)
{
    return mapping.key();
}

std::string encode(const EventSourceMapping& mapping)
{
    return json{{"id", mapping.id}, {"region", mapping.region}, {"account", mapping.account},
        {"function", mapping.function}, {"qualifier", mapping.qualifier}, {"source", mapping.source},
        {"startingPosition", mapping.startingPosition}, {"batchSize", mapping.batchSize},
        {"batchWindow", mapping.batchWindow}, {"parallel", mapping.parallel},
        {"tumblingWindow", mapping.tumblingWindow}, {"maxRetries", mapping.maxRetries},
        {"maxConcurrency", mapping.maxConcurrency}, {"maxAge", mapping.maxAge}, {"bisect", mapping.bisect},
        {"reportsItems", mapping.reportsItems}, {"onFailure", mapping.onFailure},
        {"filters", mapping.filters}, {"enabled", mapping.enabled}, {"begun", mapping.begun},
        {"tags", mapping.tags}, {"modified", mapping.modified}, {"lastResult", mapping.lastResult}}
        .dump();
}

bool decode(std::string_view record, EventSourceMapping& mapping)
{
    const auto given = json::parse(record);
    given.at("id").get_to(mapping.id);
    given.at("region").get_to(mapping.region);
    given.at("account").get_to(mapping.account);
    given.at("function").get_to(mapping.function);
    given.at("qualifier").get_to(mapping.qualifier);
    given.at("source").get_to(mapping.source);
    given.at("startingPosition").get_to(mapping.startingPosition);
    given.at("batchSize").get_to(mapping.batchSize);
    given.at("batchWindow").get_to(mapping.batchWindow);
    given.at("parallel").get_to(mapping.parallel);
    given.at("tumblingWindow").get_to(mapping.tumblingWindow);
    given.at("maxRetries").get_to(mapping.maxRetries);
    given.at("maxAge").get_to(mapping.maxAge);
    given.at("bisect").get_to(mapping.bisect);
    mapping.maxConcurrency = given.value("maxConcurrency", 0); // older records have none
    given.at("reportsItems").get_to(mapping.reportsItems);
    given.at("onFailure").get_to(mapping.onFailure);
    given.at("filters").get_to(mapping.filters);
    given.at("enabled").get_to(mapping.enabled);
    given.at("begun").get_to(mapping.begun);
    given.at("tags").get_to(mapping.tags);
    given.at("modified").get_to(mapping.modified);
    given.at("lastResult").get_to(mapping.lastResult);
    return true;
}

namespace {

// What only streams have.
void describeStream(const EventSourceMapping& mapping, json& output)
{
    output.update(
        {{"StartingPosition", mapping.startingPosition}, {"ParallelizationFactor", mapping.parallel},
            {"TumblingWindowInSeconds", mapping.tumblingWindow}, {"MaximumRetryAttempts", mapping.maxRetries},
            {"MaximumRecordAgeInSeconds", mapping.maxAge}, {"BisectBatchOnFunctionError", mapping.bisect},
            {"DestinationConfig", {{"OnFailure", json::object()}}},
            {"LastProcessingResult", mapping.lastResult}});
    if (!mapping.onFailure.empty())
        output["DestinationConfig"]["OnFailure"]["Destination"] = mapping.onFailure;
}

}

// As recorded: a queue's mapping has other members, and another word for who changed it.
json describe(const EventSourceMapping& mapping, std::string_view state)
{
    json output = {{"UUID", mapping.id}, {"EventSourceMappingArn", mapping.arn()},
        {"EventSourceArn", mapping.source}, {"FunctionArn", mapping.functionArn()},
        {"BatchSize", mapping.batchSize}, {"MaximumBatchingWindowInSeconds", mapping.batchWindow},
        {"FunctionResponseTypes", json::array()},
        {"LastModified", static_cast<double>(mapping.modified / kMillisecond) / 1000},
        {"StateTransitionReason", mapping.isQueue() ? "USER_INITIATED" : "User action"},
        {"State", state.empty() ? (mapping.enabled ? "Enabled" : "Disabled") : state}};
    if (!mapping.isQueue())
        describeStream(mapping, output);
    if (mapping.maxConcurrency > 0)
        output["ScalingConfig"] = {{"MaximumConcurrency", mapping.maxConcurrency}};
    if (mapping.reportsItems)
        output["FunctionResponseTypes"].push_back("ReportBatchItemFailures");
    for (const auto& filter : mapping.filters)
        output["FilterCriteria"]["Filters"].push_back({{"Pattern", filter}});
    return output;
}

}
