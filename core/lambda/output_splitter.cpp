#include "core/lambda/output_splitter.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstdint>

namespace core::lambda {

namespace {

constexpr std::string_view kMagic("\xa5\x5a\x00\x03", 4);
constexpr std::size_t kHeadBytes = 16;
// CloudWatch Logs takes events of 256 KB; longer ones are cut, as AWS does.
constexpr std::size_t kMaxEventBytes = 256 * 1024 - 26;

std::uint32_t readLength(std::string_view bytes)
{
    std::uint32_t length = 0;
    for (const char byte : bytes.substr(4, 4))
        length = length << 8 | static_cast<unsigned char>(byte);
    return length;
}

// The longest beginning that fits into an event and ends with a whole character.
std::size_t eventLength(std::string_view text)
{
    if (text.size() <= kMaxEventBytes)
        return text.size();
    std::size_t length = kMaxEventBytes;
    const auto isInside = [&](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
    };
    while (length + 4 > kMaxEventBytes && isInside(length))
        --length;
    return isInside(length) ? kMaxEventBytes : length;
}

void addCut(std::vector<std::string>& events, std::string_view text)
{
    while (!text.empty()) {
        const auto length = eventLength(text);
        events.push_back(validUtf8(text.substr(0, length)));
        text.remove_prefix(length);
    }
}

std::size_t sequenceLength(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

}

std::vector<std::string> OutputSplitter::feed(std::string_view bytes)
{
    m_buffer.append(bytes);
    std::vector<std::string> events;
    std::size_t from = 0;
    while (from < m_buffer.size()) {
        const auto rest = std::string_view(m_buffer).substr(from);
        const bool framed = rest.substr(0, kMagic.size()) == kMagic.substr(0, rest.size());
        if (framed ? !takeFrame(events, from) : !takeLine(events, from))
            break;
    }
    m_buffer.erase(0, from);
    return events;
}

bool OutputSplitter::takeFrame(std::vector<std::string>& events, std::size_t& from)
{
    const auto rest = std::string_view(m_buffer).substr(from);
    if (rest.size() < kHeadBytes)
        return false;
    const std::size_t length = readLength(rest);
    if (rest.size() < kHeadBytes + length)
        return false;
    addCut(events, rest.substr(kHeadBytes, length));
    from += kHeadBytes + length;
    return true;
}

bool OutputSplitter::takeLine(std::vector<std::string>& events, std::size_t& from)
{
    const auto rest = std::string_view(m_buffer).substr(from);
    auto end = rest.find('\n');
    // A frame may begin in the middle of a line that another stream has begun.
    const auto frame = rest.substr(0, end).find(kMagic);
    if (frame != std::string_view::npos)
        end = frame - 1;
    if (end == std::string_view::npos && rest.size() <= kMaxEventBytes)
        return false;
    const auto length = end == std::string_view::npos ? eventLength(rest) : end + 1;
    addCut(events, rest.substr(0, length));
    from += length;
    return true;
}

std::vector<std::string> OutputSplitter::flush()
{
    std::vector<std::string> events;
    addCut(events, m_buffer);
    m_buffer.clear();
    return events;
}

std::string validUtf8(std::string_view bytes)
{
    if (isUtf8(bytes))
        return std::string(bytes);
    std::string text;
    while (!bytes.empty()) {
        const auto length = std::min(sequenceLength(static_cast<unsigned char>(bytes[0])), bytes.size());
        const auto part = bytes.substr(0, length);
        const bool good = isUtf8(part);
        text += good ? part : std::string_view("\xef\xbf\xbd");
        bytes.remove_prefix(good ? length : 1);
    }
    return text;
}

}
