#include "core/dynamodb/replica_log.h"

#include "core/dynamodb/big_endian.h"
#include "core/dynamodb/replicator.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace core::dynamodb {

namespace {

constexpr std::string_view kCursors = "dynamodb/replica-cursors"; // by id of the origin and region
constexpr std::size_t kMomentBytes = 8;
constexpr std::size_t kTrimStep = 500;
constexpr char kPuts = 'P';
constexpr char kDeletes = 'D';

std::string logKeyspace(const Table& table)
{
    return "dynamodb/replica-log/" + table.region + "/" + table.id;
}

std::string stampKeyspace(const Table& table)
{
    return "dynamodb/replica-stamps/" + table.region + "/" + table.id;
}

std::string deleteKeyspace(const Table& table)
{
    return "dynamodb/replica-deletes/" + table.region + "/" + table.id;
}

std::string bytesOf(Micros moment)
{
    return bigEndian(static_cast<std::uint64_t>(moment));
}

Micros momentIn(std::string_view bytes)
{
    return static_cast<Micros>(readBigEndian(bytes.substr(0, kMomentBytes)));
}

std::string cursorKey(const Table& origin, std::string_view region)
{
    return origin.id + "/" + std::string(region);
}

// When it was accepted, length of the key, the key, what becomes of it, the text.
std::string packed(Micros acceptedAt, std::string_view key, const std::optional<std::string_view>& text)
{
    auto value = bytesOf(acceptedAt) + bytesOf(static_cast<Micros>(key.size())) + std::string(key);
    value += text ? kPuts : kDeletes;
    if (text)
        value += *text;
    return value;
}

LoggedWrite unpacked(std::string_view moment, std::string_view value)
{
    LoggedWrite write;
    write.moment = momentIn(moment);
    write.acceptedAt = momentIn(value);
    const auto length = static_cast<std::size_t>(momentIn(value.substr(kMomentBytes)));
    const auto rest = value.substr(2 * kMomentBytes);
    write.key = rest.substr(0, length);
    if (rest[length] == kPuts)
        write.text = std::string(rest.substr(length + 1));
    return write;
}

}

std::optional<Stamp> stampOf(store::Reader& reader, const Table& table, std::string_view key)
{
    const auto text = reader.get(stampKeyspace(table), key);
    if (!text)
        return std::nullopt;
    return Stamp{momentIn(*text), text->substr(kMomentBytes)};
}

void putStamp(store::Transaction& transaction, const Table& table, std::string_view key, const Stamp& stamp,
    const std::optional<Stamp>& known, bool deletes)
{
    transaction.put(stampKeyspace(table), key, bytesOf(stamp.moment) + stamp.region);
    if (known)
        transaction.erase(deleteKeyspace(table), bytesOf(known->moment) + std::string(key));
    if (deletes)
        transaction.put(deleteKeyspace(table), bytesOf(stamp.moment) + std::string(key), {});
}

void logWrite(store::Transaction& transaction, const Table& table, std::string_view key,
    const std::optional<std::string_view>& text)
{
    const auto now = table.now();
    const auto known = stampOf(transaction, table, key);
    const auto moment = table.state->replicator->accept(table, now, known ? known->moment + 1 : Micros{0});
    putStamp(transaction, table, key, {moment, table.region}, known, !text);
    transaction.put(logKeyspace(table), bytesOf(moment), packed(now, key, text));
}

void readLog(
    store::Reader& reader, const Table& table, Micros moment, const std::function<bool(LoggedWrite&&)>& visit)
{
    reader.scan(logKeyspace(table), {bytesOf(moment + 1), {}}, store::Direction::Forward,
        [&visit](std::string_view key, std::string_view value) { return visit(unpacked(key, value)); });
}

Micros newestMoment(store::Reader& reader, const Table& table)
{
    Micros newest = 0;
    reader.scan(logKeyspace(table), store::Range::all(), store::Direction::Backward,
        [&newest](std::string_view key, std::string_view) {
            newest = momentIn(key);
            return false;
        });
    return newest;
}

Micros cursorOf(store::Reader& reader, const Table& origin, std::string_view region)
{
    const auto text = reader.get(kCursors, cursorKey(origin, region));
    return text ? momentIn(*text) : 0;
}

void putCursor(store::Transaction& transaction, const Table& origin, std::string_view region, Micros moment)
{
    transaction.createKeyspace(kCursors);
    transaction.put(kCursors, cursorKey(origin, region), bytesOf(moment));
}

void eraseCursor(store::Transaction& transaction, const Table& origin, std::string_view region)
{
    transaction.erase(kCursors, cursorKey(origin, region));
}

void trimLog(store::Transaction& transaction, const Table& table)
{
    auto read = newestMoment(transaction, table) - 1;
    for (const auto& replica : table.replicas)
        read = std::min(read, cursorOf(transaction, table, replica.region));
    std::vector<std::string> old;
    transaction.scan(logKeyspace(table), {{}, bytesOf(std::max<Micros>(0, read + 1))},
        store::Direction::Forward, [&old](std::string_view key, std::string_view) {
            old.emplace_back(key);
            return old.size() < kTrimStep;
        });
    for (const auto& key : old)
        transaction.erase(logKeyspace(table), key);
}

void readDeletes(
    store::Reader& reader, const Table& table, std::string_view place, const DeleteVisitor& visit)
{
    const store::Range range{place.empty() ? std::string() : std::string(place) + '\0', {}};
    reader.scan(deleteKeyspace(table), range, store::Direction::Forward,
        [&visit](std::string_view at, std::string_view) { return visit(at, at.substr(kMomentBytes)); });
}

bool trimDeletes(store::Transaction& transaction, const Table& table, Micros moment)
{
    std::vector<std::string> old;
    transaction.scan(deleteKeyspace(table), {{}, bytesOf(moment)}, store::Direction::Forward,
        [&old](std::string_view place, std::string_view) {
            old.emplace_back(place);
            return old.size() < kTrimStep;
        });
    for (const auto& place : old) {
        const auto key = std::string_view(place).substr(kMomentBytes);
        transaction.erase(deleteKeyspace(table), place);
        transaction.erase(stampKeyspace(table), key);
    }
    return old.size() == kTrimStep;
}

void createReplicationKeyspaces(store::Transaction& transaction, const Table& table)
{
    for (const auto& keyspace : {logKeyspace(table), stampKeyspace(table), deleteKeyspace(table)})
        transaction.createKeyspace(keyspace);
}

void forgetReplication(store::Transaction& transaction, const Table& table)
{
    for (const auto& keyspace : {logKeyspace(table), stampKeyspace(table), deleteKeyspace(table)})
        transaction.dropKeyspace(keyspace);
    for (const auto& replica : table.replicas)
        eraseCursor(transaction, table, replica.region);
}

}
