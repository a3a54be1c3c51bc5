#include "core/cloudwatch/service.h"

#include "core/aws/shape_check.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace core::cloudwatch {

namespace {

using Kind = aws::Violation::Kind;

// "metricData.1.member.metricName" as CloudWatch names it: "MetricData.member.1.MetricName".
std::string parameterName(std::string_view path)
{
    std::string name;
    const auto parts = split(path, '.');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!name.empty())
            name += '.';
        if (parseInteger(parts[i]) && i + 1 < parts.size() && parts[i + 1] == "member") {
            name += "member." + std::string(parts[i]);
            ++i;
        } else {
            name += parts[i].empty() ? "" : toUpper(parts[i].substr(0, 1)) + std::string(parts[i].substr(1));
        }
    }
    return name;
}

const aws::Violation* firstOf(Kind kind, const std::vector<aws::Violation>& violations)
{
    const auto found = std::ranges::find(violations, kind, &aws::Violation::kind);
    return found == violations.end() ? nullptr : &*found;
}

}

CloudWatchService::CloudWatchService(const aws::Host& host)
    : m_host(host)
{
}

Error CloudWatchService::invalidInput(
    const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const
{
    if (firstOf(Kind::Unsupported, violations))
        return Service::invalidInput(action, violations);
    if (const auto* missing = firstOf(Kind::Missing, violations))
        return {ErrorKind::Invalid, "MissingParameter",
            "The parameter " + parameterName(missing->path) + " is required."};
    if (const auto* type = firstOf(Kind::Type, violations))
        return {ErrorKind::Invalid, "MalformedInput", parameterName(type->path) + ": " + type->value};
    return {ErrorKind::Invalid, "ValidationError", aws::describeViolations(violations)};
}

// The query protocol's codes are errors' own; JSON and CBOR know them by the names of their shapes.
std::string CloudWatchService::errorType(const Error& error) const
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> shapes{
        {{"InvalidParameterValue", "InvalidParameterValueException"},
            {"MissingParameter", "MissingRequiredParameterException"},
            {"InvalidParameterCombination", "InvalidParameterCombinationException"},
            {"InternalServiceError", "InternalServiceFault"}}};
    for (const auto& [code, shape] : shapes) {
        if (error.code == code)
            return "com.amazonaws.cloudwatch.v2010_08_01#" + std::string(shape);
    }
    return error.code;
}

}
