#include "core/base/gzip_reader.h"

#include <zlib.h>

#include <array>
#include <new>

namespace core {

namespace {

constexpr int kGzipWindow = 15 + 16; // zlib: the widest window, in a gzip wrapping

tl::unexpected<Error> broken()
{
    return fail(ErrorKind::Invalid, "InvalidGzip", "The data is not in the gzip format");
}

}

struct GzipReader::Impl {
    z_stream stream{};
    bool atEnd = true; // of a stream, or before the first
    std::array<char, 64 * 1024> buffer;
};

GzipReader::GzipReader()
    : m_impl(std::make_unique<Impl>())
{
    if (inflateInit2(&m_impl->stream, kGzipWindow) != Z_OK)
        throw std::bad_alloc();
}

GzipReader::~GzipReader()
{
    inflateEnd(&m_impl->stream);
}

Result<> GzipReader::feed(std::string_view packed, const Take& take)
{
    auto& stream = m_impl->stream;
    auto& buffer = m_impl->buffer;
    // zlib never writes to its input.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    do {
        if (stream.avail_in > 0 && m_impl->atEnd) {
            inflateReset(&stream);
            m_impl->atEnd = false;
        }
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        const int state = m_impl->atEnd ? Z_BUF_ERROR : inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
            return broken();
        m_impl->atEnd = m_impl->atEnd || state == Z_STREAM_END;
        const auto size = buffer.size() - stream.avail_out;
        if (size > 0 && !take({buffer.data(), size}))
            return {};
    } while (stream.avail_in > 0 || stream.avail_out == 0);
    return {};
}

Result<> GzipReader::finish() const
{
    return m_impl->atEnd ? Result<>() : Result<>(broken());
}

}
