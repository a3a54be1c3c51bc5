#pragma once

#include "core/base/hash.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::s3 {

enum class ChecksumAlgorithm { Crc32, Crc32c, Crc64Nvme, Sha1, Sha256 };

inline constexpr ChecksumAlgorithm kChecksumAlgorithms[] = {ChecksumAlgorithm::Crc32,
    ChecksumAlgorithm::Crc32c, ChecksumAlgorithm::Crc64Nvme, ChecksumAlgorithm::Sha1,
    ChecksumAlgorithm::Sha256};

std::string_view checksumName(ChecksumAlgorithm algorithm); // "CRC64NVME"
std::string_view checksumHeader(ChecksumAlgorithm algorithm); // "x-amz-checksum-crc64nvme"
std::string_view checksumMember(ChecksumAlgorithm algorithm); // "ChecksumCRC64NVME"
std::size_t checksumBytes(ChecksumAlgorithm algorithm);
bool isCrc(ChecksumAlgorithm algorithm);
std::optional<ChecksumAlgorithm> checksumByName(std::string_view name); // any case
std::optional<ChecksumAlgorithm> checksumByHeader(std::string_view header); // any case

// Whether `text` is the base64 of as many bytes as the algorithm gives.
bool isChecksumText(ChecksumAlgorithm algorithm, std::string_view text);

// A checksum over bytes as they come; value() ends it.
class RunningChecksum {
public:
    explicit RunningChecksum(ChecksumAlgorithm algorithm);
    void update(std::string_view bytes);
    std::string value(); // base64 of the big-endian checksum

private:
    ChecksumAlgorithm m_algorithm;
    std::uint64_t m_crc = 0;
    std::optional<Hasher> m_hasher;
};

struct PartChecksum {
    std::string value; // base64
    std::uint64_t size = 0;
};

// The checksum of a whole object from those of its parts: FULL_OBJECT, CRCs only.
std::string combineChecksums(ChecksumAlgorithm algorithm, const std::vector<PartChecksum>& parts);
// The checksum of the parts' checksums, with "-<count>" behind it: COMPOSITE.
std::string compositeChecksum(ChecksumAlgorithm algorithm, const std::vector<PartChecksum>& parts);

}
