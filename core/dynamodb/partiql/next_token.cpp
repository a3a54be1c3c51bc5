#include "core/dynamodb/partiql/next_token.h"

#include "core/base/hash.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/partiql/statement_errors.h"

namespace core::dynamodb::partiql {

namespace {

constexpr char kVersion = '1';
constexpr Micros kLifetime = 3600 * kSecond;
constexpr std::size_t kHead = 1 + 8 + 8 + 4; // version, digest, time, read
constexpr std::size_t kSum = 8;

void append(std::string& bytes, std::uint64_t value, int count)
{
    for (int i = count - 1; i >= 0; --i)
        bytes += static_cast<char>((value >> (8 * i)) & 0xFF);
}

std::uint64_t take(std::string_view& bytes, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    bytes.remove_prefix(count);
    return value;
}

}

std::uint64_t requestDigest(std::string_view region, std::string_view statement, const Parameters& parameters)
{
    std::string text(region);
    text += '\n';
    text += statement;
    for (const auto& parameter : parameters) {
        text += '\n';
        encode(text, parameter);
    }
    return stableHash(text);
}

std::string tokenOf(const ReadPlace& place, std::uint64_t digest, Micros now)
{
    std::string bytes(1, kVersion);
    append(bytes, digest, 8);
    append(bytes, static_cast<std::uint64_t>(now), 8);
    append(bytes, place.read, 4);
    bytes += place.row;
    append(bytes, stableHash(bytes), 8);
    return base64(bytes);
}

Result<ReadPlace> placeOf(std::string_view token, std::uint64_t digest, Micros now)
{
    const auto decoded = unbase64(token);
    if (!decoded || decoded->size() < kHead + kSum || decoded->front() != kVersion)
        return fail(errors::invalidToken());
    std::string_view bytes = *decoded;
    auto sum = bytes.substr(bytes.size() - kSum);
    bytes.remove_suffix(kSum);
    if (take(sum, kSum) != stableHash(bytes))
        return fail(errors::invalidToken());
    bytes.remove_prefix(1);
    if (take(bytes, 8) != digest)
        return fail(errors::tokenOfOtherRequest());
    if (now - static_cast<Micros>(take(bytes, 8)) >= kLifetime)
        return fail(errors::invalid("Given NextToken has already expired"));
    ReadPlace place;
    place.read = static_cast<std::uint32_t>(take(bytes, 4));
    place.row = bytes;
    return place;
}

}
