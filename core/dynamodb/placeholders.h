#pragma once

#include "core/base/result.h"
#include "core/dynamodb/expression.h"
#include "core/dynamodb/json_document.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// The ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its
// expressions used. Lives for one request, in one thread.
class Placeholders {
public:
    Placeholders() = default;
    static Result<Placeholders> parse(
        const std::optional<JsonView>& names, const std::optional<JsonView>& values);

    // Null when undefined. Marks as used.
    const std::string* name(std::string_view placeholder);
    const AttributeValue* value(std::string_view placeholder);

    // AWS refuses what no expression used.
    Result<> checkAllUsed() const;

private:
    template <typename T> struct Entry {
        std::string placeholder;
        T content;
        bool used = false;
    };
    std::vector<Entry<std::string>> m_names;
    std::vector<Entry<AttributeValue>> m_values;
};

// The first mistake of each sort found while placeholders are filled in; AWS reports them in an order of its
// own.
struct PathResolver {
    Placeholders& placeholders;
    std::string reserved{};
    std::string undefined{};

    void resolve(Path& path);
    void resolve(Operand& valueOperand);
};

}
