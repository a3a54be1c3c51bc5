#pragma once

#include "core/base/clock.h"
#include "core/lambda/function.h"

#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

// What a REPORT line says of an invocation. Lengths are real microseconds.
struct Report {
    std::string requestId;
    Micros duration = 0;
    Micros init = -1; // -1: no start belongs to it
    int memory = 128;
    int peak = 0;
    std::string status; // "" when it went well, else "error", "timeout"
    std::string errorType; // with status "error"
    std::string lineage; // that its calls go on with
    std::string traceHeader; // of its span
    bool sampled = false; // X-Ray shows it

    int billedMillis() const;
};

// The platform's lines in a function's log, as AWS writes them, each with its line end.
namespace lines {
inline constexpr std::string_view kInitLine = "INIT_START ";
inline constexpr std::string_view kExtensionLine = "EXTENSION\tName: ";
// "python:3.12.v1" of "python3.12", "nodejs:20.v1" of "nodejs20.x"
std::string runtimeVersion(std::string_view id);
std::string initStart(const Function& function);
std::string initReport(
    std::string_view phase, Micros length, std::string_view status, std::string_view errorType);
std::string start(std::string_view requestId, std::string_view version);
// kExtensionLine "watcher\tState: Ready\tEvents: [INVOKE,SHUTDOWN]"
std::string extension(
    std::string_view name, std::string_view state, const std::vector<std::string_view>& events);
std::string timedOut(Micros now, std::string_view requestId, int seconds);
// A runtime that ended by itself or was killed.
std::string runtimeFault(std::string_view requestId, std::string_view message, std::string_view errorType);
std::string end(std::string_view requestId);
// Of a sampled one, an XRAY line follows.
std::string xray(std::string_view traceHeader);
std::string report(const Report& report);
}

// "3.00" of 3'000'000, "148.07" of 148'071
std::string seconds(int whole);
std::string millis(Micros length);

}
