#include "core/dynamodb/partition_key.h"

#include "core/dynamodb/key_encoding.h"

namespace core::dynamodb::keys {

namespace {

constexpr std::size_t kEndBytes = 2;

std::string unescaped(std::string_view bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text += bytes[i];
        if (bytes[i] == '\0')
            ++i; // the FF behind it
    }
    return text;
}

// orderedNumber() the other way round.
std::optional<AttributeValue> numberOf(std::string_view bytes)
{
    const auto zero = orderedNumber(Number());
    if (bytes == zero)
        return AttributeValue::number(Number());
    if (bytes.size() < 3)
        return std::nullopt;
    const bool negative = static_cast<unsigned char>(bytes[0]) < static_cast<unsigned char>(zero[0]);
    const auto byteAt = [&](std::size_t i) {
        const int byte = static_cast<unsigned char>(bytes[i]);
        return negative ? 0xFF - byte : byte;
    };
    std::string text = negative ? "-" : "";
    const auto digits = bytes.size() - (negative ? 1 : 0);
    for (std::size_t i = 2; i < digits; ++i) {
        const int pair = byteAt(i) - 1;
        text += static_cast<char>('0' + pair / 10);
        if (i == 2)
            text += '.';
        text += static_cast<char>('0' + pair % 10);
    }
    text += "E" + std::to_string(byteAt(1) + Number::kMinExponent);
    const auto number = Number::parse(text);
    if (!number)
        return std::nullopt;
    return AttributeValue::number(*number);
}

}

std::optional<AttributeValue> partitionKey(std::string_view row, AttributeType type)
{
    const auto length = partitionLength(row);
    if (length < kHashBytes + kEndBytes)
        return std::nullopt;
    auto bytes = unescaped(row.substr(kHashBytes, length - kHashBytes - kEndBytes));
    if (type == AttributeType::N)
        return numberOf(bytes);
    return type == AttributeType::B ? AttributeValue::binary(std::move(bytes))
                                    : AttributeValue::string(std::move(bytes));
}

}
