#include "core/base/hash.h"

#include <openssl/evp.h>
#include <zlib.h>

#include <array>
#include <bit>
#include <cstring>
#include <new>
#include <stdexcept>

namespace core {

namespace {

static_assert(std::endian::native == std::endian::little, "the checksums read eight bytes at a time");

// Fetched once: OpenSSL 3 looks an algorithm up by name at each use of EVP_md5() and its like.
const EVP_MD* digestOf(HashKind kind)
{
    static const EVP_MD* const kMd5 = EVP_MD_fetch(nullptr, "MD5", nullptr);
    static const EVP_MD* const kSha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
    static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    switch (kind) {
    case HashKind::Md5:
        return kMd5;
    case HashKind::Sha1:
        return kSha1;
    case HashKind::Sha256:
        return kSha256;
    }
    return nullptr;
}

class DigestContext {
public:
    DigestContext()
        : m_context(EVP_MD_CTX_new())
    {
        if (!m_context)
            throw std::bad_alloc();
    }
    ~DigestContext() { EVP_MD_CTX_free(m_context); }
    DigestContext(const DigestContext&) = delete;
    DigestContext& operator=(const DigestContext&) = delete;

    void start(HashKind kind)
    {
        if (EVP_DigestInit_ex(m_context, digestOf(kind), nullptr) != 1)
            throw std::runtime_error("this OpenSSL offers no such digest");
    }
    void update(std::string_view bytes) { EVP_DigestUpdate(m_context, bytes.data(), bytes.size()); }
    std::string finish()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> out;
        unsigned int size = 0;
        EVP_DigestFinal_ex(m_context, out.data(), &size);
        return {reinterpret_cast<const char*>(out.data()), size};
    }

private:
    EVP_MD_CTX* m_context;
};

std::string digest(HashKind kind, std::string_view a, std::string_view b = {})
{
    thread_local DigestContext context;
    context.start(kind);
    context.update(a);
    if (!b.empty())
        context.update(b);
    return context.finish();
}

template <typename Word> using Tables = std::array<std::array<Word, 256>, 8>;

// Slicing by eight: table k holds the checksum of a byte followed by k zero bytes.
template <typename Word> constexpr Tables<Word> makeTables(Word reflectedPolynomial)
{
    Tables<Word> tables{};
    for (unsigned byte = 0; byte < 256; ++byte) {
        Word value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) != 0 ? (value >> 1) ^ reflectedPolynomial : value >> 1;
        tables[0][byte] = value;
    }
    for (unsigned k = 1; k < 8; ++k) {
        for (unsigned byte = 0; byte < 256; ++byte) {
            const Word value = tables[k - 1][byte];
            tables[k][byte] = (value >> 8) ^ tables[0][value & 0xff];
        }
    }
    return tables;
}

template <typename Word> Word checksum(const Tables<Word>& tables, std::string_view bytes, Word before)
{
    Word value = ~before;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; at += 8, left -= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        word ^= value;
        value = 0;
        for (unsigned k = 0; k < 8; ++k)
            value ^= tables[7 - k][(word >> (8 * k)) & 0xff];
    }
    for (; left > 0; ++at, --left)
        value = (value >> 8) ^ tables[0][(value ^ static_cast<unsigned char>(*at)) & 0xff];
    return ~value;
}

constinit const auto kCrc32cTables = makeTables<std::uint32_t>(0x82F63B78u);
constinit const auto kCrc64Tables = makeTables<std::uint64_t>(0x9A6C9329AC4BC9B5u);

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<signed char, 256> makeBase64Values()
{
    std::array<signed char, 256> values{};
    values.fill(-1);
    for (signed char i = 0; i < 64; ++i)
        values[static_cast<unsigned char>(kBase64[i])] = i;
    return values;
}

constinit const auto kBase64Values = makeBase64Values();

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

}

struct Hasher::Impl {
    DigestContext context;
};

Hasher::Hasher(HashKind kind)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->context.start(kind);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::string_view bytes)
{
    m_impl->context.update(bytes);
}

std::string Hasher::digest()
{
    return m_impl->context.finish();
}

std::string md5(std::string_view bytes)
{
    return digest(HashKind::Md5, bytes);
}

std::string sha1(std::string_view bytes)
{
    return digest(HashKind::Sha1, bytes);
}

std::string sha256(std::string_view bytes)
{
    return digest(HashKind::Sha256, bytes);
}

// RFC 2104 over the running digest: OpenSSL's own HMAC allocates several objects a call, and a signature
// takes five.
std::string hmacSha256(std::string_view key, std::string_view bytes)
{
    std::string block = key.size() > 64 ? sha256(key) : std::string(key);
    block.resize(64, '\0');
    for (char& c : block)
        c = static_cast<char>(c ^ 0x36);
    const auto inner = digest(HashKind::Sha256, block, bytes);
    for (char& c : block)
        c = static_cast<char>(c ^ 0x36 ^ 0x5c);
    return digest(HashKind::Sha256, block, inner);
}

std::uint32_t crc32(std::string_view bytes, std::uint32_t before)
{
    return static_cast<std::uint32_t>(
        ::crc32_z(before, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

std::uint32_t crc32c(std::string_view bytes, std::uint32_t before)
{
    return checksum(kCrc32cTables, bytes, before);
}

std::uint64_t crc64Nvme(std::string_view bytes, std::uint64_t before)
{
    return checksum(kCrc64Tables, bytes, before);
}

std::uint64_t stableHash(std::string_view bytes)
{
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : bytes) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3u;
    }
    // FNV's high bits hardly change for short keys; this spreads them, since ranges of the hash become
    // partitions.
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdu;
    hash ^= hash >> 33;
    hash *= 0xc4ceb9fe1a85ec53u;
    hash ^= hash >> 33;
    return hash;
}

std::string hex(std::string_view bytes)
{
    constexpr char kDigits[] = "0123456789abcdef";
    std::string out(bytes.size() * 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        out[2 * i] = kDigits[byte >> 4];
        out[2 * i + 1] = kDigits[byte & 15];
    }
    return out;
}

std::optional<std::string> unhex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return std::nullopt;
    std::string out(text.size() / 2, '\0');
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int high = hexValue(text[2 * i]);
        const int low = hexValue(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out[i] = static_cast<char>(high * 16 + low);
    }
    return out;
}

std::string base64(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    const auto byteAt = [&](std::size_t i) -> unsigned {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const unsigned word = byteAt(i) << 16 | byteAt(i + 1) << 8 | byteAt(i + 2);
        out += kBase64[word >> 18];
        out += kBase64[(word >> 12) & 63];
        out += i + 1 < bytes.size() ? kBase64[(word >> 6) & 63] : '=';
        out += i + 2 < bytes.size() ? kBase64[word & 63] : '=';
    }
    return out;
}

std::optional<std::string> unbase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    std::string out;
    out.reserve(text.size() / 4 * 3);
    unsigned word = 0;
    unsigned bits = 0;
    for (const char c : text.substr(0, text.size() - padding)) {
        const int value = kBase64Values[static_cast<unsigned char>(c)];
        if (value < 0)
            return std::nullopt;
        word = word << 6 | static_cast<unsigned>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(word >> bits & 0xff);
        }
    }
    // AWS refuses a last character whose unused bits are set.
    if ((word & ((1u << bits) - 1)) != 0)
        return std::nullopt;
    return out;
}

}
