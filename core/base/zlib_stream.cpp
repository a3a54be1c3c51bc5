#include "core/base/zlib_stream.h"

#include <zlib.h>

#include <array>
#include <new>

namespace core::zlib {

namespace {

Bytef* bytesOf(std::string_view text)
{
    // zlib never writes to its input.
    return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

}

std::string pack(std::string_view bytes, int window)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = bytesOf(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = bytesOf(out);
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

Result<std::string> unpack(std::string_view bytes, std::size_t most, int window, const Error& broken)
{
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK)
        throw std::bad_alloc();
    std::string out;
    std::array<char, 64 * 1024> buffer;
    stream.next_in = bytesOf(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    int state = Z_OK;
    while (state == Z_OK && out.size() <= most) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(buffer.data(), buffer.size() - stream.avail_out);
        // A file may be several streams behind each other.
        if (state == Z_STREAM_END && stream.avail_in > 0)
            state = inflateReset(&stream);
    }
    inflateEnd(&stream);
    if (out.size() > most)
        return fail(ErrorKind::TooLarge, "TooLarge", "The unpacked data is too large");
    if (state != Z_STREAM_END)
        return fail(broken);
    return out;
}

}
