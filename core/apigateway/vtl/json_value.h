#pragma once

#include "core/apigateway/vtl/value.h"

namespace core::apigateway::vtl {

// JSON text as values: objects become maps in their order, arrays lists that print as JSON. Bounded in depth
// and, by the heap, in size. The error says what is wrong and where.
Result<Value> parseJson(std::string_view text, Heap& heap);

}
