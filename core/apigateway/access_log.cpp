#include "core/apigateway/access_log.h"

#include "core/apigateway/errors.h"
#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <vector>

namespace core::apigateway {

namespace {

constexpr std::string_view kPlain = "$context.";
constexpr std::string_view kBraced = "${context.";
constexpr std::string_view kGroup = "log-group:";

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
        || c == '-';
}

// A variable of a format: [begin, end) with what is around its name.
struct Variable {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view name;
};

std::optional<Variable> plainAt(std::string_view format, std::size_t begin)
{
    const auto first = begin + kPlain.size();
    auto last = first;
    while (last < format.size() && isNameCharacter(format[last]))
        ++last;
    // A full stop behind a name is the sentence's.
    while (last > first && (format[last - 1] == '.' || format[last - 1] == '-'))
        --last;
    return Variable{begin, last, format.substr(first, last - first)};
}

std::optional<Variable> bracedAt(std::string_view format, std::size_t begin)
{
    const auto first = begin + kBraced.size();
    const auto close = format.find('}', first);
    if (close == format.npos)
        return std::nullopt;
    return Variable{begin, close + 1, format.substr(first, close - first)};
}

std::optional<Variable> nextVariable(std::string_view format, std::size_t from)
{
    for (auto at = format.find('$', from); at != format.npos; at = format.find('$', at + 1)) {
        const auto rest = format.substr(at);
        const auto found = rest.starts_with(kPlain) ? plainAt(format, at)
            : rest.starts_with(kBraced)             ? bracedAt(format, at)
                                                    : std::nullopt;
        if (found)
            return found;
    }
    return std::nullopt;
}

// V2 says first what it speaks of.
Error invalidFormat(LoggedProtocol protocol, const std::string& what)
{
    return errors::badRequest(
        (protocol == LoggedProtocol::Rest ? "" : "The following errors are found in Access Log Format: ")
        + what);
}

Result<> checkLines(const std::string& format, LoggedProtocol protocol)
{
    std::string_view line = format;
    const bool isRest = protocol == LoggedProtocol::Rest;
    if (isRest && line.ends_with('\n'))
        line.remove_suffix(1);
    if (isRest && line.ends_with('\r'))
        line.remove_suffix(1);
    if (line.find_first_of("\r\n") == line.npos)
        return {};
    return fail(invalidFormat(protocol,
        std::string("Access Log format must be single line")
            + (isRest ? ", new line character is allowed only at end of the format" : "") + ": '" + format
            + "'"));
}

}

aws::LogPlace placeIn(const aws::LogBook& logs, const LogGroup& group, const LoggedStage& stage)
{
    return logs.place({.from = "apigateway",
        .region = group.region.empty() ? stage.region : group.region,
        .group = group.name,
        .stream = hex(sha256(stage.apiId + "/" + stage.name)).substr(0, 32),
        .makesGroup = group.isOurs});
}

Result<LogGroup> logGroupOf(const std::string& destinationArn)
{
    if (!destinationArn.starts_with("arn:"))
        return fail(errors::badRequest(
            "Invalid ARN specified in the request. ARNs must start with 'arn:': " + destinationArn));
    const auto arn = Arn::parse(destinationArn);
    if (arn && arn->service == "firehose")
        return fail(errors::unsupported("Firehose streams as destinations of access logs: name a log group"));
    const bool isGroup = arn && arn->service == "logs" && arn->resource.starts_with(kGroup);
    auto name = isGroup ? arn->resource.substr(kGroup.size()) : std::string();
    name = name.substr(0, name.find(':'));
    if (name.empty())
        return fail(
            errors::badRequest("Invalid ARN specified in the request. The ARN must be a valid CloudWatch "
                               "Logs log group or Kinesis Data Firehose delivery stream ARN."));
    return LogGroup{.region = arn->region, .name = std::move(name)};
}

Result<> checkAccessLogFormat(
    const std::string& format, LoggedProtocol protocol, const std::function<bool(std::string_view)>& isKnown)
{
    CORE_CHECK(checkLines(format, protocol));
    bool namesCall = false;
    std::vector<std::string> unknown;
    for (auto found = nextVariable(format, 0); found; found = nextVariable(format, found->end)) {
        namesCall = namesCall || found->name == "requestId" || found->name == "extendedRequestId";
        if (protocol == LoggedProtocol::Http && isKnown && !isKnown(found->name))
            unknown.push_back(format.substr(found->begin, found->end - found->begin));
    }
    if (!unknown.empty())
        return fail(errors::badRequest(
            "The following context variables are not supported: [" + join(unknown, ", ") + "]"));
    if (!namesCall)
        return fail(invalidFormat(protocol,
            "Access Log format must include either $context.requestId or $context.extendedRequestId : '"
                + format + "'"));
    return {};
}

Error loggingNeedsRole()
{
    return errors::badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
}

std::string accessLogLine(std::string_view format, const ContextLookup& lookup)
{
    // A line's own end is not written.
    while (format.ends_with('\n') || format.ends_with('\r'))
        format.remove_suffix(1);
    std::string line;
    std::size_t at = 0;
    for (auto found = nextVariable(format, 0); found; found = nextVariable(format, at)) {
        line += format.substr(at, found->begin - at);
        const auto value = lookup(found->name).value_or("");
        line += value.empty() ? "-" : value;
        at = found->end;
    }
    return line += format.substr(at);
}

}
