#pragma once

#include "core/base/clock.h"
#include "core/s3/checksum.h"
#include "core/s3/range.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the store keeps of buckets, objects and uploads: plain values, written as JSON so that a person can
// read them.
namespace core::s3 {

struct BucketRecord {
    std::string region;
    std::string owner; // account
    Micros created = 0;

    std::string text() const;
    static BucketRecord parse(std::string_view text);
};

// One file of an object's body; objects that came in parts have one a part.
struct Segment {
    std::string blob; // "" when the part is empty
    std::uint64_t size = 0;
    std::string checksum; // of the part, base64; "" unless the object came in parts
};

enum class ChecksumType { FullObject, Composite };
std::string_view checksumTypeName(ChecksumType type); // "FULL_OBJECT"

struct ObjectChecksum {
    ChecksumAlgorithm algorithm = ChecksumAlgorithm::Crc64Nvme;
    ChecksumType type = ChecksumType::FullObject;
    std::string value; // base64, with "-<parts>" for COMPOSITE
};

// What a client says about an object and gets back with it.
struct ObjectHeaders {
    // Under their wire names in S3's API: ContentType, ContentEncoding, ContentDisposition, ContentLanguage,
    // CacheControl, Expires, WebsiteRedirectLocation, ServerSideEncryption.
    std::map<std::string, std::string> standard;
    std::map<std::string, std::string> metadata; // names without x-amz-meta-, lower case
    std::string storageClass = "STANDARD";
};

struct ObjectRecord {
    std::uint64_t size = 0;
    std::string etag; // without quotes
    Micros modified = 0;
    std::string owner;
    ObjectHeaders headers;
    std::optional<ObjectChecksum> checksum;
    std::vector<Segment> segments;
    bool multipart = false;

    std::vector<std::string> blobs() const;
    std::string text() const;
    static ObjectRecord parse(std::string_view text);
};

struct UploadRecord {
    std::string id;
    std::string key;
    Micros initiated = 0;
    std::string owner;
    ObjectHeaders headers;
    std::optional<ChecksumAlgorithm>
        algorithm; // as asked for; the default is CRC64NVME over the whole object
    ChecksumType checksumType = ChecksumType::FullObject;

    std::string text() const;
    static UploadRecord parse(std::string_view text);
};

struct PartRecord {
    int number = 0;
    std::uint64_t size = 0;
    std::string etag; // hex MD5
    Micros modified = 0;
    std::string blob; // "" when empty
    ChecksumAlgorithm algorithm = ChecksumAlgorithm::Crc64Nvme;
    std::string checksum; // base64

    std::string text() const;
    static PartRecord parse(std::string_view text);
};

}
