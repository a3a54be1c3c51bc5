#include "core/lambda/log_lines.h"

#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/lambda/runtime_catalog.h"
#include "core/trace/trace_header.h"

#include <algorithm>
#include <cstdio>

namespace core::lambda {

namespace {

std::string twoDigits(double value)
{
    char text[64];
    const auto length = std::snprintf(text, sizeof text, "%.2f", value);
    return {text, static_cast<std::size_t>(length)};
}

}

int Report::billedMillis() const
{
    // Since August 2025 AWS bills the start too.
    return static_cast<int>((duration + std::max<Micros>(init, 0) + kMillisecond - 1) / kMillisecond);
}

std::string seconds(int whole)
{
    return twoDigits(whole);
}

std::string millis(Micros length)
{
    return twoDigits(static_cast<double>(length) / 1000);
}

namespace lines {

std::string runtimeVersion(std::string_view id)
{
    // "provided.al2023" is provided:al2023; the others' versions begin with their digits.
    if (const auto dot = id.find(".al"); id.starts_with("provided") && dot != std::string_view::npos)
        return std::string(id.substr(0, dot)) + ':' + std::string(id.substr(dot + 1)) + ".v1";
    const auto digit = std::find_if(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
    auto version = std::string(digit, id.end());
    if (version.ends_with(".x"))
        version.resize(version.size() - 2);
    return std::string(id.begin(), digit) + ':' + version + ".v1";
}

std::string initStart(const Function& function)
{
    return "INIT_START Runtime Version: " + runtimeVersion(function.runtime)
        + "\tRuntime Version ARN: " + runtimeVersionArn(function.runtime, function.region) + '\n';
}

std::string initReport(
    std::string_view phase, Micros length, std::string_view status, std::string_view errorType)
{
    auto line = "INIT_REPORT Init Duration: " + millis(length) + " ms\tPhase: " + std::string(phase)
        + "\tStatus: " + std::string(status);
    if (!errorType.empty())
        line += "\tError Type: " + std::string(errorType);
    return line + '\n';
}

std::string start(std::string_view requestId, std::string_view version)
{
    return "START RequestId: " + std::string(requestId) + " Version: " + std::string(version) + '\n';
}

std::string extension(
    std::string_view name, std::string_view state, const std::vector<std::string_view>& events)
{
    std::string list;
    for (const auto event : events)
        (list += list.empty() ? "" : ",") += event;
    return std::string(kExtensionLine) + std::string(name) + "\tState: " + std::string(state) + "\tEvents: ["
        + list + "]\n";
}

std::string timedOut(Micros now, std::string_view requestId, int whole)
{
    return iso8601Millis(now) + ' ' + std::string(requestId) + " Task timed out after " + seconds(whole)
        + " seconds\n\n";
}

std::string runtimeFault(std::string_view requestId, std::string_view message, std::string_view errorType)
{
    return "RequestId: " + std::string(requestId) + " Error: " + std::string(message) + '\n'
        + std::string(errorType) + '\n';
}

std::string end(std::string_view requestId)
{
    return "END RequestId: " + std::string(requestId) + '\n';
}

// A line of its own within the same event, as AWS writes it, tabs and all.
std::string xray(std::string_view traceHeader)
{
    const auto header = trace::TraceHeader::parse(traceHeader);
    return "XRAY TraceId: " + std::string(header.root) + "\tSegmentId: " + std::string(header.parent)
        + "\tSampled: true\t\n";
}

std::string report(const Report& report)
{
    auto line = "REPORT RequestId: " + report.requestId + "\tDuration: " + millis(report.duration)
        + " ms\tBilled Duration: " + std::to_string(report.billedMillis()) + " ms\tMemory Size: "
        + std::to_string(report.memory) + " MB\tMax Memory Used: " + std::to_string(report.peak) + " MB\t";
    if (report.init >= 0)
        line += "Init Duration: " + millis(report.init) + " ms\t";
    if (!report.status.empty())
        line += "Status: " + report.status;
    if (!report.errorType.empty())
        line += "\tError Type: " + report.errorType;
    line += '\n';
    return report.sampled ? line + xray(report.traceHeader) : line;
}

}

}
