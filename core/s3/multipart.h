#pragma once

#include "core/base/result.h"
#include "core/s3/records.h"

#include <string>
#include <string_view>
#include <vector>

// How the parts of an upload become an object: pure.
namespace core::s3 {

inline constexpr std::uint64_t kMinPartSize = 5 << 20; // of every part but the last
inline constexpr int kMaxPartNumber = 10'000;

struct WantedPart {
    int number = 0;
    std::string etag; // without quotes
    std::string checksum; // "" when not given
};

std::string unquotedEtag(std::string_view etag);

// FULL_OBJECT or COMPOSITE, as asked or the algorithm's usual one. Error: InvalidRequest when they do not go
// together.
Result<ChecksumType> checksumTypeFor(ChecksumAlgorithm algorithm, std::string_view wanted);

// The record of the object; `modified` is left to the caller. Errors: InvalidPart, InvalidPartOrder,
// EntityTooSmall, InvalidRequest when a COMPOSITE upload is completed without the checksums of its parts.
Result<ObjectRecord> assembleObject(
    const UploadRecord& upload, const std::vector<PartRecord>& parts, const std::vector<WantedPart>& wanted);

}
