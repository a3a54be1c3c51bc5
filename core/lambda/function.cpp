#include "core/lambda/function.h"

#include "core/base/arn.h"
#include "core/base/time_format.h"
#include "core/lambda/runtime_catalog.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

std::string Function::arn() const
{
    return Arn{"lambda", region, account, "function:" + name}.text();
}

json toRecord(const Function& function)
{
    return {{"region", function.region}, {"account", function.account}, {"name", function.name},
        {"runtime", function.runtime}, {"role", function.role}, {"handler", function.handler},
        {"description", function.description}, {"timeout", function.timeout}, {"memory", function.memory},
        {"ephemeral", function.ephemeral}, {"architecture", function.architecture},
        {"tracing", function.tracing}, {"logGroup", function.logGroup},
        {"hasEnvironment", function.hasEnvironment}, {"environment", function.environment},
        {"tags", function.tags}, {"folder", function.folder}, {"codeSha256", function.codeSha256},
        {"codeSize", function.codeSize}, {"digest", function.digest}, {"revision", function.revision},
        {"modified", function.modified}, {"generation", function.generation}, {"policy", function.policy},
        {"policyRevision", function.policyRevision}};
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
    return function;
}

namespace {

void addStates(json& output, const Function& function, Moment moment)
{
    if (moment == Moment::Listed)
        return;
    output["RuntimeVersionConfig"] = {
        {"RuntimeVersionArn", runtimeVersionArn(function.runtime, function.region)}};
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
        {"CodeSha256", function.codeSha256}, {"Version", "$LATEST"},
        {"TracingConfig", {{"Mode", function.tracing}}}, {"RevisionId", function.revision},
        {"PackageType", "Zip"}, {"Architectures", {function.architecture}},
        {"EphemeralStorage", {{"Size", function.ephemeral}}},
        {"SnapStart", {{"ApplyOn", "None"}, {"OptimizationStatus", "Off"}}},
        {"LoggingConfig", {{"LogFormat", "Text"}, {"LogGroup", function.logGroup}}}};
    if (function.hasEnvironment)
        output["Environment"] = {{"Variables", function.environment}};
    addStates(output, function, moment);
    return output;
}

}
