#include "core/dynamodb/key_encoding.h"

#include "core/base/hash.h"
#include "core/dynamodb/big_endian.h"

namespace core::dynamodb::keys {

namespace {

// First byte of a number: what it is; then negative numbers are complemented throughout.
constexpr unsigned char kNegative = 0x7E;
constexpr unsigned char kZero = 0x80;
constexpr unsigned char kPositive = 0x82;

char byte(int value, bool complement)
{
    return static_cast<char>(complement ? 0xFF - value : value);
}

}

std::string orderedNumber(const Number& number)
{
    if (number.isZero())
        return std::string(1, static_cast<char>(kZero));
    const bool negative = number.isNegative();
    std::string out(1, static_cast<char>(negative ? kNegative : kPositive));
    out += byte(number.exponent() - Number::kMinExponent, negative);
    for (int i = 0; i < number.digitCount(); i += 2) {
        const int second = i + 1 < number.digitCount() ? number.digit(i + 1) : 0;
        // +1 keeps zero bytes, which would be escaped, out of the digits.
        out += byte(number.digit(i) * 10 + second + 1, negative);
    }
    // Of two negative numbers with a common beginning the one with more digits is the smaller.
    if (negative)
        out += byte(0, true);
    return out;
}

std::string ordered(const AttributeValue& value)
{
    return value.type() == AttributeType::N ? orderedNumber(value.number()) : value.text();
}

void appendEscaped(std::string& key, std::string_view bytes)
{
    for (;;) {
        const auto zero = bytes.find('\0');
        if (zero == std::string_view::npos) {
            key += bytes;
            return;
        }
        key += bytes.substr(0, zero + 1);
        key += '\xFF';
        bytes.remove_prefix(zero + 1);
    }
}

void appendEnd(std::string& key)
{
    key.append(2, '\0');
}

void append(std::string& key, const AttributeValue& value)
{
    if (value.type() == AttributeType::N)
        appendEscaped(key, orderedNumber(value.number()));
    else
        appendEscaped(key, value.text());
    appendEnd(key);
}

std::uint64_t hashOf(const AttributeValue& partitionKey)
{
    return partitionKey.type() == AttributeType::N ? stableHash(orderedNumber(partitionKey.number()))
                                                   : stableHash(partitionKey.text());
}

std::string hashBound(std::uint64_t hash)
{
    return bigEndian(hash);
}

std::string partition(const AttributeValue& partitionKey)
{
    auto key = hashBound(hashOf(partitionKey));
    append(key, partitionKey);
    return key;
}

std::string partition(std::span<const AttributeValue* const> partitionKey)
{
    if (partitionKey.size() == 1)
        return partition(*partitionKey.front());
    std::string values;
    for (const auto* value : partitionKey)
        append(values, *value);
    return hashBound(stableHash(values)) + values;
}

std::size_t partitionLength(std::string_view key)
{
    // The first end mark behind the hash; in escaped text a zero is followed by FF.
    const auto end = key.find(std::string_view("\0\0", 2), kHashBytes);
    return end == std::string_view::npos ? key.size() : end + 2;
}

}
