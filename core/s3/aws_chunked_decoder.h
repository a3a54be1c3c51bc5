#pragma once

#include "core/base/result.h"
#include "core/http/message.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace core::s3 {

// Takes the framing off a body with `Content-Encoding: aws-chunked`, signed or not, with or without trailing
// headers:
//   <hex size>[;chunk-signature=…]\r\n <bytes> \r\n … 0[;…]\r\n [name:value\r\n]… \r\n
// Pure: bytes may come in pieces of any size. After an error it must not be fed again.
class AwsChunkedDecoder {
public:
    using Payload = std::function<void(std::string_view)>;

    // Gives the decoded bytes to `payload`. Errors: IncompleteBody for broken framing, MalformedTrailerError.
    Result<> write(std::string_view bytes, const Payload& payload);
    // Ends the body: an error unless the last chunk, the empty one, was seen.
    Result<> finish();

    std::uint64_t decodedBytes() const { return m_decoded; }
    const http::Headers& trailers() const { return m_trailers; }

private:
    enum class State { Size, Data, DataEnd, Trailer };

    Result<> takeLine();
    Result<> takeSize(std::string_view line);
    Result<> takeTrailer(std::string_view line);

    State m_state = State::Size;
    std::string m_line;
    std::uint64_t m_left = 0; // of the current chunk
    std::uint64_t m_decoded = 0;
    std::size_t m_trailerBytes = 0;
    http::Headers m_trailers;
};

}
