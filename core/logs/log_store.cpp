#include "core/logs/log_store.h"

#include "core/aws/json_text.h"
#include "core/base/text.h"
#include "core/logs/filter_store.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace core::logs {

namespace {

using nlohmann::json;
using store::Range;

// A group's name holds no NUL (its pattern forbids it), a stream's neither.
constexpr char kSeparator = '\0';

std::string groupKey(const GroupRef& ref)
{
    return ref.region + '/' + ref.group;
}

std::string streamKey(const GroupRef& ref, std::string_view stream)
{
    return groupKey(ref) + kSeparator + std::string(stream);
}

void appendBigEndian(std::string& key, std::uint64_t number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        key += static_cast<char>(number >> shift & 0xff);
}

std::uint64_t readBigEndian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char byte : bytes.substr(0, 8))
        number = number << 8 | static_cast<unsigned char>(byte);
    return number;
}

std::string eventKey(const GroupRef& ref, std::string_view stream, EventPosition position)
{
    std::string key = streamKey(ref, stream) + kSeparator;
    appendBigEndian(key, static_cast<std::uint64_t>(std::max<std::int64_t>(position.timestamp, 0)));
    appendBigEndian(key, position.sequence);
    return key;
}

LogGroup groupFrom(std::string_view name, std::string_view value)
{
    const auto record = json::parse(value);
    LogGroup group;
    group.name = name;
    group.groupClass = record.value("class", "STANDARD");
    group.created = record.value("created", std::int64_t{0});
    group.storedBytes = record.value("bytes", std::int64_t{0});
    group.retentionDays = record.value("days", 0);
    group.tags = record.value("tags", group.tags);
    group.subscriptionFilters = record.value("subscriptions", 0);
    group.metricFilters = record.value("metrics", 0);
    return group;
}

LogStream streamFrom(std::string_view name, std::string_view value)
{
    const auto record = json::parse(value);
    LogStream stream;
    stream.name = name;
    stream.created = record.value("created", std::int64_t{0});
    stream.firstEvent = record.value("first", std::int64_t{-1});
    stream.lastEvent = record.value("last", std::int64_t{-1});
    stream.lastIngestion = record.value("ingested", std::int64_t{-1});
    stream.events = record.value("events", std::uint64_t{0});
    return stream;
}

// The first key greater than every key that begins with `prefix` + `name` itself.
Range rangeAfter(const std::string& base, std::string_view prefix, std::string_view after)
{
    auto range = Range::prefix(base + std::string(prefix));
    if (!after.empty())
        range.from = std::max(range.from, base + std::string(after) + kSeparator);
    return range;
}

std::string padded(std::uint64_t number)
{
    const auto digits = std::to_string(number);
    return std::string(28 - digits.size(), '0') + digits;
}

std::vector<std::string> keysOf(store::Reader& reader, std::string_view keyspace, const Range& range)
{
    std::vector<std::string> keys;
    reader.scan(keyspace, range, store::Direction::Forward, [&](std::string_view key, std::string_view) {
        keys.emplace_back(key);
        return true;
    });
    return keys;
}

}

std::string groupKeys(const GroupRef& ref)
{
    return groupKey(ref) + kSeparator;
}

std::string EventPosition::text() const
{
    return padded(static_cast<std::uint64_t>(std::max<std::int64_t>(timestamp, 0))) + padded(sequence);
}

