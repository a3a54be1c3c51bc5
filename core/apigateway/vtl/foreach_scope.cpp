#include "core/apigateway/vtl/foreach_scope.h"

#include <array>

namespace core::apigateway::vtl {

std::string_view ForeachScope::className() const
{
    return "org.apache.velocity.runtime.directive.ForeachScope";
}

std::optional<Value> ForeachScope::property(std::string_view name)
{
    if (name == "index")
        return Value(static_cast<std::int64_t>(index));
    if (name == "count")
        return Value(static_cast<std::int64_t>(index + 1));
    if (name == "hasNext")
        return Value(index + 1 < count);
    if (name == "first")
        return Value(index == 0);
    if (name == "last")
        return Value(index + 1 >= count);
    if (name == "parent" && !parent.isNull())
        return parent;
    if (name == "topmost")
        return topmost();
    return std::nullopt;
}

Result<std::optional<Value>> ForeachScope::call(std::string_view name, std::span<const Value> arguments)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kGetters{{{"hasNext", "hasNext"},
        {"isFirst", "first"}, {"isLast", "last"}, {"getIndex", "index"}, {"getCount", "count"}}};
    for (const auto& [method, wanted] : kGetters) {
        if (arguments.empty() && method == name)
            return property(wanted);
    }
    return std::optional<Value>();
}

Result<> ForeachScope::write(Writer& writer)
{
    if (!writer.append("{}"))
        return fail(tooLarge());
    return {};
}

Value ForeachScope::topmost()
{
    auto* loop = this;
    while (!loop->parent.isNull())
        loop = static_cast<ForeachScope*>(loop->parent.object());
    return Value(static_cast<Object*>(loop));
}

}
