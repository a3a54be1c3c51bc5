#include "core/s3/checksum.h"

#include "core/base/text.h"

#include <array>

namespace core::s3 {

namespace {

struct AlgorithmRow {
    std::string_view name;
    std::string_view header;
    std::string_view member;
    std::size_t bytes;
};

constexpr std::array<AlgorithmRow, 5> kRows{{
    {"CRC32", "x-amz-checksum-crc32", "ChecksumCRC32", 4},
    {"CRC32C", "x-amz-checksum-crc32c", "ChecksumCRC32C", 4},
    {"CRC64NVME", "x-amz-checksum-crc64nvme", "ChecksumCRC64NVME", 8},
    {"SHA1", "x-amz-checksum-sha1", "ChecksumSHA1", 20},
    {"SHA256", "x-amz-checksum-sha256", "ChecksumSHA256", 32},
}};

const AlgorithmRow& row(ChecksumAlgorithm algorithm)
{
    return kRows[static_cast<std::size_t>(algorithm)];
}

std::string bigEndian(std::uint64_t value, std::size_t bytes)
{
    std::string out(bytes, '\0');
    for (std::size_t i = bytes; i-- > 0; value >>= 8)
        out[i] = static_cast<char>(value & 0xff);
    return out;
}

std::uint64_t fromBigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char c : bytes)
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

// Reflected CRC arithmetic over GF(2): the highest bit of a value is x^0.
struct CrcField {
    std::uint64_t polynomial;
    std::uint64_t one; // x^0

    std::uint64_t multiply(std::uint64_t a, std::uint64_t b) const
    {
        std::uint64_t product = 0;
        for (std::uint64_t bit = one; bit != 0; bit >>= 1) {
            if (a & bit)
                product ^= b;
            b = (b & 1) ? (b >> 1) ^ polynomial : b >> 1;
        }
        return product;
    }

    // x^(8·bytes), by squaring.
    std::uint64_t shift(std::uint64_t bytes) const
    {
        std::uint64_t result = one;
        std::uint64_t power = one >> 8; // x^8
        for (; bytes != 0; bytes >>= 1) {
            if (bytes & 1)
                result = multiply(power, result);
            power = multiply(power, power);
        }
        return result;
    }
};

CrcField fieldOf(ChecksumAlgorithm algorithm)
{
    switch (algorithm) {
    case ChecksumAlgorithm::Crc32:
        return {0xedb88320u, std::uint64_t{1} << 31};
    case ChecksumAlgorithm::Crc32c:
        return {0x82f63b78u, std::uint64_t{1} << 31};
    default:
        return {0x9a6c9329ac4bc9b5u, std::uint64_t{1} << 63};
    }
}

}

std::string_view checksumName(ChecksumAlgorithm algorithm)
{
    return row(algorithm).name;
}

std::string_view checksumHeader(ChecksumAlgorithm algorithm)
{
    return row(algorithm).header;
}

std::string_view checksumMember(ChecksumAlgorithm algorithm)
{
    return row(algorithm).member;
}

std::size_t checksumBytes(ChecksumAlgorithm algorithm)
{
    return row(algorithm).bytes;
}

bool isCrc(ChecksumAlgorithm algorithm)
{
    return algorithm != ChecksumAlgorithm::Sha1 && algorithm != ChecksumAlgorithm::Sha256;
}

std::optional<ChecksumAlgorithm> checksumByName(std::string_view name)
{
    for (const auto algorithm : kChecksumAlgorithms) {
        if (equalsIgnoreCase(checksumName(algorithm), name))
            return algorithm;
    }
    return std::nullopt;
}

std::optional<ChecksumAlgorithm> checksumByHeader(std::string_view header)
{
    for (const auto algorithm : kChecksumAlgorithms) {
        if (equalsIgnoreCase(checksumHeader(algorithm), header))
            return algorithm;
    }
    return std::nullopt;
}

bool isChecksumText(ChecksumAlgorithm algorithm, std::string_view text)
{
    const auto bytes = unbase64(text);
    return bytes && bytes->size() == checksumBytes(algorithm);
}

RunningChecksum::RunningChecksum(ChecksumAlgorithm algorithm)
    : m_algorithm(algorithm)
{
    if (algorithm == ChecksumAlgorithm::Sha1)
        m_hasher.emplace(HashKind::Sha1);
    else if (algorithm == ChecksumAlgorithm::Sha256)
        m_hasher.emplace(HashKind::Sha256);
}

void RunningChecksum::update(std::string_view bytes)
{
    switch (m_algorithm) {
    case ChecksumAlgorithm::Crc32:
        m_crc = crc32(bytes, static_cast<std::uint32_t>(m_crc));
        break;
    case ChecksumAlgorithm::Crc32c:
        m_crc = crc32c(bytes, static_cast<std::uint32_t>(m_crc));
        break;
    case ChecksumAlgorithm::Crc64Nvme:
        m_crc = crc64Nvme(bytes, m_crc);
        break;
    default:
        m_hasher->update(bytes);
    }
}

std::string RunningChecksum::value()
{
    return base64(m_hasher ? m_hasher->digest() : bigEndian(m_crc, checksumBytes(m_algorithm)));
}

std::string combineChecksums(ChecksumAlgorithm algorithm, const std::vector<PartChecksum>& parts)
{
    const CrcField field = fieldOf(algorithm);
    std::uint64_t combined = 0;
    for (const auto& part : parts) {
        const std::uint64_t crc = fromBigEndian(unbase64(part.value).value_or(std::string()));
        combined = field.multiply(field.shift(part.size), combined) ^ crc;
    }
    return base64(bigEndian(combined, checksumBytes(algorithm)));
}

std::string compositeChecksum(ChecksumAlgorithm algorithm, const std::vector<PartChecksum>& parts)
{
    RunningChecksum sum(algorithm);
    for (const auto& part : parts)
        sum.update(unbase64(part.value).value_or(std::string()));
    return sum.value() + '-' + std::to_string(parts.size());
}

}