std::optional<EventPosition> EventPosition::parse(std::string_view digits)
{
    if (digits.size() != 56
        || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const auto timestamp = parseInteger(digits.substr(0, 28));
    const auto sequence = parseInteger(digits.substr(28));
    if (!timestamp || !sequence)
        return std::nullopt;
    return EventPosition{*timestamp, static_cast<std::uint64_t>(*sequence)};
}

std::int64_t LogGroup::keptSince(std::int64_t now) const
{
    constexpr std::int64_t kDay = 24 * 3600 * 1000;
    return retentionDays == 0 ? 0 : std::max<std::int64_t>(now - retentionDays * kDay, 0);
}

std::optional<LogGroup> readGroup(store::Reader& reader, const GroupRef& ref)
{
    const auto value = reader.get(kGroups, groupKey(ref));
    return value ? std::optional(groupFrom(ref.group, *value)) : std::nullopt;
}

std::optional<LogStream> readStream(store::Reader& reader, const GroupRef& ref, std::string_view stream)
{
    const auto value = reader.get(kStreams, streamKey(ref, stream));
    return value ? std::optional(streamFrom(stream, *value)) : std::nullopt;
}

void scanGroups(store::Reader& reader, std::string_view region, std::string_view prefix,
    std::string_view after, const std::function<bool(LogGroup)>& visit)
{
    const auto base = std::string(region) + '/';
    reader.scan(kGroups, rangeAfter(base, prefix, after), store::Direction::Forward,
        [&](std::string_view key, std::string_view value) {
            return visit(groupFrom(key.substr(base.size()), value));
        });
}

void scanStreams(store::Reader& reader, const GroupRef& ref, std::string_view prefix, std::string_view after,
    const std::function<bool(LogStream)>& visit)
{
    const auto base = groupKey(ref) + kSeparator;
    reader.scan(kStreams, rangeAfter(base, prefix, after), store::Direction::Forward,
        [&](std::string_view key, std::string_view value) {
            return visit(streamFrom(key.substr(base.size()), value));
        });
}

void scanEvents(store::Reader& reader, const GroupRef& ref, std::string_view stream, EventPosition from,
    EventPosition to, store::Direction direction, const std::function<bool(LogEvent)>& visit)
{
    if (to <= from)
        return;
    const auto prefix = streamKey(ref, stream).size() + 1;
    reader.scan(kEvents, {eventKey(ref, stream, from), eventKey(ref, stream, to)}, direction,
        [&](std::string_view key, std::string_view value) {
            LogEvent event;
            event.position = {static_cast<std::int64_t>(readBigEndian(key.substr(prefix))),
                readBigEndian(key.substr(prefix + 8))};
            const auto record = json::parse(value);
            event.ingested = record.at("i");
            event.message = record.at("m");
            return visit(std::move(event));
        });
}

void createKeyspaces(store::Transaction& transaction)
{
    for (const auto keyspace : {kGroups, kStreams, kEvents, kSubscriptionFilters, kMetricFilters})
        transaction.createKeyspace(keyspace);
}

void writeGroup(store::Transaction& transaction, const GroupRef& ref, const LogGroup& group)
{
    json record = {{"created", group.created}, {"class", group.groupClass}, {"bytes", group.storedBytes}};
    if (group.retentionDays > 0)
        record["days"] = group.retentionDays;
    if (!group.tags.empty())
        record["tags"] = group.tags;
    if (group.subscriptionFilters > 0)
        record["subscriptions"] = group.subscriptionFilters;
    if (group.metricFilters > 0)
        record["metrics"] = group.metricFilters;
    // The first group brings the keyspaces, and again after a reset dropped them; what else there is follows
    // a group.
    createKeyspaces(transaction);
    transaction.put(kGroups, groupKey(ref), record.dump());
}

void writeStream(store::Transaction& transaction, const GroupRef& ref, const LogStream& stream)
{
    const json record = {{"created", stream.created}, {"first", stream.firstEvent},
        {"last", stream.lastEvent}, {"ingested", stream.lastIngestion}, {"events", stream.events}};
    transaction.put(kStreams, streamKey(ref, stream.name), record.dump());
}

void writeEvent(
    store::Transaction& transaction, const GroupRef& ref, std::string_view stream, const LogEvent& event)
{
    const json record = {{"i", event.ingested}, {"m", event.message}};
    transaction.put(kEvents, eventKey(ref, stream, event.position), aws::writeJson(record));
}

void eraseStream(store::Transaction& transaction, const GroupRef& ref, std::string_view stream)
{
    const auto key = streamKey(ref, stream);
    for (const auto& event : keysOf(transaction, kEvents, Range::prefix(key + kSeparator)))
        transaction.erase(kEvents, event);
    transaction.erase(kStreams, key);
}

void eraseGroup(store::Transaction& transaction, const GroupRef& ref)
{
    const auto range = Range::prefix(groupKey(ref) + kSeparator);
    for (const auto keyspace : {kEvents, kStreams, kSubscriptionFilters, kMetricFilters}) {
        for (const auto& key : keysOf(transaction, keyspace, range))
            transaction.erase(keyspace, key);
    }
    transaction.erase(kGroups, groupKey(ref));
}

}
