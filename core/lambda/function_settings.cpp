#include "core/lambda/function_settings.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/lambda/code_package.h"
#include "core/lambda/destinations.h"
#include "core/lambda/errors.h"
#include "core/lambda/runtime_catalog.h"
#include "core/lambda/runtime_environment.h"
#include "core/lambda/snap_start.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxVariableBytes = 4096;

Result<> checkRuntime(const std::string& id)
{
    if (findRuntime(id) || isForeign(id))
        return {};
    if (isRetired(id))
        return fail(errors::retiredRuntime(id));
    return fail(errors::unknownRuntime(id, knownRuntimes()));
}

std::uint32_t javaHash(std::string_view text)
{
    std::uint32_t hash = 0;
    for (const char letter : text)
        hash = 31 * hash + static_cast<unsigned char>(letter);
    return hash ^ (hash >> 16U);
}

// In the order in which Java's HashMap has them, as both messages of AWS that were seen with several are.
std::string measuredText(const json& variables)
{
    std::uint32_t room = 16;
    while (variables.size() * 4 > std::size_t{room} * 3)
        room *= 2;
    std::vector<std::string> names;
    for (const auto& [name, value] : variables.items())
        names.push_back(name);
    std::ranges::stable_sort(
        names, {}, [room](const std::string& name) { return javaHash(name) & (room - 1); });
    nlohmann::ordered_json ordered = nlohmann::ordered_json::object();
    for (const auto& name : names)
        ordered[name] = variables.at(name).get<std::string>();
    return ordered.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<> applyVariables(Function& function, const json& environment)
{
    function.hasEnvironment = true;
    function.environment.clear();
    const auto variables = environment.value("Variables", json::object());
    std::vector<std::string> reserved;
    for (const auto& [name, value] : variables.items()) {
        if (isReservedVariable(name))
            reserved.push_back(name);
        function.environment[name] = value;
    }
    if (!reserved.empty())
        return fail(errors::reservedVariables(join(reserved, ", ")));
    const auto measured = measuredText(variables);
    if (measured.size() > kMaxVariableBytes)
        return fail(errors::variablesTooLarge(measured));
    return {};
}

Result<> applyLogging(Function& function, const json& logging)
{
    const auto format = logging.value("LogFormat", function.jsonLogs ? "JSON" : "Text");
    const bool leveled = logging.contains("ApplicationLogLevel") || logging.contains("SystemLogLevel");
    if (format == "Text" && leveled)
        return fail(errors::invalidParameter(
            "To use ApplicationLogLevel or SystemLogLevel, LogFormat must be JSON."));
    function.jsonLogs = format == "JSON";
    if (!function.jsonLogs)
        function.applicationLevel = function.systemLevel = "INFO";
    function.applicationLevel = logging.value("ApplicationLogLevel", function.applicationLevel);
    function.systemLevel = logging.value("SystemLogLevel", function.systemLevel);
    function.logGroup = logging.value("LogGroup", function.logGroup);
    return {};
}

Result<std::string> fromBucket(LambdaService& service, aws::RequestContext& context, const json& code)
{
    json input = {{"Bucket", code.value("S3Bucket", "")}, {"Key", code.value("S3Key", "")}};
    if (code.contains("S3ObjectVersion"))
        input["VersionId"] = code.at("S3ObjectVersion");
    const aws::CallOptions options{.parent = &context.span, .region = context.region, .from = "lambda"};
    auto reply = service.host().caller.call("s3", "GetObject", input, options);
    if (!reply)
        return fail(errors::invalidParameter("Error occurred while GetObject. S3 Error Code: "
            + reply.error().code + ". S3 Error Message: " + reply.error().message));
    if (!reply->source)
        return std::move(reply->body);
    // The 50 MB of a zip are the limit of a direct upload.
    auto bytes = http::readAll(*reply->source, kMaxUnzippedBytes);
    if (!bytes && bytes.error().kind == ErrorKind::TooLarge)
        return fail(errors::unzippedTooLarge());
    return bytes;
}

}

Result<> applySettings(Function& function, const json& input)
{
    if (input.contains("Runtime")) {
        CORE_CHECK(checkRuntime(input.at("Runtime")));
        input.at("Runtime").get_to(function.runtime);
    }
    const auto take = [](const json& from, const char* name, auto& into) {
        if (from.contains(name))
            from.at(name).get_to(into);
    };
    take(input, "Role", function.role);
    take(input, "Handler", function.handler);
    take(input, "Description", function.description);
    take(input, "Timeout", function.timeout);
    take(input, "MemorySize", function.memory);
    take(input.value("TracingConfig", json::object()), "Mode", function.tracing);
    take(input.value("EphemeralStorage", json::object()), "Size", function.ephemeral);
    if (input.contains("Architectures"))
        input.at("Architectures").at(0).get_to(function.architecture);
    take(input.value("SnapStart", json::object()), "ApplyOn", function.snapStart);
    CORE_CHECK(applyAttachments(function.attachments, input));
    CORE_CHECK(checkSnapStart(function));
    CORE_CHECK(applyLogging(function, input.value("LoggingConfig", json::object())));
    if (input.contains("Environment"))
        return applyVariables(function, input.at("Environment"));
    return {};
}

Result<> applyDeadLetter(LambdaService& service, Function& function, const json& input)
{
    if (!input.contains("DeadLetterConfig"))
        return {};
    const auto target = input.at("DeadLetterConfig").value("TargetArn", "");
    if (!target.empty() && target != function.deadLetter)
        CORE_CHECK(checkDeadLetterTarget(service.host(), target));
    function.deadLetter = target;
    return {};
}

Result<std::string> packageOf(LambdaService& service, aws::RequestContext& context, const json& code)
{
    const bool zipped = code.contains("ZipFile");
    const bool stored = code.contains("S3Bucket") || code.contains("S3Key");
    if (zipped == stored)
        return fail(errors::invalidParameter(zipped
                ? "Please do not provide other FunctionCode parameters when providing a ZipFile."
                : "Please provide a source for function code."));
    if (stored)
        return fromBucket(service, context, code);
    auto zip = unbase64(code.at("ZipFile").get_ref<const std::string&>());
    if (!zip)
        return fail(errors::badZip());
    return std::move(*zip);
}

}
