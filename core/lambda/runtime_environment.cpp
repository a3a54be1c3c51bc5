#include "core/lambda/runtime_environment.h"

#include "core/aws/session.h"
#include "core/base/arn.h"
#include "core/base/text.h"
#include "core/lambda/library_paths.h"
#include "core/lambda/node_features.h"
#include "core/lambda/snap_start.h"

#include <algorithm>
#include <map>
#include <utility>

#include <unistd.h>

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kReserved[] = {"_HANDLER", "_X_AMZN_TRACE_ID", "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API", "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT"};

const std::string kWrapperVariable = "AWS_LAMBDA_EXEC_WRAPPER";
const std::string kWrapperScript = R"(exec "$AWS_LAMBDA_EXEC_WRAPPER" "$@")";

using Variables = std::map<std::string, std::string>;

// As the role that the function has, under the function's name; they do not end while the environment is
// there. A role of another account, as copied from AWS, counts as one of the function's own.
aws::Credentials credentialsOf(const Function& function)
{
    auto role = Arn::parse(function.role).value_or(Arn{});
    role.account = function.account;
    auto session = aws::assumedRole(role.text(), function.name);
    return aws::issueCredentials(session ? *std::move(session) : aws::rootOf(function.account));
}

// The folders as the function sees them.
EnvironmentPlace shownInside(EnvironmentPlace place)
{
    if (!place.bubblewrap)
        return place;
    place.code = kTaskFolder;
    if (!place.layers.empty())
        place.layers = kLayersFolder;
    std::vector<std::string> seen;
    for (const auto folder : split(place.sharedNodeModules, ':'))
        seen.push_back(sharedInside(folder, place.chamber, seen.size()).string());
    place.sharedNodeModules = join(seen, ":");
    return place;
}

fs::path runtimeFolder(const Runtime& runtime, const EnvironmentPlace& place)
{
    if (place.bubblewrap)
        return kRuntimeFolder;
    return place.runtimes / (runtime.family == RuntimeFamily::Node ? "nodejs" : "python");
}

std::string initializationType(const Function& function, const EnvironmentPlace& place)
{
    if (place.provisioned)
        return "provisioned-concurrency";
    return startsFromSnapshot(function) ? "snap-start" : "on-demand";
}

