#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

// The two APIs that extensions hear of logs and of the platform by; the older one knows fewer events.
enum class TelemetryKind { Logs, Telemetry };

// Where events are sent: an HTTP address or a TCP port, both of the environment itself.
struct TelemetryDestination {
    bool tcp = false;
    std::uint16_t port = 0;
    std::string target = "/";
    std::string method = "POST";
};

// What an extension has subscribed to.
struct TelemetrySubscription {
    TelemetryKind kind = TelemetryKind::Telemetry;
    std::string version; // "2022-12-13"
    std::vector<std::string> types; // "platform", "function", "extension"
    std::size_t maxItems = 10'000;
    std::size_t maxBytes = 256 * 1024;
    Micros timeout = kSecond; // of an event's wait for others
    TelemetryDestination destination;
};

// Reads the body of a subscription. Errors: Invalid, or Denied for a destination elsewhere; their codes are
// AWS's error types ("Telemetry.ValidationError"). The words are those that others have observed.
Result<TelemetrySubscription> parseSubscription(TelemetryKind kind, std::string_view body);

}
