#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// What tells the kept answers of a method apart: the integration's cacheNamespace (its resource where it has
// none), the verb, and the values of its cacheKeyParameters; other parameters do not count.
std::string cacheKey(const CallContext& context);
// The same for people: "GET /books, querystring.genre = fiction".
std::string shownCacheKey(const CallContext& context);

}
