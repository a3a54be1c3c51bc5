#include "core/dynamodb/replica_delivery.h"

#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/row_page.h"
#include "core/dynamodb/stored_item.h"

#include <limits>
#include <utility>
#include <vector>

namespace core::dynamodb {

namespace {

// Reads what has arrived, as far as it fits.
std::vector<LoggedWrite> arrived(
    store::Reader& reader, const Table& origin, const Table& target, Micros now, Arrivals& arrivals)
{
    std::vector<LoggedWrite> writes;
    StepBounds bounds;
    const auto delay = replicationDelay(origin.region, target.region);
    readLog(reader, origin, cursorOf(reader, origin, target.region), [&](LoggedWrite&& write) {
        if (write.acceptedAt > now - delay) {
            arrivals.next = write.acceptedAt + delay;
            return false;
        }
        if (!bounds.takes(write.key.size() + (write.text ? write.text->size() : 0))) {
            arrivals.more = true;
            return false;
        }
        writes.push_back(std::move(write));
        return true;
    });
    return writes;
}

std::string keyTextOf(store::Reader& reader, const Table& target, const LoggedWrite& write)
{
    if (write.text)
        return keyText(decodeStored(*write.text), target);
    auto item = readItem(reader, target, write.key);
    return item ? keyText(item->attributes(), target) : std::string("a deleted item");
}

}

bool applyWrite(store::Transaction& transaction, const TablePtr& target, std::string_view key,
    const std::optional<std::string>& text, const Stamp& stamp, ItemWriter& writer)
{
    const auto known = stampOf(transaction, *target, key);
    if (known && *known >= stamp)
        return false;
    auto before = readItem(transaction, *target, key);
    std::optional<ItemVersion> after;
    if (text)
        after = ItemVersion{*text, sizeOfStored(*text), {}};
    writer.write(transaction, target, key, before, after);
    if (stamp.moment != 0)
        putStamp(transaction, *target, key, stamp, known, !text);
    return true;
}

Arrivals deliver(store::Transaction& transaction, const TablePtr& origin, const TablePtr& target, Micros now,
    ItemWriter& writer)
{
    Arrivals arrivals;
    const auto writes = arrived(transaction, *origin, *target, now, arrivals);
    if (writes.empty())
        return arrivals;
    arrivals.oldest = writes.front().acceptedAt;
    for (const auto& write : writes) {
        auto& first = arrivals.firstApplied;
        const auto name = first.empty() || arrivals.firstOlder.empty()
            ? keyTextOf(transaction, *target, write)
            : std::string();
        const bool wrote =
            applyWrite(transaction, target, write.key, write.text, {write.moment, origin->region}, writer);
        ++(wrote ? arrivals.applied : arrivals.older);
        auto& shown = wrote ? first : arrivals.firstOlder;
        if (shown.empty())
            shown = name;
    }
    putCursor(transaction, *origin, target->region, writes.back().moment);
    trimLog(transaction, *origin);
    return arrivals;
}

Arrivals deliverAhead(
    store::Transaction& transaction, const TablePtr& origin, const TablePtr& target, ItemWriter& writer)
{
    return deliver(transaction, origin, target, std::numeric_limits<Micros>::max(), writer);
}

}
