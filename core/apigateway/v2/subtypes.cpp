#include "core/apigateway/v2/subtypes.h"

#include "core/apigateway/v2/errors.h"
#include "core/apigateway/v2/parameter_mapping.h"

#include <algorithm>

namespace core::apigateway::v2 {

namespace {

constexpr std::string_view kPutEventsRequired[] = {"Detail", "DetailType", "Source"};
constexpr std::string_view kPutEventsOptional[] = {
    "EventBusName", "Region", "Resources", "Time", "TraceHeader"};

constexpr std::string_view kRegion[] = {"Region"};
constexpr std::string_view kQueue[] = {"QueueUrl"};
constexpr std::string_view kDeleteMessageRequired[] = {"QueueUrl", "ReceiptHandle"};
constexpr std::string_view kReceiveMessageOptional[] = {"AttributeNames", "MaxNumberOfMessages",
    "MessageAttributeNames", "ReceiveRequestAttemptId", "Region", "VisibilityTimeout", "WaitTimeSeconds"};
constexpr std::string_view kSendMessageRequired[] = {"MessageBody", "QueueUrl"};
constexpr std::string_view kSendMessageOptional[] = {"DelaySeconds", "MessageAttributes",
    "MessageDeduplicationId", "MessageGroupId", "MessageSystemAttributes", "Region"};

constexpr Subtype kSubtypes[] = {
    {"AppConfig-GetConfiguration", "", "GetConfiguration"},
    {"EventBridge-PutEvents", "events", "PutEvents", kPutEventsRequired, kPutEventsOptional},
    {"Kinesis-PutRecord", "", "PutRecord"},
    {"SQS-DeleteMessage", "sqs", "DeleteMessage", kDeleteMessageRequired, kRegion},
    {"SQS-PurgeQueue", "sqs", "PurgeQueue", kQueue, kRegion},
    {"SQS-ReceiveMessage", "sqs", "ReceiveMessage", kQueue, kReceiveMessageOptional},
    {"SQS-SendMessage", "sqs", "SendMessage", kSendMessageRequired, kSendMessageOptional},
    {"StepFunctions-StartExecution", "", "StartExecution"},
    {"StepFunctions-StartSyncExecution", "", "StartSyncExecution"},
    {"StepFunctions-StopExecution", "", "StopExecution"},
};

bool contains(std::span<const std::string_view> names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

}

const Subtype* findSubtype(std::string_view name)
{
    const auto* found = std::find_if(
        std::begin(kSubtypes), std::end(kSubtypes), [&](const Subtype& known) { return known.name == name; });
    return found == std::end(kSubtypes) ? nullptr : found;
}

Result<> checkSubtype(const Integration& integration)
{
    const auto& name = integration.integrationSubtype;
    const auto* subtype = findSubtype(name);
    if (!subtype)
        return fail(errors::badRequest("Invalid IntegrationSubtype specified: " + name));
    if (subtype->service.empty())
        return fail(errors::unsupported(
            "IntegrationSubtype " + name + ": it has no service " + name.substr(0, name.find('-'))));
    const auto parameters = integration.requestParameters.value_or(StringMap{});
    for (const auto& [parameter, value] : parameters) {
        if (!contains(subtype->required, parameter) && !contains(subtype->optional, parameter))
            return fail(errors::badRequest(
                "Parameter: " + parameter + " does not fit schema for Operation: " + name + "."));
        if (!parseMappingValue(value, MappingSide::Request))
            return fail(errors::badRequest("Invalid mapping expression specified: " + value));
    }
    for (const auto required : subtype->required) {
        const auto given = parameters.find(std::string(required));
        if (given == parameters.end() || given->second.empty())
            return fail(errors::badRequest(
                "Parameter: " + std::string(required) + " is required for Operation: " + name + "."));
    }
    return {};
}

}
