#include "core/apigateway/vtl/methods.h"
#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace core::apigateway::vtl {

namespace {

using Answer = Result<std::optional<Value>>;

Error noNumber(std::string_view text)
{
    return thrown("java.lang.NumberFormatException", "For input string: \"" + std::string(text) + "\"");
}

Result<std::int64_t> parseWhole(std::string_view text, int base)
{
    std::int64_t result = 0;
    auto digits = text;
    if (digits.starts_with('+'))
        digits.remove_prefix(1);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), result, base);
    if (digits.empty() || digits.starts_with("+") || parsed.ec != std::errc()
        || parsed.ptr != digits.data() + digits.size())
        return fail(noNumber(text));
    return result;
}

Result<double> parseReal(std::string_view text)
{
    const auto digits = trimmed(text);
    double result = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), result);
    if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size())
        return fail(noNumber(text));
    return result;
}

// A double cut to an integer of Java's, which saturates.
std::int64_t cut(const Value& number)
{
    if (number.kind() == Value::Kind::Integer)
        return number.integer();
    const double value = number.number();
    if (std::isnan(value))
        return 0;
    constexpr double kEdge = 9.2e18;
    if (std::fabs(value) >= kEdge)
        return value < 0 ? std::numeric_limits<std::int64_t>::min()
                         : std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(value);
}

// Conversions of the number itself.
std::optional<Value> convert(const Value& number, std::string_view name)
{
    if (name == "longValue")
        return Value(cut(number));
    if (name == "intValue")
        return number.kind() == Value::Kind::Integer
            ? Value(static_cast<std::int64_t>(static_cast<std::int32_t>(number.integer())))
            : Value(std::clamp<std::int64_t>(cut(number), std::numeric_limits<std::int32_t>::min(),
                std::numeric_limits<std::int32_t>::max()));
    if (name == "doubleValue" || name == "floatValue")
        return Value(number.number());
    if (name == "isNaN" && number.kind() == Value::Kind::Double)
        return Value(std::isnan(number.number()));
    return std::nullopt;
}

// Static methods that templates call on any number at hand: $number.parseInt("5").
Answer parse(std::string_view name, const std::string& text, const Value& target)
{
    const bool whole = name == "parseInt" || name == "parseLong"
        || ((name == "valueOf" || name == "decode") && target.kind() == Value::Kind::Integer);
    if (whole) {
        CORE_TRY(const auto value, parseWhole(text, 10));
        if (name == "parseInt" && static_cast<std::int64_t>(static_cast<std::int32_t>(value)) != value)
            return fail(noNumber(text));
        return Value(value);
    }
    if (name == "parseDouble" || name == "parseFloat" || name == "valueOf") {
        CORE_TRY(const auto value, parseReal(text));
        return Value(value);
    }
    return std::optional<Value>();
}

int compare(const Value& a, const Value& b)
{
    if (a.kind() == Value::Kind::Integer && b.kind() == Value::Kind::Integer)
        return a.integer() < b.integer() ? -1 : a.integer() > b.integer() ? 1 : 0;
    return a.number() < b.number() ? -1 : a.number() > b.number() ? 1 : 0;
}

std::string hexText(std::int64_t number)
{
    std::string result;
    const bool isInt = number >= std::numeric_limits<std::int32_t>::min() && number < 0;
    auto bits = isInt ? static_cast<std::uint64_t>(static_cast<std::uint32_t>(number))
                      : static_cast<std::uint64_t>(number);
    do {
        result.insert(result.begin(), "0123456789abcdef"[bits & 15]);
        bits >>= 4;
    } while (bits > 0);
    return result;
}

Answer withNumber(std::string_view name, const Value& target, const Value& argument)
{
    if (name == "compareTo" && target.kind() == argument.kind())
        return Value(compare(target, argument));
    if (name == "toString" || name == "valueOf") {
        if (name == "valueOf")
            return argument;
        CORE_TRY(auto text, textOf(argument));
        return Value(std::move(text));
    }
    if (name == "toHexString" && argument.kind() == Value::Kind::Integer)
        return Value(hexText(argument.integer()));
    return std::optional<Value>();
}

}

Answer callNumber(Heap&, const Value& number, std::string_view name, std::span<const Value> arguments)
{
    if (arguments.empty())
        return convert(number, name);
    if (arguments.size() == 1 && arguments[0].isText())
        return parse(name, arguments[0].text(), number);
    if (arguments.size() == 1 && arguments[0].isNumber())
        return withNumber(name, number, arguments[0]);
    if (arguments.size() == 2 && arguments[0].isNumber() && arguments[1].isNumber()) {
        if (name == "max")
            return compare(arguments[0], arguments[1]) < 0 ? arguments[1] : arguments[0];
        if (name == "min")
            return compare(arguments[0], arguments[1]) < 0 ? arguments[0] : arguments[1];
    }
    if (arguments.size() == 2 && arguments[0].isText() && arguments[1].kind() == Value::Kind::Integer
        && (name == "parseInt" || name == "parseLong") && arguments[1].integer() >= 2
        && arguments[1].integer() <= 36) {
        CORE_TRY(const auto value, parseWhole(arguments[0].text(), static_cast<int>(arguments[1].integer())));
        return Value(value);
    }
    return std::optional<Value>();
}

}
