#include "core/lambda/runtime_environment.h"

#include <algorithm>
#include <map>
#include <utility>

#include <unistd.h>

namespace core::lambda {

namespace {

constexpr std::string_view kReserved[] = {"_HANDLER", "_X_AMZN_TRACE_ID", "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API", "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT"};

using Variables = std::map<std::string, std::string>;

// Credentials of the chamber: any key is let in, and one of twelve digits is the account.
std::string accessKeyOf(const Function& function)
{
    return function.account == "000000000000" ? "test" : function.account;
}

void append(std::string& paths, const std::string& path)
{
    if (!paths.empty())
        paths += ':';
    paths += path;
}

// What AWS's runtimes search below /opt, in their order.
void addLayerPaths(Variables& variables, const Runtime& runtime, const std::filesystem::path& layers)
{
    append(variables["PATH"], (layers / "bin").string());
    append(variables["LD_LIBRARY_PATH"], (layers / "lib").string());
    if (runtime.family == RuntimeFamily::Python) {
        const auto version = "python" + std::string(runtime.version);
        append(variables["PYTHONPATH"], (layers / "python/lib" / version / "site-packages").string());
        append(variables["PYTHONPATH"], (layers / "python").string());
    }
    if (runtime.family == RuntimeFamily::Node) {
        // Before the runtime's own: a layer may bring another SDK.
        const auto major = "node" + std::string(runtime.version);
        auto own =
            std::exchange(variables["NODE_PATH"], (layers / "nodejs" / major / "node_modules").string());
        append(variables["NODE_PATH"], (layers / "nodejs/node_modules").string());
        if (!own.empty())
            append(variables["NODE_PATH"], own);
    }
}

Variables variablesOf(const Function& function, const Runtime& runtime, const EnvironmentPlace& place)
{
    const auto runtimeFolder = place.runtimes / (runtime.family == RuntimeFamily::Node ? "nodejs" : "python");
    Variables variables = {
        {"AWS_ACCESS_KEY_ID", accessKeyOf(function)},
        {"AWS_SECRET_ACCESS_KEY", "test"},
        {"AWS_SESSION_TOKEN", "test"},
        {"AWS_REGION", function.region},
        {"AWS_DEFAULT_REGION", function.region},
        {"AWS_LAMBDA_FUNCTION_NAME", function.name},
        {"AWS_LAMBDA_FUNCTION_VERSION", function.version},
        {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", std::to_string(function.memory)},
        {"AWS_LAMBDA_INITIALIZATION_TYPE", place.provisioned ? "provisioned-concurrency" : "on-demand"},
        {"AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup},
        {"AWS_LAMBDA_LOG_STREAM_NAME", place.logStream},
        {"AWS_LAMBDA_RUNTIME_API", place.runtimeApi},
        {"AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR"},
        {"LAMBDA_TASK_ROOT", place.code.string()},
        {"LAMBDA_RUNTIME_DIR", runtimeFolder.string()},
        {"_HANDLER", function.handler},
        {"_LAMBDA_TELEMETRY_LOG_FD", "3"},
        {"PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin"},
        {"LANG", "en_US.UTF-8"},
        {"TZ", ":UTC"},
    };
    if (runtime.family == RuntimeFamily::Provided)
        variables.erase("_LAMBDA_TELEMETRY_LOG_FD");
    else
        variables["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + function.runtime;
    if (runtime.family == RuntimeFamily::Node && !place.sharedNodeModules.empty())
        variables["NODE_PATH"] = place.sharedNodeModules;
    if (!place.endpoint.empty())
        variables["AWS_ENDPOINT_URL"] = place.endpoint;
    for (const auto& [name, value] : function.environment)
        variables[name] = value;
    if (!place.layers.empty())
        addLayerPaths(variables, runtime, place.layers);
    return variables;
}

Result<std::filesystem::path> programFor(const Runtime& runtime, const EnvironmentPlace& place)
{
    if (runtime.family == RuntimeFamily::Provided) {
        for (const auto& folder : {place.code, place.layers}) {
            auto bootstrap = folder / "bootstrap";
            if (!folder.empty() && access(bootstrap.c_str(), X_OK) == 0)
                return bootstrap;
        }
        return fail(ErrorKind::NotFound, "Runtime.InvalidEntrypoint",
            "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }
    auto interpreter = findInterpreter(runtime);
    if (!interpreter)
        return fail(ErrorKind::NotFound, "Runtime.InvalidRuntime",
            "No interpreter for " + std::string(runtime.id) + " is installed on this computer: looked for "
                + interpreterNames(runtime));
    return *std::move(interpreter);
}

}

Result<ChildCommand> commandFor(
    const Function& function, const Runtime& runtime, const EnvironmentPlace& place)
{
    ChildCommand command;
    CORE_TRY(command.program, programFor(runtime, place));
    command.folder = place.code;
    if (runtime.family == RuntimeFamily::Python)
        command.arguments = {"-s", (place.runtimes / "python" / "bootstrap.py").string()};
    if (runtime.family == RuntimeFamily::Node)
        command.arguments = {(place.runtimes / "nodejs" / "bootstrap.mjs").string()};
    for (const auto& [name, value] : variablesOf(function, runtime, place))
        command.environment.push_back(name + '=' + value);
    return command;
}

bool isReservedVariable(std::string_view name)
{
    return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

}
