#include "core/project/function_settings.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::project {

using nlohmann::json;

namespace {

constexpr auto kProperties = std::to_array<std::string_view>({
    "FunctionName",
    "Description",
    "CodeUri",
    "InlineCode",
    "PackageType",
    "Handler",
    "Runtime",
    "Role",
    "Timeout",
    "MemorySize",
    "Environment.Variables.*",
    "Layers[]",
    "Architectures[]",
    "EphemeralStorage.Size",
    "Tags.*",
    "Tracing",
    "DeadLetterQueue.Type",
    "DeadLetterQueue.TargetArn",
    "LoggingConfig.LogFormat",
    "LoggingConfig.LogGroup",
    "LoggingConfig.ApplicationLogLevel",
    "LoggingConfig.SystemLogLevel",
    "AutoPublishAlias",
    "DeploymentPreference.**",
    "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions",
    "ReservedConcurrentExecutions",
    "EventInvokeConfig.MaximumEventAgeInSeconds",
    "EventInvokeConfig.MaximumRetryAttempts",
    "EventInvokeConfig.DestinationConfig.OnSuccess.Type",
    "EventInvokeConfig.DestinationConfig.OnSuccess.Destination",
    "EventInvokeConfig.DestinationConfig.OnFailure.Type",
    "EventInvokeConfig.DestinationConfig.OnFailure.Destination",
    "FunctionUrlConfig.AuthType",
    "FunctionUrlConfig.InvokeMode",
    "FunctionUrlConfig.Cors.AllowCredentials",
    "FunctionUrlConfig.Cors.AllowHeaders[]",
    "FunctionUrlConfig.Cors.AllowMethods[]",
    "FunctionUrlConfig.Cors.AllowOrigins[]",
    "FunctionUrlConfig.Cors.ExposeHeaders[]",
    "FunctionUrlConfig.Cors.MaxAge",
    "Policies.**",
    "Events.*.Type",
    "Events.*.Properties.**",
});

// Settings of a function with an alias are its alias's.
json settingOf(const std::string& name, const json& properties)
{
    json input{{"FunctionName", name}};
    if (properties.contains("AutoPublishAlias"))
        input["Qualifier"] = properties["AutoPublishAlias"];
    return input;
}

Result<> addUrl(const ImportContext& context, const std::string& name, const json& properties)
{
    const auto& config = properties["FunctionUrlConfig"];
    const auto setting = settingOf(name, properties);
    auto input = setting;
    input.update(config);
    CORE_CHECK(context.call("lambda", "CreateFunctionUrlConfig", input));
    if (config.value("AuthType", "") != "NONE")
        return {};
    auto permission = setting;
    permission.update({{"StatementId", "url-" + randomLower(10)}, {"Action", "lambda:InvokeFunctionUrl"},
        {"Principal", "*"}, {"FunctionUrlAuthType", "NONE"}});
    CORE_CHECK(context.call("lambda", "AddPermission", permission));
    return {};
}

Result<> provision(const ImportContext& context, const std::string& name, const json& properties)
{
    if (!properties.contains("AutoPublishAlias"))
        return fail(templateError(
            "To set ProvisionedConcurrencyConfig AutoPublishAlias must be defined on the function"));
    auto input = settingOf(name, properties);
    input.update(properties["ProvisionedConcurrencyConfig"]);
    CORE_CHECK(context.call("lambda", "PutProvisionedConcurrencyConfig", input));
    return {};
}

// SAM says beside each destination of which type it is; Lambda reads that from its ARN.
json eventConfig(json config)
{
    for (const auto* outcome : {"OnSuccess", "OnFailure"}) {
        if (config.contains("DestinationConfig") && config["DestinationConfig"].contains(outcome))
            config["DestinationConfig"][outcome].erase("Type");
    }
    return config;
}

}

std::span<const std::string_view> functionProperties()
{
    return kProperties;
}

json functionInput(
    const json& properties, const std::string& name, const std::string& defaultRole, const std::string& code)
{
    json input{{"FunctionName", name}, {"Handler", properties["Handler"]}, {"Runtime", properties["Runtime"]},
        {"Role", properties.value("Role", defaultRole)}, {"Code", {{"ZipFile", base64(code)}}}};
    for (const auto* member : {"Description", "Timeout", "MemorySize", "Environment", "Layers",
             "Architectures", "EphemeralStorage", "Tags", "LoggingConfig"}) {
        if (properties.contains(member))
            input[member] = properties[member];
    }
    if (properties.contains("AutoPublishAlias"))
        input["Publish"] = true;
    if (properties.contains("Tracing"))
        input["TracingConfig"] = {{"Mode", properties["Tracing"]}};
    if (properties.contains("DeadLetterQueue"))
        input["DeadLetterConfig"] = {{"TargetArn", properties["DeadLetterQueue"].value("TargetArn", "")}};
    return input;
}

Result<std::string> functionCode(const ImportContext& context, const json& properties)
{
    if (!properties.contains("InlineCode"))
        return zipped(context.folder / properties["CodeUri"].get<std::string>());
    const auto handler = properties["Handler"].get<std::string>();
    const bool python = properties["Runtime"].get<std::string>().starts_with("python");
    return zippedText(
        handler.substr(0, handler.rfind('.')) + (python ? ".py" : ".js"), properties["InlineCode"]);
}

Result<> applySettings(const ImportContext& context, const std::string& name, const json& properties)
{
    if (properties.contains("ReservedConcurrentExecutions"))
        CORE_CHECK(context.call("lambda", "PutFunctionConcurrency",
            {{"FunctionName", name},
                {"ReservedConcurrentExecutions", properties["ReservedConcurrentExecutions"]}}));
    if (properties.contains("EventInvokeConfig")) {
        auto input = settingOf(name, properties);
        input.update(eventConfig(properties["EventInvokeConfig"]));
        CORE_CHECK(context.call("lambda", "PutFunctionEventInvokeConfig", input));
    }
    if (properties.contains("FunctionUrlConfig"))
        CORE_CHECK(addUrl(context, name, properties));
    if (properties.contains("ProvisionedConcurrencyConfig"))
        CORE_CHECK(provision(context, name, properties));
    return {};
}

std::string buildNote(const ImportContext& context, const std::string& logicalId, const json& properties)
{
    std::error_code ignored;
    const auto folder = context.folder / properties.value("CodeUri", "");
    const bool python = std::filesystem::exists(folder / "requirements.txt", ignored);
    const bool node = std::filesystem::exists(folder / "package.json", ignored)
        && !std::filesystem::exists(folder / "node_modules", ignored);
    if (!properties.contains("CodeUri") || (!python && !node))
        return {};
    return logicalId + ": what its " + (python ? "requirements.txt" : "package.json")
        + " names is not installed; the folder is taken as it is (sam build installs it)";
}

}
