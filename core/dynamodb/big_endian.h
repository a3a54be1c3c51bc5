#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Numbers as bytes whose order is theirs.
namespace core::dynamodb {

inline void appendBigEndian(std::string& text, std::uint64_t value, int bytes = 8)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        text += static_cast<char>((value >> shift) & 0xffU);
}

inline std::string bigEndian(std::uint64_t value)
{
    std::string text;
    text.reserve(8);
    appendBigEndian(text, value);
    return text;
}

inline std::uint64_t readBigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const auto c : bytes)
        value = value << 8U | static_cast<unsigned char>(c);
    return value;
}

}
