#include "core/lambda/function.h"

#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/time_format.h"
#include "core/lambda/runtime_catalog.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

std::string Function::arn() const
{
    return Arn{"lambda", region, account, "function:" + name}.text();
}

std::string versionKey(const std::string& functionKey, std::string_view version)
{
    return functionKey + '/' + std::string(8 - std::min<std::size_t>(version.size(), 8), '0')
        + std::string(version);
}

std::string fingerprint(const Function& function)
{
    auto record = toRecord(function);
    // What is no part of a version.
    for (const auto* member :
        {"tags", "folder", "revision", "modified", "generation", "policy", "policyRevision", "lastVersion",
            "publishedPrint", "reserved", "recursiveLoop", "version", "codeSigningConfig"})
        record.erase(member);
    return hex(sha256(aws::writeJson(record)));
}

std::string recordKey(const Function& version)
{
    return versionKey(version.key(), version.version);
}

std::string encode(const Function& function)
{
    return aws::writeJson(toRecord(function));
}

bool decode(std::string_view record, Function& function)
{
    function = functionFrom(record);
    return true;
}

json toRecord(const Function& function)
{
    json record = {{"region", function.region}, {"account", function.account}, {"name", function.name},
        {"runtime", function.runtime}, {"role", function.role}, {"handler", function.handler},
        {"description", function.description}, {"timeout", function.timeout}, {"memory", function.memory},
        {"ephemeral", function.ephemeral}, {"architecture", function.architecture},
        {"tracing", function.tracing}, {"logGroup", function.logGroup},
        {"hasEnvironment", function.hasEnvironment}, {"environment", function.environment},
        {"tags", function.tags}, {"folder", function.folder}, {"codeSha256", function.codeSha256},
        {"codeSize", function.codeSize}, {"digest", function.digest}, {"revision", function.revision},
        {"modified", function.modified}, {"generation", function.generation}, {"policy", function.policy},
        {"policyRevision", function.policyRevision}, {"version", function.version},
        {"layers", function.layers}, {"layerSizes", function.layerSizes}, {"snapStart", function.snapStart},
        {"lastVersion", function.lastVersion}, {"publishedPrint", function.publishedPrint},
        {"reserved", function.reserved}, {"recursiveLoop", function.recursiveLoop}};
    // Only where chosen, so that the prints of what was published before stay what they are.
    if (function.jsonLogs)
        record["jsonLogs"] = {{"application", function.applicationLevel}, {"system", function.systemLevel}};
    if (!function.deadLetter.empty())
        record["deadLetter"] = function.deadLetter;
    if (function.runtimeUpdates != "Auto")
        record["runtimeUpdates"] = {{"mode", function.runtimeUpdates}, {"version", function.runtimeVersion}};
    if (!function.codeSigningConfig.empty())
        record["codeSigningConfig"] = function.codeSigningConfig;
    if (!function.attachments.isEmpty())
        record["attachments"] = toRecord(function.attachments);
    return record;
}

