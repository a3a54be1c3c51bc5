#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/dynamodb/attribute_value.h"
#include "core/dynamodb/recent_images.h"
#include "core/dynamodb/throughput_switch.h"

#include <nlohmann/json_fwd.hpp>

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::dynamodb {

struct KeyAttribute {
    std::string name; // "" for no such key
    AttributeType type = AttributeType::S;
};

struct KeySchema {
    KeyAttribute hash;
    KeyAttribute range;
    // The rest of a global index's multi-attribute key: what is hashed together with `hash`, what sorts
    // behind `range`.
    std::vector<KeyAttribute> moreHashes = {};
    std::vector<KeyAttribute> moreRanges = {};

    bool hasRange() const { return !range.name.empty(); }
    bool hasSeveralOfAKind() const { return !moreHashes.empty() || !moreRanges.empty(); }
    bool contains(std::string_view attribute) const;
    std::size_t size() const;
    // In the schema's order.
    std::vector<const KeyAttribute*> hashes() const;
    std::vector<const KeyAttribute*> ranges() const;

    // Calls visit(attribute, isHash) for each attribute in the schema's order, until it answers false.
    // Answers whether it never did.
    template <typename Visit> bool each(Visit visit) const
    {
        if (!visit(hash, true))
            return false;
        for (const auto& key : moreHashes) {
            if (!visit(key, true))
                return false;
        }
        if (hasRange() && !visit(range, false))
            return false;
        for (const auto& key : moreRanges) {
            if (!visit(key, false))
                return false;
        }
        return true;
    }
};

struct Throughput {
    std::int64_t read = 0;
    std::int64_t write = 0;
};

enum class ProjectionType { KeysOnly, Include, All };

// What is counted of a table or an index.
struct Counter {
    std::atomic<std::int64_t> items = 0;
    std::atomic<std::int64_t> bytes = 0;
};

// How far an index made of a table with items in it has been filled. Writes to items behind the cursor leave
// the index alone: the filling comes to them. Changed by the committer thread alone.
struct Backfill {
    std::string cursor; // key of the last item that is in
    std::atomic<bool> done = false; // and durable

    bool hasReached(std::string_view itemKey) const { return done || itemKey <= cursor; }
};

// A status that passes at a moment on the chamber's clock.
enum class Phase { Creating, Updating, Deleting };
constexpr Micros kUntilAnswered = std::numeric_limits<Micros>::max();

struct Transition {
    Phase phase = Phase::Creating;
    Micros until = 0;

    static Transition begin(Phase phase, Micros now, Micros duration)
    {
        return {phase, duration > 0 ? now + duration : 0};
    }
    bool isOver(Micros now) const { return now >= until; }
};

std::string_view statusOf(const Transition& transition, Micros now);

struct Index {
    std::string name;
    bool global = true;
    KeySchema keys;
    ProjectionType projection = ProjectionType::All;
    std::vector<std::string> nonKeyAttributes;
    Throughput throughput;
    std::string keyspace;
    Transition transition;
    std::shared_ptr<Counter> counter;
    std::shared_ptr<Backfill> backfill; // null once all items are in

    bool isFilling() const { return backfill && !backfill->done; }
    bool servesReads(Micros now) const
    {
        return !isFilling() && (transition.phase != Phase::Creating || transition.isOver(now));
    }
};

// Items whose attribute holds a moment in the past are deleted.
struct TimeToLive {
    std::string attribute;
    std::string keyspace; // the moments, in order
    std::shared_ptr<Backfill> backfill; // null once all items are in
};

// What items were before each change is kept for some days: point-in-time recovery.
struct History {
    int days = 35;
    Micros since = 0;
};

// Another replica of the global table that a table belongs to, as this one knows it.
struct Replica {
    std::string region;
    Transition transition;
    std::string overrides; // JSON of its own settings; "" for none
    Micros sourcedAt = 0; // when it was made from this table; 0: from another
};

class Replicator;
class HeldMoment;
struct Stream;
struct Table;

// What changes while a table lives, shared by all descriptors of it. Changed by the committer thread alone.
struct TableState {
    std::atomic<bool> dropped = false;
    std::atomic<bool> counted = false; // whether the counters are known
    std::atomic<bool> snapshotStored =
        false; // whether the store holds counters that the next write makes stale
    Counter table;
    const Clock* clock = nullptr; // the chamber's, once published
    Micros lastHistory = 0; // number of the newest entry
    ThroughputSwitch throughput;
    RecentImages recent; // for reads of replicas that lag behind
    Replicator* replicator = nullptr; // the service's, once published

    // The newest descriptor that was applied. A request that began before a change of the table holds an
    // older one; what it writes must follow the newest: TableStore::newest. Each one that is set is settled
    // once it is durable, or withdrawn when it will not be.
    void setLatest(std::shared_ptr<const Table> newest);
    void settle(const std::shared_ptr<const Table>& durable);
    void withdraw(const std::shared_ptr<const Table>& lost);
    std::shared_ptr<const Table> latest(const std::shared_ptr<const Table>& known) const;
    bool hasUnsettled() const { return m_hasUnsettled; }
    // The store has that revision: what is newer was lost.
    void keepUpTo(std::uint64_t revision);

    // Changes that were counted did not become durable.
    void forgetCounters();

    // Moments that somebody copies. Any thread.
    void hold(std::shared_ptr<HeldMoment> moment);
    void release(const HeldMoment& moment);
    bool isHeld() const { return m_isHeld; }
    std::vector<std::shared_ptr<HeldMoment>> heldMoments() const;

private:
    mutable std::mutex m_mutex;
    std::weak_ptr<const Table> m_durable;
    std::vector<std::shared_ptr<const Table>> m_unsettled; // oldest first
    std::atomic<bool> m_hasUnsettled = false;
    std::vector<std::shared_ptr<HeldMoment>> m_held;
    std::atomic<bool> m_isHeld = false;
};

// A table as it is defined at one time. Immutable once made; shared by whoever uses it; a change makes a new
// one with the same state.
struct Table {
    std::string name;
    std::string region;
    std::string account;
    std::string id;
    Micros createdAt = 0;
    KeySchema keys;
    std::vector<std::pair<std::string, AttributeType>> definitions;
    std::vector<Index> indexes; // local ones first, in the order of the request
    std::vector<Index> leaving; // deleted, but shown until their transition is over
    bool onDemand = false;
    Throughput throughput;
    bool deletionProtected = false;
    std::string tableClass; // "" unless given
    std::vector<std::pair<std::string, std::string>> tags;
    std::string keyspace;
    std::string definition; // JSON: the input of a CreateTable that would make this table
    std::uint64_t revision = 0;
    Transition transition;
    Micros onDemandSince = 0; // 0: was provisioned from the start
    Micros throughputIncreasedAt = 0;
    Micros throughputDecreasedAt = 0;
    Micros classChangedAt = 0;
    std::optional<TimeToLive> ttl;
    Micros ttlChangedAt = 0;
    std::optional<History> history;
    std::vector<Replica> replicas; // the others, in the order of their making
    std::vector<Replica> leavingReplicas; // deleted, but shown until their transition is over
    std::shared_ptr<const Stream> stream; // null unless enabled
    std::string latestStream; // label; "" when there never was one
    std::shared_ptr<TableState> state;

    const Index* findIndex(std::string_view indexName) const;
    bool hasLocalIndexes() const;
    Micros now() const { return state->clock ? state->clock->now() : 0; }
    // Whether items can be read and written.
    bool servesItems(Micros now) const;
    bool isGone(Micros now) const; // deleted, and that is over
    bool isGlobal() const { return !replicas.empty(); }
    const Replica* findReplica(std::string_view inRegion) const;
    std::string arn() const;
};

using TablePtr = std::shared_ptr<const Table>;

// Checks a CreateTable request's input as AWS does and makes the table's descriptor of it.
Result<Table> defineTable(const nlohmann::json& input);
// Gives the descriptor its identity: keyspaces, id, state.
void identify(Table& table, std::string region, std::string account, std::string id, Micros createdAt);

std::string expiryKeyspace(const Table& table);

// As the store keeps it, and back.
std::string storedForm(const Table& table);
Result<Table> fromStoredForm(std::string_view text);
std::uint64_t storedRevision(std::string_view text);

nlohmann::json describe(const KeySchema& keys);
// TableDescription as it is at that moment.
nlohmann::json describe(const Table& table, Micros now);
// As the answer to the request that began the table's transition shows it.
nlohmann::json describeBegun(Table table, Phase phase);

}
