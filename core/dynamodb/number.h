#pragma once

#include "core/base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace core::dynamodb {

// A DynamoDB number: an exact decimal of up to 38 significant digits, magnitude 1E-130 to 9.99…E+125, or
// zero. A value.
class Number {
public:
    static constexpr int kMaxDigits = 38;
    static constexpr int kMaxExponent = 125;
    static constexpr int kMinExponent = -130;

    Number() = default; // zero
    explicit Number(std::int64_t value);

    // Errors are worded as AWS words them: not a number, overflow, underflow, more than 38 digits.
    static Result<Number> parse(std::string_view text);
    // The text that text() gave, or any other that parse() accepts; what is neither reads as zero.
    static Number fromCanonical(std::string_view text);

    // DynamoDB's normalised output: plain notation, no leading or trailing zeros, no exponent, no "-0".
    std::string text() const;

    // Exact; fails as parse() does when the result does not fit.
    static Result<Number> add(const Number& a, const Number& b);
    static Result<Number> subtract(const Number& a, const Number& b);

    bool isZero() const { return m_count == 0; }
    bool isNegative() const { return m_negative; }
    int digitCount() const { return m_count; }
    int digit(int index) const { return m_digits[static_cast<std::size_t>(index)]; }
    int exponent() const { return m_exponent; } // of the first digit: 1.5E+3 has 3

    // Bytes an item is charged for this number.
    std::size_t storedSize() const;

    friend std::strong_ordering operator<=>(const Number& a, const Number& b);
    friend bool operator==(const Number& a, const Number& b) { return (a <=> b) == 0; }

private:
    static Result<Number> normalised(const std::uint8_t* digits, int count, int exponent, bool negative);
    static std::strong_ordering compareMagnitude(const Number& a, const Number& b);

    std::array<std::uint8_t, kMaxDigits> m_digits{}; // no leading or trailing zeros
    std::int16_t m_exponent = 0;
    std::uint8_t m_count = 0;
    bool m_negative = false;
};

}
