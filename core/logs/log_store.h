#pragma once

#include "core/base/result.h"
#include "core/store/store.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::logs {

// All times are milliseconds since 1970, as on the wire.
struct LogGroup {
    std::string name;
    std::string groupClass = "STANDARD";
    std::int64_t created = 0;
    std::int64_t storedBytes = 0;
    int retentionDays = 0; // 0: for ever
    std::map<std::string, std::string> tags = {};
    // How many the group has (filter_store.h): whoever puts events need not look for them.
    int subscriptionFilters = 0;
    int metricFilters = 0;

    // The time of the oldest events that are still shown.
    std::int64_t keptSince(std::int64_t now) const;
};

struct LogStream {
    std::string name;
    std::int64_t created = 0;
    std::int64_t firstEvent = -1; // -1: no event yet
    std::int64_t lastEvent = -1;
    std::int64_t lastIngestion = -1;
    std::uint64_t events = 0; // ever put: gives each event its sequence
};

// Where an event stands in its stream: by time, then by arrival.
struct EventPosition {
    std::int64_t timestamp = 0;
    std::uint64_t sequence = 0;

    auto operator<=>(const EventPosition&) const = default;
    std::string text() const; // 56 digits
    static std::optional<EventPosition> parse(std::string_view digits);
};

struct LogEvent {
    EventPosition position;
    std::int64_t ingested = 0;
    std::string message;
};

// The names of a log group or a stream in the store.
struct GroupRef {
    std::string region;
    std::string group;
};

inline constexpr std::string_view kGroups = "logs/groups";
inline constexpr std::string_view kStreams = "logs/streams";
inline constexpr std::string_view kEvents = "logs/events";

// Reads. Each takes the reader of one moment, so that what an action reads fits together.
std::optional<LogGroup> readGroup(store::Reader& reader, const GroupRef& ref);
std::optional<LogStream> readStream(store::Reader& reader, const GroupRef& ref, std::string_view stream);
// Groups whose names begin with `prefix` and come after `after`, in order of name; false stops.
void scanGroups(store::Reader& reader, std::string_view region, std::string_view prefix,
    std::string_view after, const std::function<bool(LogGroup)>& visit);
void scanStreams(store::Reader& reader, const GroupRef& ref, std::string_view prefix, std::string_view after,
    const std::function<bool(LogStream)>& visit);
// Events from `from` to before `to`, in order of position (Backward: from the last).
void scanEvents(store::Reader& reader, const GroupRef& ref, std::string_view stream, EventPosition from,
    EventPosition to, store::Direction direction, const std::function<bool(LogEvent)>& visit);

// What begins the keys of whatever belongs to a group.
std::string groupKeys(const GroupRef& ref);

// Changes, on the committer thread. The first group of a chamber makes the keyspaces.
void createKeyspaces(store::Transaction& transaction);
void writeGroup(store::Transaction& transaction, const GroupRef& ref, const LogGroup& group);
void writeStream(store::Transaction& transaction, const GroupRef& ref, const LogStream& stream);
void writeEvent(
    store::Transaction& transaction, const GroupRef& ref, std::string_view stream, const LogEvent& event);
void eraseStream(store::Transaction& transaction, const GroupRef& ref, std::string_view stream);
void eraseGroup(store::Transaction& transaction, const GroupRef& ref);

}
