#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace core {

enum class HashKind { Md5, Sha1, Sha256 };

// A running digest; feed it with update(), then digest() gives the raw bytes once.
class Hasher {
public:
    explicit Hasher(HashKind kind);
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    void update(std::string_view bytes);
    std::string digest();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

std::string md5(std::string_view bytes); // 16 raw bytes
std::string sha1(std::string_view bytes); // 20 raw bytes
std::string sha256(std::string_view bytes); // 32 raw bytes
std::string hmacSha256(std::string_view key, std::string_view bytes);

// Running checksums: pass the previous value to continue. They start at 0.
std::uint32_t crc32(std::string_view bytes, std::uint32_t before = 0);
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);
std::uint64_t crc64Nvme(std::string_view bytes, std::uint64_t before = 0);

// A fast, stable, non-cryptographic hash (FNV-1a 64 with a final mix): partition placement, map keys on disk.
std::uint64_t stableHash(std::string_view bytes);

std::string hex(std::string_view bytes); // lower case
std::optional<std::string> unhex(std::string_view text);
std::string base64(std::string_view bytes); // standard alphabet, padded
// Strict: standard alphabet, length a multiple of four, padding right. Nothing else decodes.
std::optional<std::string> unbase64(std::string_view text);

}
