#pragma once

#include "core/dynamodb/table.h"
#include "core/store/store.h"
#include "core/trace/tracer.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace core::dynamodb {

// What eventually consistent reads saw that strongly consistent ones would not have seen.
struct Staleness {
    std::size_t rows = 0;
    Micros delay = 0; // of the replica
    Micros age = 0; // since the oldest change that was not seen yet

    // Says so in the track; nothing when all that was read was up to date.
    void note(trace::SpanScope& span) const;
};

// Shows a table and its indexes as a replica that lags behind does: rows that changed within the delay as
// they were before, the deleted ones put back, the new ones left out, everything in order. Lives as long as
// one read; counts what it showed into `staleness`. One thread at a time.
class LaggingReader final : public store::Reader {
public:
    // A snapshot that was taken before, so that no change is seen whose image was not asked for.
    LaggingReader(store::Reader& newest, const Table& table, Staleness& staleness);

    std::optional<std::string> get(std::string_view keyspace, std::string_view key) override;
    void scan(std::string_view keyspace, const store::Range& range, store::Direction direction,
        const store::Visitor& visit) override;
    bool hasKeyspace(std::string_view keyspace) override { return m_newest.hasKeyspace(keyspace); }
    std::vector<std::string> keyspaces(std::string_view prefix) override
    {
        return m_newest.keyspaces(prefix);
    }
    std::uint64_t count(std::string_view keyspace) override { return m_newest.count(keyspace); }

private:
    void countStale(Micros changedAt);

    store::Reader& m_newest;
    const Table& m_table;
    Staleness& m_staleness;
    Micros m_now;
};

// The reader that a read of this table goes to: the snapshot itself when the read is strongly consistent or
// the table's replicas do not lag. Says in the span, when it ends, what was stale.
class ReadView {
public:
    ReadView(store::Reader& newest, const Table& table, bool consistent, trace::SpanScope& span);
    ~ReadView() { m_staleness.note(m_span); }
    ReadView(const ReadView&) = delete;
    ReadView& operator=(const ReadView&) = delete;

    store::Reader& reader() { return m_lagging ? *m_lagging : m_newest; }

private:
    store::Reader& m_newest;
    trace::SpanScope& m_span;
    Staleness m_staleness;
    std::optional<LaggingReader> m_lagging;
};

}
