#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/project/resource_types.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

namespace core::project {

using nlohmann::json;

namespace {

constexpr std::string_view kAttributes[] = {"ContentBasedDeduplication", "DeduplicationScope", "DelaySeconds",
    "FifoQueue", "FifoThroughputLimit", "KmsDataKeyReusePeriodSeconds", "KmsMasterKeyId",
    "MaximumMessageSize", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy",
    "RedrivePolicy", "SqsManagedSseEnabled", "VisibilityTimeout"};

// SQS's attributes are texts.
std::string textOf(const json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

// A standard queue says so by having no such attribute.
bool isFifo(const json& properties)
{
    return properties.contains("FifoQueue") && textOf(properties["FifoQueue"]) == "true";
}

}

Result<Created> createQueue(ImportContext& context, const std::string& logicalId, const json& properties)
{
    const bool fifo = isFifo(properties);
    const auto name = properties.value(
        "QueueName", context.name + "-" + logicalId + "-" + randomUpper(12) + (fifo ? ".fifo" : ""));
    json attributes = json::object();
    for (const auto attribute : kAttributes) {
        const std::string member(attribute);
        if (properties.contains(member) && (fifo || member != "FifoQueue"))
            attributes[member] = textOf(properties[member]);
    }
    json input{{"QueueName", name}, {"Attributes", std::move(attributes)}};
    for (const auto& tag : properties.value("Tags", json::array()))
        input["tags"][tag.at("Key").get<std::string>()] = textOf(tag.at("Value"));
    CORE_TRY(const auto output, context.call("sqs", "CreateQueue", input));
    const auto url = output.at("QueueUrl").get<std::string>();
    return Created{url,
        {{"Arn", Arn{"sqs", context.region, context.account, name}.text()}, {"QueueName", name},
            {"QueueUrl", url}}};
}

Result<> addQueueEvents(
    ImportContext& context, const json& functionProperties, const std::string& functionArn)
{
    const auto events = functionProperties.value("Events", json::object());
    for (const auto& [name, event] : events.items()) {
        if (event.value("Type", "") != "SQS")
            continue;
        auto input = event.value("Properties", json::object());
        if (!input.contains("Queue"))
            return fail(templateError("event " + name + ": property Queue is missing"));
        input["EventSourceArn"] = input["Queue"];
        input.erase("Queue");
        input["FunctionName"] = functionArn;
        CORE_CHECK(context.call("lambda", "CreateEventSourceMapping", input));
    }
    return {};
}

}
