#pragma once

#include "core/lambda/telemetry_subscription.h"

namespace core::lambda {

// Takes events to one destination within an environment. Used by one thread, which waits.
class TelemetrySender {
public:
    // `host` is the environment's own address; what listens at 127.0.0.1 alone is found too.
    TelemetrySender(TelemetryDestination destination, std::string host);
    ~TelemetrySender();
    TelemetrySender(const TelemetrySender&) = delete;
    TelemetrySender& operator=(const TelemetrySender&) = delete;

    // Each event is a JSON text. False when they were not taken: as a whole over HTTP.
    bool send(const std::vector<std::string>& events);

private:
    Result<> post(const std::string& host, const std::string& body);
    bool connectTo(const std::string& host);
    bool write(std::string_view text);

    const TelemetryDestination m_destination;
    const std::string m_host;
    int m_socket = -1; // TCP
};

}
