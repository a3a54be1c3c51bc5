#pragma once

#include "core/http/message.h"
#include "core/s3/blob_leases.h"
#include "core/s3/range.h"
#include "core/s3/records.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace core::s3 {

// Reads a stretch of an object's body from its files, one open at a time. Holds the object's lease while it
// lives. One thread at a time. A file that is missing or too short is ErrorKind::Io.
class ObjectSource : public http::BodySource {
public:
    ObjectSource(
        const store::BlobStore& blobs, const ObjectRecord& record, ByteRange range, BlobLeases::Lease lease);

    Result<std::size_t> read(std::span<char> into) override;

private:
    struct Piece {
        std::filesystem::path path;
        std::uint64_t offset = 0;
        std::uint64_t length = 0;
    };

    Result<> openNext();

    BlobLeases::Lease m_lease;
    std::vector<Piece> m_pieces;
    std::size_t m_next = 0;
    std::uint64_t m_left = 0; // of the open piece
    std::ifstream m_file;
};

}
