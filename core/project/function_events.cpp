#include "core/project/function_events.h"

#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/project/template.h"
#include "core/project/topic_types.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::project {

using nlohmann::json;

namespace {

constexpr std::string_view kApi[] = {"RestApiId", "Path", "Method"};
constexpr std::string_view kHttpApi[] = {"ApiId", "Path", "Method", "PayloadFormatVersion", "TimeoutInMillis",
    "Auth.Authorizer", "Auth.AuthorizationScopes[]"};
constexpr std::string_view kQueue[] = {"Queue", "BatchSize", "Enabled", "FilterCriteria.Filters[].Pattern",
    "FunctionResponseTypes[]", "MaximumBatchingWindowInSeconds", "ScalingConfig.MaximumConcurrency"};
constexpr std::string_view kStream[] = {"Stream", "StartingPosition", "StartingPositionTimestamp",
    "BatchSize", "Enabled", "BisectBatchOnFunctionError", "MaximumRetryAttempts", "MaximumRecordAgeInSeconds",
    "ParallelizationFactor", "MaximumBatchingWindowInSeconds", "TumblingWindowInSeconds",
    "FilterCriteria.Filters[].Pattern", "FunctionResponseTypes[]", "DestinationConfig.OnFailure.Destination"};
constexpr std::string_view kSchedule[] = {"Schedule", "Name", "Description", "Enabled", "State", "Input",
    "DeadLetterConfig.Arn", "RetryPolicy.MaximumEventAgeInSeconds", "RetryPolicy.MaximumRetryAttempts"};
constexpr std::string_view kRule[] = {"Pattern.**", "EventBusName", "RuleName", "State", "Input", "InputPath",
    "InputTransformer.InputPathsMap.*", "InputTransformer.InputTemplate", "DeadLetterConfig.Arn",
    "RetryPolicy.MaximumEventAgeInSeconds", "RetryPolicy.MaximumRetryAttempts"};
constexpr std::string_view kBucket[] = {
    "Bucket", "Events[]", "Filter.S3Key.Rules[].Name", "Filter.S3Key.Rules[].Value"};
constexpr std::string_view kLogGroup[] = {"LogGroupName", "FilterPattern"};

// One event of a function, of the type that the table below names it for.
struct FunctionEvent {
    std::string name; // of the function and the event
    json properties;
    std::string functionArn;
};

Result<> allow(ImportContext& context, const FunctionEvent& event, const std::string& principal,
    const std::string& sourceArn)
{
    CORE_CHECK(context.call("lambda", "AddPermission",
        {{"FunctionName", event.functionArn}, {"StatementId", event.name + "-" + randomLower(10)},
            {"Action", "lambda:InvokeFunction"}, {"Principal", principal}, {"SourceArn", sourceArn}}));
    return {};
}

Result<> need(const FunctionEvent& event, const char* property)
{
    if (!event.properties.contains(property))
        return fail(templateError("event " + event.name + ": property " + property + " is missing"));
    return {};
}

Result<> addStream(ImportContext& context, const FunctionEvent& event)
{
    CORE_CHECK(need(event, "Stream"));
    auto input = event.properties;
    input["EventSourceArn"] = input["Stream"];
    input.erase("Stream");
    input["FunctionName"] = event.functionArn;
    CORE_CHECK(context.call("lambda", "CreateEventSourceMapping", input));
    return {};
}

// A rule with the function as its only target.
Result<> addRuleOf(ImportContext& context, const FunctionEvent& event, json rule)
{
    const auto& given = event.properties;
    if (given.contains("State"))
        rule["State"] = given["State"];
    CORE_TRY(const auto made, context.call("events", "PutRule", rule));
    json target{{"Id", event.name + "LambdaTarget"}, {"Arn", event.functionArn}};
    for (const auto* member : {"Input", "InputPath", "InputTransformer", "DeadLetterConfig", "RetryPolicy"}) {
        if (given.contains(member))
            target[member] = given[member];
    }
    json targets{{"Rule", rule["Name"]}, {"Targets", json::array({std::move(target)})}};
    if (rule.contains("EventBusName"))
        targets["EventBusName"] = rule["EventBusName"];
    CORE_CHECK(context.call("events", "PutTargets", targets));
    return allow(context, event, "events.amazonaws.com", made.value("RuleArn", ""));
}

std::string generatedName(const ImportContext& context, const FunctionEvent& event)
{
    return context.name + "-" + event.name + "-" + randomUpper(12);
}

Result<> addSchedule(ImportContext& context, const FunctionEvent& event)
{
    CORE_CHECK(need(event, "Schedule"));
    const auto& given = event.properties;
    json rule{{"Name", given.value("Name", generatedName(context, event))},
        {"ScheduleExpression", given["Schedule"]}};
    if (given.contains("Description"))
        rule["Description"] = given["Description"];
    if (given.contains("Enabled"))
        rule["State"] = given["Enabled"] == false || given["Enabled"] == "false" ? "DISABLED" : "ENABLED";
    return addRuleOf(context, event, std::move(rule));
}

Result<> addPattern(ImportContext& context, const FunctionEvent& event)
{
    CORE_CHECK(need(event, "Pattern"));
    const auto& given = event.properties;
    json rule{{"Name", given.value("RuleName", generatedName(context, event))},
        {"EventPattern", given["Pattern"].dump()}};
    if (given.contains("EventBusName"))
        rule["EventBusName"] = given["EventBusName"];
    return addRuleOf(context, event, std::move(rule));
}

// A bucket has one configuration of all its notifications: this one is added to it.
Result<> addObjects(ImportContext& context, const FunctionEvent& event)
{
    for (const auto* needed : {"Bucket", "Events"})
        CORE_CHECK(need(event, needed));
    const auto bucket = event.properties["Bucket"].get<std::string>();
    CORE_CHECK(allow(context, event, "s3.amazonaws.com", Arn{"s3", "", "", bucket}.text()));
    CORE_TRY(auto config, context.call("s3", "GetBucketNotificationConfiguration", {{"Bucket", bucket}}));
    const auto& wanted = event.properties["Events"];
    json notice{{"Id", event.name}, {"LambdaFunctionArn", event.functionArn},
        {"Events", wanted.is_array() ? wanted : json::array({wanted})}};
    if (event.properties.contains("Filter"))
        notice["Filter"]["Key"]["FilterRules"] = event.properties["Filter"].at("S3Key").at("Rules");
    if (!config.is_object())
        config = json::object();
    config["LambdaFunctionConfigurations"].push_back(std::move(notice));
    CORE_CHECK(context.call("s3", "PutBucketNotificationConfiguration",
        {{"Bucket", bucket}, {"NotificationConfiguration", std::move(config)}}));
    return {};
}

Result<> addLogGroup(ImportContext& context, const FunctionEvent& event)
{
    for (const auto* needed : {"LogGroupName", "FilterPattern"})
        CORE_CHECK(need(event, needed));
    const auto group = event.properties["LogGroupName"].get<std::string>();
    CORE_CHECK(allow(context, event, "logs.amazonaws.com",
        Arn{"logs", context.region, context.account, "log-group:" + group + ":*"}.text()));
    CORE_CHECK(context.call("logs", "PutSubscriptionFilter",
        {{"logGroupName", group}, {"filterName", event.name}, {"destinationArn", event.functionArn},
            {"filterPattern", event.properties["FilterPattern"]}}));
    return {};
}

struct EventType {
    std::string_view name;
    std::span<const std::string_view> properties;
    Result<> (*add)(ImportContext& context, const FunctionEvent& event); // nullptr: others add it
};

std::span<const EventType> types()
{
    static const auto kTypes = std::to_array<EventType>({
        {"Api", kApi, nullptr},
        {"HttpApi", kHttpApi, nullptr},
        {"SQS", kQueue, nullptr},
        {"SNS", topicEventProperties(), nullptr},
        {"DynamoDB", kStream, addStream},
        {"S3", kBucket, addObjects},
        {"Schedule", kSchedule, addSchedule},
        {"EventBridgeRule", kRule, addPattern},
        {"CloudWatchEvent", kRule, addPattern},
        {"CloudWatchLogs", kLogGroup, addLogGroup},
    });
    return kTypes;
}

const EventType* findType(std::string_view name)
{
    for (const auto& type : types()) {
        if (type.name == name)
            return &type;
    }
    return nullptr;
}

}

std::optional<std::span<const std::string_view>> eventProperties(std::string_view type)
{
    const auto* found = findType(type);
    return found ? std::optional(found->properties) : std::nullopt;
}

std::string eventTypes()
{
    std::vector<std::string> names;
    for (const auto& type : types())
        names.emplace_back(type.name);
    return join(names, ", ");
}

Result<> addSourceEvents(ImportContext& context, const std::string& logicalId, const json& functionProperties,
    const std::string& functionArn)
{
    const auto events = functionProperties.value("Events", json::object());
    for (const auto& [name, event] : events.items()) {
        const auto* type = findType(event.value("Type", ""));
        if (type && type->add)
            CORE_CHECK(type->add(
                context, {logicalId + name, event.value("Properties", json::object()), functionArn}));
    }
    return {};
}

}
