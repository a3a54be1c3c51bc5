#include "core/s3/object_source.h"

#include <algorithm>

namespace core::s3 {

ObjectSource::ObjectSource(
    const store::BlobStore& blobs, const ObjectRecord& record, ByteRange range, BlobLeases::Lease lease)
    : m_lease(std::move(lease))
{
    std::uint64_t start = 0;
    std::uint64_t left = range.length;
    for (const auto& segment : record.segments) {
        const std::uint64_t end = start + segment.size;
        if (left > 0 && range.first < end && !segment.blob.empty()) {
            const std::uint64_t offset = std::max(range.first, start) - start;
            const std::uint64_t length = std::min(segment.size - offset, left);
            m_pieces.push_back({blobs.path(segment.blob), offset, length});
            left -= length;
        }
        start = end;
    }
}

Result<> ObjectSource::openNext()
{
    const Piece& piece = m_pieces[m_next++];
    m_file.close();
    m_file.clear();
    // The server reads in large pieces: a buffer in between would only copy.
    m_file.rdbuf()->pubsetbuf(nullptr, 0);
    m_file.open(piece.path, std::ios::binary);
    m_file.seekg(static_cast<std::streamoff>(piece.offset));
    if (!m_file)
        return fail(ErrorKind::Io, "InternalError", "The file of this object's body cannot be read");
    m_left = piece.length;
    return {};
}

Result<std::size_t> ObjectSource::read(std::span<char> into)
{
    while (m_left == 0) {
        if (m_next == m_pieces.size())
            return std::size_t{0};
        CORE_CHECK(openNext());
    }
    const auto wanted = static_cast<std::streamsize>(std::min<std::uint64_t>(m_left, into.size()));
    m_file.read(into.data(), wanted);
    if (m_file.gcount() != wanted)
        return fail(
            ErrorKind::Io, "InternalError", "The file of this object's body is shorter than its record says");
    m_left -= static_cast<std::uint64_t>(wanted);
    return static_cast<std::size_t>(wanted);
}

}
