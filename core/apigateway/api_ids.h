#pragma once

#include "core/base/result.h"
#include "core/store/store.h"

#include <map>
#include <string>
#include <string_view>

namespace core::apigateway {

// Ids of REST, HTTP and WebSocket APIs are unique in the chamber, because a call's address names nothing
// else.

inline constexpr std::string_view kRestApisKeyspace = "apigateway/restapis";
inline constexpr std::string_view kHttpApisKeyspace = "apigatewayv2/apis";

bool isApiIdTaken(store::Reader& reader, std::string_view id);
// A random one, or the one that the tag _custom_id_ pins (LocalStack's convention, which other emulators
// follow).
Result<std::string> newApiId(const std::map<std::string, std::string>& tags);

}
