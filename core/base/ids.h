#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <string>

namespace core {

// Random identifiers. All may be called from any thread.
std::string newUuid(); // "7d1b2c3e-…", version 4: request ids of REST services
std::string newRequestId(); // 52 characters A–Z0–9 as DynamoDB's x-amzn-RequestId
std::string newTraceId(Micros now); // X-Ray: "1-<8 hex seconds>-<24 hex>"
std::string newSpanId(); // X-Ray: 16 hex digits
std::string randomLower(std::size_t length); // a–z0–9: API ids ("a1b2c3d4e5")
std::string randomUpper(std::size_t length); // A–Z0–9: distribution ids
std::string randomBytes(std::size_t length);

}