Function functionFrom(std::string_view record)
{
    const auto given = json::parse(record);
    Function function;
    const auto take = [&given](const char* name, auto& into) {
        if (const auto found = given.find(name); found != given.end())
            found->get_to(into);
    };
    take("region", function.region);
    take("account", function.account);
    take("name", function.name);
    take("runtime", function.runtime);
    take("role", function.role);
    take("handler", function.handler);
    take("description", function.description);
    take("timeout", function.timeout);
    take("memory", function.memory);
    take("ephemeral", function.ephemeral);
    take("architecture", function.architecture);
    take("tracing", function.tracing);
    take("logGroup", function.logGroup);
    take("hasEnvironment", function.hasEnvironment);
    take("environment", function.environment);
    take("tags", function.tags);
    take("folder", function.folder);
    take("codeSha256", function.codeSha256);
    take("codeSize", function.codeSize);
    take("digest", function.digest);
    take("revision", function.revision);
    take("modified", function.modified);
    take("generation", function.generation);
    take("policy", function.policy);
    take("policyRevision", function.policyRevision);
    take("version", function.version);
    take("layers", function.layers);
    take("layerSizes", function.layerSizes);
    take("snapStart", function.snapStart);
    take("lastVersion", function.lastVersion);
    take("publishedPrint", function.publishedPrint);
    take("reserved", function.reserved);
    take("recursiveLoop", function.recursiveLoop);
    take("deadLetter", function.deadLetter);
    take("codeSigningConfig", function.codeSigningConfig);
    if (const auto logs = given.find("jsonLogs"); logs != given.end()) {
        function.jsonLogs = true;
        logs->at("application").get_to(function.applicationLevel);
        logs->at("system").get_to(function.systemLevel);
    }
    if (const auto attachments = given.find("attachments"); attachments != given.end())
        function.attachments = attachmentsFrom(*attachments);
    if (const auto updates = given.find("runtimeUpdates"); updates != given.end()) {
        updates->at("mode").get_to(function.runtimeUpdates);
        updates->at("version").get_to(function.runtimeVersion);
    }
    return function;
}

namespace {

void addStates(json& output, const Function& function, Moment moment)
{
    if (moment == Moment::Listed)
        return;
    output["RuntimeVersionConfig"] = {{"RuntimeVersionArn",
        function.runtimeVersion.empty() ? runtimeVersionArn(function.runtime, function.region)
                                        : function.runtimeVersion}};
    output["State"] = moment == Moment::Created ? "Pending" : "Active";
    if (moment == Moment::Created) {
        output["StateReason"] = "The function is being created.";
        output["StateReasonCode"] = "Creating";
    }
    if (moment == Moment::Updated) {
        output["LastUpdateStatus"] = "InProgress";
        output["LastUpdateStatusReason"] = "The function is being created.";
        output["LastUpdateStatusReasonCode"] = "Creating";
    }
    if (moment == Moment::Settled)
        output["LastUpdateStatus"] = "Successful";
}

}

json configuration(const Function& function, Moment moment, std::string_view arnSuffix)
{
    json output = {{"FunctionName", function.name}, {"FunctionArn", function.arn() + std::string(arnSuffix)},
        {"Runtime", function.runtime}, {"Role", function.role}, {"Handler", function.handler},
        {"CodeSize", function.codeSize}, {"Description", function.description}, {"Timeout", function.timeout},
        {"MemorySize", function.memory}, {"LastModified", lambdaTime(function.modified)},
        {"CodeSha256", function.codeSha256}, {"Version", function.version},
        {"TracingConfig", {{"Mode", function.tracing}}}, {"RevisionId", function.revision},
        {"PackageType", "Zip"}, {"Architectures", {function.architecture}},
        {"EphemeralStorage", {{"Size", function.ephemeral}}},
        {"SnapStart",
            {{"ApplyOn", function.snapStart},
                {"OptimizationStatus", function.snapStart != "None" && !function.isLatest() ? "On" : "Off"}}},
        {"LoggingConfig",
            {{"LogFormat", function.jsonLogs ? "JSON" : "Text"}, {"LogGroup", function.logGroup}}}};
    if (function.jsonLogs)
        output["LoggingConfig"].update(
            {{"ApplicationLogLevel", function.applicationLevel}, {"SystemLogLevel", function.systemLevel}});
    for (std::size_t i = 0; i < function.layers.size(); ++i)
        output["Layers"].push_back({{"Arn", function.layers[i]}, {"CodeSize", function.layerSizes.at(i)}});
    if (!function.deadLetter.empty())
        output["DeadLetterConfig"] = {{"TargetArn", function.deadLetter}};
    if (function.hasEnvironment)
        output["Environment"] = {{"Variables", function.environment}};
    showAttachments(function.attachments, function.region, function.account, output);
    addStates(output, function, moment);
    return output;
}

}
