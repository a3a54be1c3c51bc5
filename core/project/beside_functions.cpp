#include "core/project/beside_functions.h"

#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::project {

using nlohmann::json;

namespace {

constexpr auto kLayer = std::to_array<std::string_view>({"LayerName", "Description", "ContentUri",
    "CompatibleRuntimes[]", "CompatibleArchitectures[]", "LicenseInfo", "RetentionPolicy"});
constexpr auto kSimpleTable =
    std::to_array<std::string_view>({"TableName", "PrimaryKey.Name", "PrimaryKey.Type",
        "ProvisionedThroughput.ReadCapacityUnits", "ProvisionedThroughput.WriteCapacityUnits"});
constexpr auto kAnything = std::to_array<std::string_view>({"**"});
constexpr auto kLogGroup = std::to_array<std::string_view>({"LogGroupName", "RetentionInDays"});
constexpr auto kSubscription =
    std::to_array<std::string_view>({"LogGroupName", "FilterName", "FilterPattern", "DestinationArn"});
constexpr auto kMapping =
    std::to_array<std::string_view>({"FunctionName", "EventSourceArn", "BatchSize", "Enabled",
        "StartingPosition", "StartingPositionTimestamp", "BisectBatchOnFunctionError", "MaximumRetryAttempts",
        "MaximumRecordAgeInSeconds", "ParallelizationFactor", "MaximumBatchingWindowInSeconds",
        "TumblingWindowInSeconds", "FilterCriteria.Filters[].Pattern", "FunctionResponseTypes[]",
        "ScalingConfig.MaximumConcurrency", "DestinationConfig.OnFailure.Destination"});
constexpr auto kRule = std::to_array<std::string_view>({"Name", "Description", "EventBusName",
    "EventPattern.**", "ScheduleExpression", "State", "Targets[].**"});
constexpr auto kBus = std::to_array<std::string_view>({"Name"});
constexpr auto kQueuePolicy = std::to_array<std::string_view>({"Queues[]", "PolicyDocument.**"});

std::string generatedName(const ImportContext& context, const std::string& logicalId)
{
    return context.name + "-" + logicalId + "-" + randomUpper(12);
}

Result<> need(const json& properties, std::initializer_list<const char*> names)
{
    for (const auto* name : names) {
        if (!properties.contains(name))
            return fail(templateError(std::string("property ") + name + " is missing"));
    }
    return {};
}

Result<Created> createLayer(ImportContext& context, const std::string& logicalId, const json& properties)
{
    CORE_CHECK(need(properties, {"ContentUri"}));
    CORE_TRY(const auto content, zipped(context.folder / properties["ContentUri"].get<std::string>()));
    json input{
        {"LayerName", properties.value("LayerName", logicalId)}, {"Content", {{"ZipFile", base64(content)}}}};
    for (const auto* member :
        {"Description", "CompatibleRuntimes", "CompatibleArchitectures", "LicenseInfo"}) {
        if (properties.contains(member))
            input[member] = properties[member];
    }
    CORE_TRY(const auto output, context.call("lambda", "PublishLayerVersion", input));
    const auto arn = output.value("LayerVersionArn", "");
    return Created{arn, {{"Arn", arn}, {"LayerVersionArn", arn}}};
}

Result<Created> createSimpleTable(
    ImportContext& context, const std::string& logicalId, const json& properties)
{
    const auto key = properties.value("PrimaryKey", json::object());
    const auto name = key.value("Name", "id");
    const auto type = key.value("Type", "String");
    json table{{"AttributeDefinitions",
                   json::array({{{"AttributeName", name},
                       {"AttributeType",
                           type == "Number"       ? "N"
                               : type == "Binary" ? "B"
                                                  : "S"}}})},
        {"KeySchema", json::array({{{"AttributeName", name}, {"KeyType", "HASH"}}})}};
    if (properties.contains("TableName"))
        table["TableName"] = properties["TableName"];
    if (properties.contains("ProvisionedThroughput"))
        table["ProvisionedThroughput"] = properties["ProvisionedThroughput"];
    else
        table["BillingMode"] = "PAY_PER_REQUEST";
    return createTable(context, logicalId, table);
}

// Roles have names, which functions ask for; whom they let do what is not asked here.
Result<Created> createRole(ImportContext& context, const std::string& logicalId, const json& properties)
{
    const auto name = properties.value("RoleName", generatedName(context, logicalId));
    context.report.notes.push_back(logicalId + ": roles are read, and not enforced");
    const auto path = properties.value("Path", "/");
    return Created{name,
        {{"Arn", Arn{"iam", "", context.account, "role" + path + name}.text()}, {"RoleId", "AROA" + name}}};
}

Result<Created> createPolicy(ImportContext& context, const std::string& logicalId, const json&)
{
    context.report.notes.push_back(logicalId + ": policies are read, and not enforced");
    const auto name = generatedName(context, logicalId);
    return Created{Arn{"iam", "", context.account, "policy/" + name}.text(), {}};
}

Result<Created> createLogGroup(ImportContext& context, const std::string& logicalId, const json& properties)
{
    const auto name = properties.value("LogGroupName", generatedName(context, logicalId));
    CORE_CHECK(context.call("logs", "CreateLogGroup", {{"logGroupName", name}}));
    if (properties.contains("RetentionInDays"))
        CORE_CHECK(context.call("logs", "PutRetentionPolicy",
            {{"logGroupName", name}, {"retentionInDays", properties["RetentionInDays"]}}));
    return Created{
        name, {{"Arn", Arn{"logs", context.region, context.account, "log-group:" + name + ":*"}.text()}}};
}

Result<Created> createSubscription(
    ImportContext& context, const std::string& logicalId, const json& properties)
{
    CORE_CHECK(need(properties, {"LogGroupName", "FilterPattern", "DestinationArn"}));
    const auto name = properties.value("FilterName", generatedName(context, logicalId));
    CORE_CHECK(context.call("logs", "PutSubscriptionFilter",
        {{"logGroupName", properties["LogGroupName"]}, {"filterName", name},
            {"filterPattern", properties["FilterPattern"]},
            {"destinationArn", properties["DestinationArn"]}}));
    return Created{name, {}};
}

Result<Created> createMapping(ImportContext& context, const std::string&, const json& properties)
{
    CORE_TRY(const auto output, context.call("lambda", "CreateEventSourceMapping", properties));
    const auto id = output.value("UUID", "");
    return Created{id, {{"Id", id}}};
}

Result<Created> createRule(ImportContext& context, const std::string& logicalId, const json& properties)
{
    const auto name = properties.value("Name", generatedName(context, logicalId));
    const auto bus = properties.value("EventBusName", "");
    auto rule = properties;
    rule["Name"] = name;
    if (rule.contains("EventPattern") && !rule["EventPattern"].is_string())
        rule["EventPattern"] = properties["EventPattern"].dump();
    rule.erase("Targets");
    CORE_TRY(const auto made, context.call("events", "PutRule", rule));
    if (properties.contains("Targets")) {
        json targets{{"Rule", name}, {"Targets", properties["Targets"]}};
        if (!bus.empty())
            targets["EventBusName"] = bus;
        CORE_CHECK(context.call("events", "PutTargets", targets));
    }
    return Created{bus.empty() ? name : bus + "|" + name, {{"Arn", made.value("RuleArn", "")}}};
}

Result<Created> createBus(ImportContext& context, const std::string&, const json& properties)
{
    CORE_CHECK(need(properties, {"Name"}));
    CORE_TRY(const auto output, context.call("events", "CreateEventBus", {{"Name", properties["Name"]}}));
    const auto name = properties["Name"].get<std::string>();
    return Created{name, {{"Arn", output.value("EventBusArn", "")}, {"Name", name}}};
}

Result<Created> createQueuePolicy(
    ImportContext& context, const std::string& logicalId, const json& properties)
{
    for (const auto& queue : properties.value("Queues", json::array()))
        CORE_CHECK(context.call("sqs", "SetQueueAttributes",
            {{"QueueUrl", queue},
                {"Attributes", {{"Policy", properties.value("PolicyDocument", json::object()).dump()}}}}));
    return Created{logicalId, {{"Id", logicalId}}};
}

constexpr auto kTypes = std::to_array<ResourceType>({
    {"AWS::Serverless::LayerVersion", kLayer, createLayer},
    {"AWS::Serverless::SimpleTable", kSimpleTable, createSimpleTable},
    {"AWS::IAM::Role", kAnything, createRole},
    {"AWS::IAM::Policy", kAnything, createPolicy},
    {"AWS::IAM::ManagedPolicy", kAnything, createPolicy},
    {"AWS::Logs::LogGroup", kLogGroup, createLogGroup},
    {"AWS::Logs::SubscriptionFilter", kSubscription, createSubscription},
    {"AWS::Lambda::EventSourceMapping", kMapping, createMapping},
    {"AWS::Events::Rule", kRule, createRule},
    {"AWS::Events::EventBus", kBus, createBus},
    {"AWS::SQS::QueuePolicy", kQueuePolicy, createQueuePolicy},
});

}

std::span<const ResourceType> typesBesideFunctions()
{
    return kTypes;
}

}
