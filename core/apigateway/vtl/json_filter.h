#pragma once

#include "core/apigateway/vtl/json_path.h"

namespace core::apigateway::vtl {

// What stands between the parentheses of [?( … )].
struct JsonFilter {
    enum class Kind { Or, And, Not, Exists, Compare };
    struct Operand {
        std::optional<JsonPath> path = {};
        Value literal = {};
        std::shared_ptr<List> list =
            {}; // of a literal in brackets; made once, never changed, leaves no filter
    };
    Kind kind = Kind::Exists;
    std::vector<JsonFilter> parts = {};
    Operand left = {};
    std::string sign = {}; // "==", "in", "=~" …
    Operand right = {};
};

Result<bool> accepts(
    const JsonFilter& filter, const Value& element, const Value& root, Heap& heap, int& budget);

}
