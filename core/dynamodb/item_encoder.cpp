#include "core/dynamodb/item_encoder.h"

#include "core/base/hash.h"

#include <cstdint>
#include <cstring>
#include <utility>

namespace core::dynamodb {

namespace {

bool isEscaped(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

// Whether one of eight characters is escaped: the classic test of a word's bytes, as long texts are mostly
// free of them.
bool anyEscaped(const char* eight)
{
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    constexpr std::uint64_t kHighs = 0x8080808080808080;
    const auto hasZero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHighs; };
    std::uint64_t word = 0;
    std::memcpy(&word, eight, sizeof word);
    const auto hasControl = (word - kOnes * 0x20) & ~word & kHighs;
    return (hasControl | hasZero(word ^ kOnes * '"') | hasZero(word ^ kOnes * '\\')) != 0;
}

}

void appendJsonString(std::string& out, std::string_view text)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    out += '"';
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        while (i + kWord <= text.size() && !anyEscaped(text.data() + i))
            i += kWord;
        if (i == text.size())
            break;
        const auto c = static_cast<unsigned char>(text[i]);
        if (!isEscaped(c))
            continue;
        out.append(text, start, i - start);
        start = i + 1;
        out += '\\';
        switch (c) {
        case '"':
        case '\\':
            out += static_cast<char>(c);
            break;
        case '\n':
            out += 'n';
            break;
        case '\r':
            out += 'r';
            break;
        case '\t':
            out += 't';
            break;
        default:
            out += "u00";
            out += kHex[c >> 4];
            out += kHex[c & 15];
        }
    }
    out.append(text, start);
    out += '"';
}

namespace {

void encodeBinary(std::string& out, std::string_view bytes)
{
    out += '"';
    out += base64(bytes);
    out += '"';
}

void encodeMembers(std::string& out, const AttributeValue& value)
{
    out += '[';
    bool first = true;
    for (const auto& member : value.members()) {
        if (!std::exchange(first, false))
            out += ',';
        if (value.type() == AttributeType::BS)
            encodeBinary(out, member);
        else
            appendJsonString(out, member);
    }
    out += ']';
}

}

void encode(std::string& out, const AttributeValue& value)
{
    out += "{\"";
    out += typeName(value.type());
    out += "\":";
    switch (value.type()) {
    case AttributeType::S:
    case AttributeType::N:
        appendJsonString(out, value.text());
        break;
    case AttributeType::B:
        encodeBinary(out, value.text());
        break;
    case AttributeType::Bool:
        out += value.boolean() ? "true" : "false";
        break;
    case AttributeType::Null:
        out += "true";
        break;
    case AttributeType::M:
        encode(out, value.map());
        break;
    case AttributeType::L: {
        out += '[';
        bool first = true;
        for (const auto& entry : value.list()) {
            if (!std::exchange(first, false))
                out += ',';
            encode(out, entry);
        }
        out += ']';
        break;
    }
    case AttributeType::SS:
    case AttributeType::NS:
    case AttributeType::BS:
        encodeMembers(out, value);
        break;
    }
    out += '}';
}

void encode(std::string& out, const Attributes& attributes)
{
    out += '{';
    bool first = true;
    for (const auto& [name, value] : attributes) {
        if (!std::exchange(first, false))
            out += ',';
        appendJsonString(out, name);
        out += ':';
        encode(out, value);
    }
    out += '}';
}

std::string encoded(const Attributes& attributes)
{
    // Grows in a buffer that stays, so that an item's text is allocated once, at its length.
    constexpr std::size_t kMostKept = 64 * 1024;
    thread_local std::string buffer;
    buffer.clear();
    encode(buffer, attributes);
    if (buffer.size() > kMostKept)
        return std::exchange(buffer, {});
    return buffer;
}

}
