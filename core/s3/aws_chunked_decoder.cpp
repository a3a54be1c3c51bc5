#include "core/s3/aws_chunked_decoder.h"

#include "core/base/text.h"
#include "core/s3/errors.h"

#include <algorithm>
#include <charconv>

namespace core::s3 {

namespace {

constexpr std::size_t kMaxLine = 4096;
constexpr std::size_t kMaxTrailers = 16 * 1024;
// Far beyond any object, and small enough that sums of it do not overflow.
constexpr std::uint64_t kMaxChunk = std::uint64_t{1} << 48;

}

Result<> AwsChunkedDecoder::write(std::string_view bytes, const Payload& payload)
{
    while (!bytes.empty()) {
        if (m_state == State::Data) {
            const auto piece =
                bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size())));
            payload(piece);
            m_left -= piece.size();
            m_decoded += piece.size();
            bytes.remove_prefix(piece.size());
            if (m_left == 0)
                m_state = State::DataEnd;
            continue;
        }
        const auto end = bytes.find('\n');
        const auto piece = bytes.substr(0, end);
        if (m_line.size() + piece.size() > kMaxLine)
            return fail(m_state == State::Trailer ? malformedTrailer() : incompleteBody());
        m_line += piece;
        if (end == std::string_view::npos)
            return {};
        bytes.remove_prefix(end + 1);
        CORE_CHECK(takeLine());
    }
    return {};
}

Result<> AwsChunkedDecoder::takeLine()
{
    std::string line = std::move(m_line);
    m_line.clear();
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    switch (m_state) {
    case State::Size:
        return takeSize(line);
    case State::Trailer:
        return takeTrailer(line);
    default:
        if (!line.empty())
            return fail(incompleteBody());
        m_state = State::Size;
        return {};
    }
}

Result<> AwsChunkedDecoder::takeSize(std::string_view line)
{
    const auto digits = line.substr(0, line.find(';'));
    std::uint64_t size = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, size, 16);
    if (error != std::errc() || stop != end || size > kMaxChunk)
        return fail(incompleteBody());
    m_left = size;
    m_state = size == 0 ? State::Trailer : State::Data;
    return {};
}

Result<> AwsChunkedDecoder::takeTrailer(std::string_view line)
{
    // Some signers put an empty line between the checksum and the trailer's signature: empty lines end
    // nothing.
    if (line.empty())
        return {};
    m_trailerBytes += line.size();
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || m_trailerBytes > kMaxTrailers)
        return fail(malformedTrailer());
    m_trailers.add(toLower(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
    return {};
}

Result<> AwsChunkedDecoder::finish()
{
    if (m_state != State::Trailer)
        return fail(incompleteBody());
    if (m_line.empty())
        return {};
    return takeLine();
}

}
