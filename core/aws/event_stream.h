#pragma once

#include <string>
#include <string_view>

namespace core::aws {

// One message of AWS's event stream encoding (application/vnd.amazon.eventstream): a prelude with lengths and
// its checksum, headers, the payload, a checksum of it all. Pure.
std::string eventMessage(std::string_view eventType, std::string_view contentType, std::string_view payload);

}
