#include "core/apigateway/v2/access_log.h"

#include "core/base/arn.h"
#include "core/base/log.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::v2 {

using nlohmann::json;

namespace {

constexpr std::string_view kContext = "$context.";
constexpr std::string_view kGroup = "log-group:";

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
        || c == '-';
}

// "arn:aws:logs:us-east-1:000000000000:log-group:books:*" → "books"; "" for what is no log group.
std::string groupOf(const Arn& arn)
{
    if (arn.service != "logs" || !arn.resource.starts_with(kGroup))
        return {};
    const auto name = arn.resource.substr(kGroup.size());
    return name.substr(0, name.find(':'));
}

Result<> putEvent(aws::Caller& caller, const std::string& region, const json& input)
{
    const aws::CallOptions options{.region = region, .from = "apigateway", .quiet = true};
    auto put = caller.call("logs", "PutLogEvents", input, options);
    if (!put && put.error().kind == ErrorKind::NotFound) {
        // The first line of a stage.
        const json stream{{"logGroupName", input["logGroupName"]}, {"logStreamName", input["logStreamName"]}};
        CORE_CHECK(caller.call("logs", "CreateLogStream", stream, options));
        put = caller.call("logs", "PutLogEvents", input, options);
    }
    CORE_CHECK(std::move(put));
    return {};
}

}

std::string accessLogLine(const Call& call, std::string_view format)
{
    std::string line;
    std::size_t at = 0;
    while (at < format.size()) {
        const auto next = format.find(kContext, at);
        line += format.substr(at, next == format.npos ? format.npos : next - at);
        if (next == format.npos)
            break;
        const auto* begin = format.data() + next + kContext.size();
        const auto* end = std::find_if_not(begin, format.data() + format.size(), isNameCharacter);
        std::string_view name(begin, static_cast<std::size_t>(end - begin));
        // A full stop behind a name is the sentence's.
        while (name.ends_with('.') || name.ends_with('-'))
            name.remove_suffix(1);
        const auto value = contextVariable(call, name).value_or("");
        line += value.empty() ? "-" : value;
        at = next + kContext.size() + name.size();
    }
    return line;
}

void writeAccessLog(Call& call, CallEnvironment& environment)
{
    const auto& settings = call.stage->accessLogSettings;
    if (!settings || settings->destinationArn.empty() || settings->format.empty())
        return;
    const auto arn = Arn::parse(settings->destinationArn);
    const auto group = arn ? groupOf(*arn) : std::string{};
    if (group.empty()) {
        call.step(
            "Log", settings->destinationArn + " is no log group: nothing is written", trace::Verdict::Warn);
        return;
    }
    const auto line = accessLogLine(call, settings->format);
    call.step("Log", group + ": " + line);
    const json input{{"logGroupName", group},
        {"logStreamName",
            call.api->api.apiId + "/"
                + (call.stage->stageName == "$default" ? "default" : call.stage->stageName)},
        {"logEvents", {{{"timestamp", call.now / kMillisecond}, {"message", line}}}}};
    const bool posted = environment.integrations.post([&caller = environment.caller, input,
                                                          region = arn->region.empty() ? call.api->api.region
                                                                                       : arn->region] {
        if (const auto written = putEvent(caller, region, input); !written)
            log::warning("apigatewayv2", "An access log line was not written: " + written.error().message);
    });
    if (!posted)
        call.step("Log", "Too many integrations run at once: the line is not written", trace::Verdict::Warn);
}

}
