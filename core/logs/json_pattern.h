#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core::logs {

// A filter pattern over the members of a JSON message: `{ ($.level = "ERROR" || $.n > 4) && $.user.id IS NULL
// }`. A plain value, safe to share between threads.
class JsonPattern {
public:
    // The whole pattern with its braces.
    static Result<JsonPattern> parse(std::string_view text);
    // A message that is no JSON object, or has not what is compared, does not match.
    bool matches(std::string_view message) const;

    // What "$.a.b[0]" is in a message; nothing where there is no such member.
    static std::optional<nlohmann::json> select(std::string_view selector, std::string_view message);

    enum class Operator {
        Equal,
        NotEqual,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        IsNull,
        IsTrue,
        IsFalse,
        Exists,
        NotExists,
    };
    struct Operand {
        std::string text; // `*` stands for anything
        std::optional<double> number; // of what is not in quotes
    };
    struct Condition {
        std::vector<std::variant<std::string, std::size_t>> path;
        Operator test = Operator::Equal;
        Operand operand;
    };
    struct Node {
        enum class Kind { Condition, All, Any };
        Kind kind = Kind::Condition;
        Condition condition;
        std::vector<Node> parts;
    };

private:
    Node m_root;
};

}
