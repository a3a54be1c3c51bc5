#include "core/dynamodb/time_to_live.h"

#include "core/base/text.h"
#include "core/dynamodb/big_endian.h"

namespace core::dynamodb {

namespace {

constexpr std::size_t kSecondsBytes = 8;
constexpr std::size_t kMostDigits = 12; // beyond that lies no moment that anybody waits for

std::optional<std::string> keyOf(
    std::optional<ItemVersion>& version, const TimeToLive& timeToLive, std::string_view itemKey)
{
    return version ? expiryKey(version->attributes(), timeToLive, itemKey) : std::nullopt;
}

}

std::optional<std::string> expiryKey(
    const Attributes& item, const TimeToLive& timeToLive, std::string_view itemKey)
{
    const auto* value = item.find(timeToLive.attribute);
    if (!value || value->type() != AttributeType::N)
        return std::nullopt;
    const auto whole = std::string_view(value->text()).substr(0, value->text().find('.'));
    const auto seconds = whole.size() <= kMostDigits ? parseInteger(whole) : std::nullopt;
    if (!seconds || *seconds <= 0)
        return std::nullopt;
    return expiryBound(*seconds) + std::string(itemKey);
}

std::string expiryBound(std::int64_t seconds)
{
    return bigEndian(static_cast<std::uint64_t>(seconds));
}

std::string_view itemOfExpiry(std::string_view expiryKey)
{
    return expiryKey.substr(kSecondsBytes);
}

void writeExpiry(store::Transaction& transaction, const TimeToLive& timeToLive, std::string_view itemKey,
    std::optional<ItemVersion>& before, std::optional<ItemVersion>& after)
{
    if (timeToLive.backfill && !timeToLive.backfill->hasReached(itemKey))
        return;
    const auto old = keyOf(before, timeToLive, itemKey);
    const auto fresh = keyOf(after, timeToLive, itemKey);
    if (old == fresh)
        return;
    if (old)
        transaction.erase(timeToLive.keyspace, *old);
    if (fresh)
        transaction.put(timeToLive.keyspace, *fresh, {});
}

}