Variables variablesOf(const Function& function, const Runtime& runtime, const EnvironmentPlace& place)
{
    auto credentials = credentialsOf(function);
    Variables variables = {
        {"AWS_ACCESS_KEY_ID", std::move(credentials.accessKeyId)},
        {"AWS_SECRET_ACCESS_KEY", std::move(credentials.secretAccessKey)},
        {"AWS_SESSION_TOKEN", std::move(credentials.sessionToken)},
        {"AWS_REGION", function.region},
        {"AWS_DEFAULT_REGION", function.region},
        {"AWS_LAMBDA_FUNCTION_NAME", function.name},
        {"AWS_LAMBDA_FUNCTION_VERSION", function.version},
        {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", std::to_string(function.memory)},
        {"AWS_LAMBDA_INITIALIZATION_TYPE", initializationType(function, place)},
        {"AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup},
        {"AWS_LAMBDA_LOG_STREAM_NAME", place.logStream},
        {"AWS_LAMBDA_RUNTIME_API", place.runtimeApi},
        {"AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR"},
        {"LAMBDA_TASK_ROOT", place.code.string()},
        {"LAMBDA_RUNTIME_DIR", runtimeFolder(runtime, place).string()},
        {"_HANDLER", function.handler},
        {"_LAMBDA_TELEMETRY_LOG_FD", "3"},
        {"PATH", "/usr/local/bin:/usr/bin:/bin"},
        {"LANG", "en_US.UTF-8"},
        {"TZ", ":UTC"},
    };
    if (runtime.family == RuntimeFamily::Provided)
        variables.erase("_LAMBDA_TELEMETRY_LOG_FD");
    if (runtime.family != RuntimeFamily::Provided)
        variables["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + function.runtime;
    if (function.jsonLogs)
        variables.insert(
            {{"AWS_LAMBDA_LOG_FORMAT", "JSON"}, {"AWS_LAMBDA_LOG_LEVEL", function.applicationLevel}});
    if (!place.endpoint.empty())
        variables["AWS_ENDPOINT_URL"] = place.endpoint;
    if (const auto colon = place.traceDaemon.rfind(':'); colon != std::string::npos)
        variables.insert({{"AWS_XRAY_DAEMON_ADDRESS", place.traceDaemon},
            {"_AWS_XRAY_DAEMON_ADDRESS", place.traceDaemon.substr(0, colon)},
            {"_AWS_XRAY_DAEMON_PORT", place.traceDaemon.substr(colon + 1)}});
    // Inside, /opt is there without layers, too.
    const auto layers = place.bubblewrap ? fs::path(kLayersFolder) : place.layers;
    addLibraryPaths(
        variables, runtime, {place.code, runtimeFolder(runtime, place), layers, place.sharedNodeModules});
    for (const auto& [name, value] : function.environment)
        variables[name] = value;
    return variables;
}

Result<fs::path> programFor(const Runtime& runtime, const EnvironmentPlace& place)
{
    if (runtime.family == RuntimeFamily::Provided) {
        const auto shown = shownInside(place);
        for (const auto& [folder, seen] :
            {std::pair(place.code, shown.code), std::pair(place.layers, shown.layers)}) {
            // One that is not executable is found, too: its start says so.
            std::error_code failed;
            if (!folder.empty() && fs::is_regular_file(folder / "bootstrap", failed))
                return seen / "bootstrap";
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

// As AWS's own bootstrap starts Node.js: its heap must fit into the function's memory.
std::vector<std::string> nodeArguments(const Function& function, const Runtime& runtime,
    const fs::path& program, const std::optional<DebugWish>& debug)
{
    std::vector<std::string> arguments{"--expose-gc", "--max-http-header-size=81920",
        "--max-semi-space-size=" + std::to_string(std::max(1, function.memory * 5 / 100)),
        "--max-old-space-size=" + std::to_string(function.memory * 9 / 10)};
    const auto wishes = function.environment.find("NODE_OPTIONS");
    for (auto& option :
        withoutExperiments(runtime, program, wishes == function.environment.end() ? "" : wishes->second))
        arguments.push_back(std::move(option));
    if (debug)
        arguments.push_back(std::string(debug->wait ? "--inspect-brk" : "--inspect")
            + "=127.0.0.1:" + std::to_string(debug->port));
    return arguments;
}

std::vector<std::string> pythonArguments(const std::optional<DebugWish>& debug)
{
    std::vector<std::string> arguments{"-s"};
    if (!debug)
        return arguments;
    arguments.insert(arguments.end(),
        {"-Xfrozen_modules=off", "-m", "debugpy", "--listen", "127.0.0.1:" + std::to_string(debug->port)});
    if (debug->wait)
        arguments.push_back("--wait-for-client");
    return arguments;
}

std::string describe(const Function& function, const EnvironmentPlace& place, const std::string& hindrance)
{
    const auto limits = "Its processes are one group that ends as a whole and may use "
        + std::to_string(function.memory) + " MB, 1,024 threads and 1,024 files each";
    if (place.bubblewrap)
        return "In bubblewrap: a read-only system, /tmp of "
            + (place.bubblewrap->bounds ? std::to_string(function.ephemeral) + " MB"
                                        : std::string("any size"))
            + ", no files of the chamber but its code and layers. " + limits;
    return "Without a sandbox, so it sees this computer's files: " + hindrance + ". " + limits;
}

Enclosure enclosureOf(const Function& function, const Runtime& runtime, const EnvironmentPlace& place)
{
    Enclosure enclosure{
        place.chamber, place.code, {}, place.layers, place.runtimes / kKeeperName, {}, function.ephemeral};
    if (runtime.family != RuntimeFamily::Provided)
        enclosure.runtime = place.runtimes / (runtime.family == RuntimeFamily::Node ? "nodejs" : "python");
    enclosure.hosts = place.hosts;
    for (const auto folder : split(place.sharedNodeModules, ':'))
        enclosure.shared.emplace_back(folder);
    return enclosure;
}

}

Result<EnvironmentStart> startFor(
    const Function& function, const Runtime& runtime, const EnvironmentPlace& given)
{
    auto place = given;
    auto hindrance = noSandboxReason();
    CORE_TRY(auto program, programFor(runtime, place));
    if (place.bubblewrap && runtime.family != RuntimeFamily::Provided
        && !isSeenInside(program, place.chamber)) {
        hindrance = program.string() + " would not be there inside";
        place.bubblewrap.reset();
    }
    if (place.debug) {
        hindrance = "it is being debugged, on port " + std::to_string(place.debug->port);
        place.bubblewrap.reset();
    }
    const auto keeper = place.runtimes / kKeeperName;
    EnvironmentStart start;
    auto& command = start.command;
    command.program = program;
    start.program = program.string();
    command.keeper = keeper;
    command.folder = place.code;
    // A debugger lives within the runtime and needs memory of its own.
    command.memory = place.debug ? 0 : function.memory;
    const auto runtimeFiles = runtimeFolder(runtime, place);
    if (runtime.family == RuntimeFamily::Python) {
        command.arguments = pythonArguments(place.debug);
        command.arguments.push_back((runtimeFiles / "bootstrap.py").string());
    }
    if (runtime.family == RuntimeFamily::Node) {
        command.arguments = nodeArguments(function, runtime, program, place.debug);
        command.arguments.push_back((runtimeFiles / "bootstrap.mjs").string());
    }
    // As the runtimes of AWS start: the wrapper is given the interpreter and its arguments.
    if (runtime.family != RuntimeFamily::Provided && function.environment.contains(kWrapperVariable)) {
        command.arguments.insert(command.arguments.begin(), {"-c", kWrapperScript, "sh", program.string()});
        command.program = "/bin/sh";
    }
    for (const auto& [name, value] : variablesOf(function, runtime, shownInside(place)))
        command.environment.push_back(name + '=' + value);
    std::vector<std::string> extensions;
    for (const auto& name : place.extensions)
        extensions.push_back((shownInside(place).layers / "extensions" / name).string());
    if (place.bubblewrap || !extensions.empty())
        command =
            launched(std::move(command), place.bubblewrap ? fs::path(kLauncherFile) : keeper, extensions);
    if (place.bubblewrap)
        command = enclosed(std::move(command), *place.bubblewrap, enclosureOf(function, runtime, place));
    start.isolation = describe(function, place, hindrance);
    return start;
}

bool isReservedVariable(std::string_view name)
{
    return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

}
