#pragma once

#include "core/base/clock.h"
#include "core/dynamodb/table.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

enum class StreamView { KeysOnly, NewImage, OldImage, NewAndOldImages };
std::string_view viewName(StreamView view); // "KEYS_ONLY", …
std::optional<StreamView> viewNamed(std::string_view name);

// A record's place in its stream: microseconds of the chamber's clock, made distinct and rising. On the wire
// it is a decimal of 21 digits.
using Sequence = std::int64_t;
std::string sequenceText(Sequence sequence);
std::optional<Sequence> parseSequence(std::string_view text);

constexpr Micros kStreamRetention = 24 * 3600 * kSecond;
constexpr Micros kShardLife = 4 * 3600 * kSecond; // then its child goes on
constexpr int kShardSlots = 4; // ranges of the partition keys' hashes

// What changes of a stream while it lives. Changed by the committer thread alone.
struct StreamState {
    std::atomic<Sequence> last = 0; // given to the newest record
    std::atomic<Micros> disabledAt = 0; // 0: enabled
    std::atomic<Sequence> end = 0; // of a disabled stream: behind its last record
};

// One stream of one table: from StreamEnabled to its end, readable for a day longer. Immutable but for its
// state; shared by the table and the streams' store.
struct Stream {
    std::string table;
    std::string tableId;
    std::string region;
    std::string account;
    std::string label;
    StreamView view = StreamView::KeysOnly;
    KeySchema keys;
    Micros createdAt = 0; // also where its sequence begins
    std::shared_ptr<StreamState> state = std::make_shared<StreamState>();

    bool isEnabled() const { return state->disabledAt == 0; }
    bool isGone(Micros now) const { return !isEnabled() && now - state->disabledAt > kStreamRetention; }
    std::string arn() const;
    std::string storeKey() const; // "<region>/<table>/<label>"
    std::string keyspace() const;
};

using StreamPtr = std::shared_ptr<const Stream>;

// A shard holds the records of one range of hashes for four hours. Its name and its bounds follow from the
// stream alone, so nothing of it is stored.
struct Shard {
    int slot = 0;
    std::int64_t generation = 0;
    Sequence from = 0;
    Sequence to = 0; // exclusive
    bool closed = false;
};

std::string shardId(const Stream& stream, int slot, std::int64_t generation);
// Those with records that are not trimmed, in order of their ids.
std::vector<Shard> shardsOf(const Stream& stream, Micros now);
std::optional<Shard> findShard(const Stream& stream, std::string_view id, Micros now);
// The oldest sequence that is not trimmed.
Sequence trimHorizon(Micros now);

int slotOf(std::string_view itemKey);
std::string recordKey(int slot, Sequence sequence);
Sequence sequenceOfRecord(std::string_view recordKey);

}
