#include "core/dynamodb/history.h"

#include "core/dynamodb/big_endian.h"

#include <algorithm>
#include <vector>

namespace core::dynamodb {

namespace {

constexpr std::size_t kTrimStep = 500;
constexpr int kLengthBytes = 4;

std::string momentKey(Micros moment)
{
    return bigEndian(static_cast<std::uint64_t>(moment));
}

Micros momentOf(std::string_view key)
{
    return static_cast<Micros>(readBigEndian(key));
}

struct Entry {
    std::string_view key;
    std::string_view before; // "" for none
};

Entry entryOf(std::string_view value)
{
    const auto length = readBigEndian(value.substr(0, kLengthBytes));
    return {value.substr(kLengthBytes, length), value.substr(kLengthBytes + length)};
}

}

std::string historyKeyspace(const Table& table)
{
    return table.keyspace + "//history"; // no index has that name
}

void recordHistory(store::Transaction& transaction, const Table& table, std::string_view itemKey,
    const std::optional<ItemVersion>& before)
{
    auto& last = table.state->lastHistory;
    last = std::max(last + 1, table.now());
    std::string value;
    appendBigEndian(value, itemKey.size(), kLengthBytes);
    value += itemKey;
    if (before)
        value += before->text;
    transaction.put(historyKeyspace(table), momentKey(last), value);
}

bool trimHistory(store::Transaction& transaction, const Table& table, Micros now)
{
    if (table.state->isHeld())
        return false; // somebody reads it
    std::vector<std::string> old;
    const auto kept = Micros{table.history->days} * 24 * 3600 * kSecond;
    transaction.scan(historyKeyspace(table), {{}, momentKey(std::max<Micros>(0, now - kept))},
        store::Direction::Forward, [&old](std::string_view key, std::string_view) {
            old.emplace_back(key);
            return old.size() < kTrimStep;
        });
    for (const auto& key : old)
        transaction.erase(historyKeyspace(table), key);
    return old.size() == kTrimStep;
}

Micros lastHistory(store::Reader& reader, const Table& table)
{
    Micros last = 0;
    reader.scan(historyKeyspace(table), store::Range::all(), store::Direction::Backward,
        [&last](std::string_view key, std::string_view) {
            last = momentOf(key);
            return false;
        });
    return last;
}

void eachChangeBackwards(
    store::Reader& reader, const Table& table, Micros after, Micros upTo, const BackwardsVisitor& visit)
{
    if (upTo <= after)
        return;
    reader.scan(historyKeyspace(table), {momentKey(after + 1), momentKey(upTo + 1)},
        store::Direction::Backward, [&visit](std::string_view key, std::string_view value) {
            const auto entry = entryOf(value);
            return visit(momentOf(key), entry.key, entry.before);
        });
}

}
