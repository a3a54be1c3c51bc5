#pragma once

#include "core/base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace core {

std::string iso8601(Micros time); // 2026-11-22T14:03:27Z
std::string iso8601Millis(Micros time); // 2026-11-22T14:03:27.418Z
std::string lambdaTime(Micros time); // 2026-11-22T14:03:27.418+0000
std::string httpDate(Micros time); // Sun, 22 Nov 2026 14:03:27 GMT
std::string amzDate(Micros time); // 20261122T140327Z
std::string clfTime(Micros time); // 22/Nov/2026:14:03:27 +0000, as $context.requestTime

std::optional<Micros> parseIso8601(std::string_view text); // with or without fraction, Z or ±hh:mm
std::optional<Micros> parseHttpDate(std::string_view text); // IMF-fixdate, RFC 850, asctime
std::optional<Micros> parseAmzDate(std::string_view text);

}
