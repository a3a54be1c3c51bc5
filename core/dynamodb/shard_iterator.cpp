#include "core/dynamodb/shard_iterator.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/dynamodb/errors.h"

namespace core::dynamodb {

namespace {

constexpr std::size_t kCheckDigits = 16;

std::string checkOf(std::string_view arn, std::string_view fields)
{
    return hex(sha256(std::string(arn) + "|" + std::string(fields))).substr(0, kCheckDigits);
}

}

std::string ShardIterator::text() const
{
    const auto fields = std::to_string(slot) + ";" + std::to_string(generation) + ";" + std::to_string(from)
        + ";" + (byNumber ? "1" : "0") + ";" + std::to_string(issuedAt);
    return arn + "|1|" + base64(fields + ";" + checkOf(arn, fields));
}

Result<ShardIterator> ShardIterator::parse(std::string_view text)
{
    const auto parts = split(text, '|');
    const auto decoded = parts.size() == 3 && parts[1] == "1" ? unbase64(parts[2]) : std::nullopt;
    const auto fields = split(decoded ? std::string_view(*decoded) : std::string_view(), ';');
    const auto invalid = fail(errors::validation("Invalid ShardIterator"));
    if (fields.size() != 6)
        return invalid;
    const auto known = std::string_view(*decoded).substr(0, decoded->rfind(';'));
    if (fields[5] != checkOf(parts[0], known))
        return invalid;
    const auto number = [&fields](std::size_t at) { return parseInteger(fields[at]).value_or(0); };
    return ShardIterator{
        std::string(parts[0]), static_cast<int>(number(0)), number(1), number(2), number(3) == 1, number(4)};
}

}
