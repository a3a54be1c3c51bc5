#include "core/dynamodb/number.h"

#include "core/dynamodb/errors.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace core::dynamodb {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// What a number's text consists of, before it is normalised.
struct Parts {
    bool negative = false;
    std::string_view whole;
    std::string_view fraction;
    int exponent = 0;
    bool valid = false;
};

std::string_view takeDigits(std::string_view& text)
{
    const auto length =
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isDigit) - text.begin());
    const auto digits = text.substr(0, length);
    text.remove_prefix(length);
    return digits;
}

// Exponents beyond this are out of range whatever the digits are; clamping keeps int arithmetic safe.
constexpr int kExponentClamp = 1'000'000;

bool takeExponent(std::string_view& text, int& exponent)
{
    text.remove_prefix(1);
    bool negative = false;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const auto digits = takeDigits(text);
    if (digits.empty())
        return false;
    for (const char c : digits)
        exponent = std::min(exponent * 10 + (c - '0'), kExponentClamp);
    exponent = negative ? -exponent : exponent;
    return true;
}

Parts split(std::string_view text)
{
    Parts parts;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        parts.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    parts.whole = takeDigits(text);
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        parts.fraction = takeDigits(text);
    }
    if (parts.whole.empty() && parts.fraction.empty())
        return parts;
    if (!text.empty() && (text.front() == 'e' || text.front() == 'E') && !takeExponent(text, parts.exponent))
        return parts;
    parts.valid = text.empty();
    return parts;
}

}

Number::Number(std::int64_t value)
{
    *this = fromCanonical(std::to_string(value));
}

Result<Number> Number::normalised(const std::uint8_t* digits, int count, int exponent, bool negative)
{
    while (count > 0 && *digits == 0) {
        ++digits;
        --count;
        --exponent;
    }
    while (count > 0 && digits[count - 1] == 0)
        --count;
    Number result;
    if (count == 0)
        return result;
    if (exponent > kMaxExponent)
        return fail(errors::numberOverflow());
    if (exponent < kMinExponent)
        return fail(errors::numberUnderflow());
    if (count > kMaxDigits)
        return fail(errors::numberTooPrecise());
    std::copy_n(digits, count, result.m_digits.begin());
    result.m_count = static_cast<std::uint8_t>(count);
    result.m_exponent = static_cast<std::int16_t>(exponent);
    result.m_negative = negative;
    return result;
}

Result<Number> Number::parse(std::string_view text)
{
    if (text.empty())
        return fail(errors::notNumeric({}));
    const auto parts = split(text);
    if (!parts.valid)
        return fail(errors::notNumeric(text));
    std::array<std::uint8_t, 64> local;
    std::vector<std::uint8_t> large;
    const auto total = parts.whole.size() + parts.fraction.size();
    std::uint8_t* digits = local.data();
    if (total > local.size()) {
        large.resize(total);
        digits = large.data();
    }
    auto* end = digits;
    for (const auto piece : {parts.whole, parts.fraction}) {
        for (const char c : piece)
            *end++ = static_cast<std::uint8_t>(c - '0');
    }
    const int exponent = parts.exponent + static_cast<int>(parts.whole.size()) - 1;
    return normalised(digits, static_cast<int>(total), exponent, parts.negative);
}

Number Number::fromCanonical(std::string_view text)
{
    auto parsed = parse(text);
    return parsed ? *parsed : Number{};
}

std::string Number::text() const
{
    if (isZero())
        return "0";
    std::string out;
    out.reserve(48);
    if (m_negative)
        out += '-';
    if (m_exponent < 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-m_exponent - 1), '0');
    }
    for (int i = 0; i < m_count; ++i) {
        if (m_exponent >= 0 && i == m_exponent + 1)
            out += '.';
        out += static_cast<char>('0' + digit(i));
    }
    if (m_exponent >= m_count)
        out.append(static_cast<std::size_t>(m_exponent + 1 - m_count), '0');
    return out;
}

Result<Number> Number::add(const Number& a, const Number& b)
{
    if (a.isZero())
        return b;
    if (b.isZero())
        return a;
    // Positions from the highest possible carry down to the lowest digit of either.
    const int top = std::max(a.m_exponent, b.m_exponent) + 1;
    const int bottom = std::min(a.m_exponent - a.m_count + 1, b.m_exponent - b.m_count + 1);
    const int width = top - bottom + 1;
    std::array<int, 320> sum{};
    const bool negative = compareMagnitude(a, b) >= 0 ? a.m_negative : b.m_negative;
    for (const auto* operand : {&a, &b}) {
        const int sign = operand->m_negative == negative ? 1 : -1;
        for (int i = 0; i < operand->m_count; ++i)
            sum[static_cast<std::size_t>(top - operand->m_exponent + i)] += sign * operand->digit(i);
    }
    std::array<std::uint8_t, 320> digits{};
    int carry = 0;
    for (int i = width - 1; i >= 0; --i) {
        int value = sum[static_cast<std::size_t>(i)] + carry;
        carry = value < 0 ? -1 : value / 10;
        value -= carry * 10;
        digits[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value);
    }
    return normalised(digits.data(), width, top, negative);
}

Result<Number> Number::subtract(const Number& a, const Number& b)
{
    auto negated = b;
    negated.m_negative = !b.m_negative && !b.isZero();
    return add(a, negated);
}

std::size_t Number::storedSize() const
{
    if (isZero())
        return 1;
    // Measured of AWS: two digits a byte, counted apart before and behind the decimal point; a byte more, and
    // one below zero.
    const int whole = std::clamp(m_exponent + 1, 0, static_cast<int>(m_count));
    const int fraction = m_count - whole;
    return static_cast<std::size_t>(1 + (whole + 1) / 2 + (fraction + 1) / 2 + (m_negative ? 1 : 0));
}

std::strong_ordering Number::compareMagnitude(const Number& a, const Number& b)
{
    if (a.isZero() || b.isZero())
        return a.m_count <=> b.m_count;
    if (a.m_exponent != b.m_exponent)
        return a.m_exponent <=> b.m_exponent;
    return std::lexicographical_compare_three_way(a.m_digits.begin(), a.m_digits.begin() + a.m_count,
        b.m_digits.begin(), b.m_digits.begin() + b.m_count);
}

std::strong_ordering operator<=>(const Number& a, const Number& b)
{
    if (a.m_negative != b.m_negative)
        return a.m_negative ? std::strong_ordering::less : std::strong_ordering::greater;
    return a.m_negative ? Number::compareMagnitude(b, a) : Number::compareMagnitude(a, b);
}

}
