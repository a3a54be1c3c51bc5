#pragma once

#include "core/base/hash.h"
#include "core/http/message.h"
#include "core/s3/aws_chunked_decoder.h"
#include "core/s3/checksum.h"
#include "core/store/blob_store.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace core::s3 {

inline constexpr std::uint64_t kMaxSinglePut = std::uint64_t{5} << 30;

// What the head of an upload says about its body.
struct BodyClaims {
    bool chunked = false; // aws-chunked framing around the bytes
    std::optional<std::uint64_t> decodedLength; // x-amz-decoded-content-length
    std::string md5; // Content-MD5 as sent, "" when absent
    std::string payloadSha256; // x-amz-content-sha256 when it is a hash, lower case
    std::optional<ChecksumAlgorithm> algorithm; // of x-amz-checksum-…, in the head or announced as a trailer
    std::string checksum; // its value; "" when it comes as a trailer
    bool checksumInTrailer = false;

    // Errors: InvalidDigest, InvalidRequest, EntityTooLarge, NotImplemented for checksums that the chamber
    // lacks.
    static Result<BodyClaims> parse(const http::Headers& headers);
    // As above, with the checksum that a presigned URL carries in its query.
    static Result<BodyClaims> parse(const http::Request& head);
};

// A body that was received and stands in the blob store under `blob` ("" for an empty one), but in no record
// yet.
struct StoredBody {
    std::string blob;
    std::uint64_t size = 0;
    std::string md5; // raw
    ChecksumAlgorithm algorithm = ChecksumAlgorithm::Crc64Nvme;
    std::string checksum; // base64
    std::string verified; // in words: what the client claimed and was found right
};

// Receives the body of PutObject or UploadPart in constant memory: takes off the framing, counts, hashes,
// writes to a blob. What is wrong with the body is said by finish(), not by write(), so that it reaches the
// client as S3's error. Owned by the request; write() on its I/O thread, then finish() on a pool thread.
// Dropped before finish() the blob goes away.
class ObjectSink : public http::BodySink {
public:
    // `fallback`: the checksum to compute when the client names none.
    ObjectSink(store::BlobStore& blobs, Result<BodyClaims> claims,
        ChecksumAlgorithm fallback = ChecksumAlgorithm::Crc64Nvme, std::uint64_t limit = kMaxSinglePut);

    Result<> write(std::string_view bytes) override;
    // Verifies and keeps the body, once.
    Result<StoredBody> finish();
    // Whether the client named a checksum algorithm.
    std::optional<ChecksumAlgorithm> claimedAlgorithm() const { return m_claims.algorithm; }

private:
    void take(std::string_view bytes);
    Result<StoredBody> verify();
    Result<> checkChecksum(StoredBody& body) const;
    Result<> checkDigests(StoredBody& body);

    store::BlobStore& m_blobs;
    BodyClaims m_claims;
    ChecksumAlgorithm m_fallback;
    std::uint64_t m_limit;
    std::optional<Error> m_error;
    std::unique_ptr<store::BlobWriter> m_writer;
    AwsChunkedDecoder m_decoder;
    Hasher m_md5{HashKind::Md5};
    std::optional<Hasher> m_sha256;
    RunningChecksum m_checksum;
    std::uint64_t m_size = 0;
};

}
