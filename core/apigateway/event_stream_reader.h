#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::apigateway {

// Takes AWS's event stream encoding (application/vnd.amazon.eventstream) apart as it arrives, in pieces of
// any size. Pure; one thread.
class EventStreamReader {
public:
    struct Event {
        std::string type; // ":event-type": "PayloadChunk", "InvokeComplete"
        std::string payload;
    };

    void put(std::string_view bytes) { m_bytes += bytes; }
    // The next whole event; nothing while it is not there. An error when the bytes are none.
    Result<std::optional<Event>> next();

private:
    std::string m_bytes;
    std::size_t m_read = 0; // of m_bytes
};

}
