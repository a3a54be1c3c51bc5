#include "core/dynamodb/sweeper.h"

#include "core/base/log.h"
#include "core/dynamodb/history.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_writer.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/stream_store.h"
#include "core/dynamodb/time_to_live.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr Micros kPeriod = 60 * kSecond;
constexpr Micros kTrimPeriod = 3600 * kSecond;
// A clock that runs fast must not make this the machine's only work.
constexpr double kLeastRealMicros = 50'000;
constexpr std::size_t kSweepItems = 100;
constexpr std::int64_t kIgnoredAge = std::int64_t{5} * 365 * 24 * 3600; // older values are taken for mistakes

}

class Sweeper::ExpirySweep final : public store::Write {
public:
    ExpirySweep(Sweeper& sweeper, TablePtr table)
        : m_sweeper(sweeper)
        , m_table(std::move(table))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        m_sweeper.begun(m_table->id);
        m_table = TableStore::newest(transaction, m_table);
        if (m_sweeper.m_stopping || m_table->state->dropped || !m_table->ttl)
            return {};
        const auto now = m_table->now() / kSecond;
        std::vector<std::string> keys;
        const store::Range range{expiryBound(std::max<std::int64_t>(0, now - kIgnoredAge)), expiryBound(now)};
        transaction.scan(m_table->ttl->keyspace, range, store::Direction::Forward,
            [&keys](std::string_view key, std::string_view) {
                keys.emplace_back(key);
                return keys.size() < kSweepItems;
            });
        for (const auto& key : keys)
            expire(transaction, key);
        m_more = keys.size() == kSweepItems;
        return {};
    }

    void done(Result<> outcome) override
    {
        if (outcome)
            m_writer.becameDurable();
        else
            log::error("dynamodb", "expired items were not deleted: " + outcome.error().message);
        if (outcome && m_deleted > 0)
            tell();
        if (!outcome)
            m_sweeper.begun(m_table->id);
        else if (m_more && !m_sweeper.m_stopping && m_sweeper.queue(m_table->id))
            m_sweeper.m_host.store.submit(std::make_unique<ExpirySweep>(m_sweeper, m_table));
    }

private:
    void expire(store::Transaction& transaction, const std::string& key)
    {
        const auto row = itemOfExpiry(key);
        auto before = readItem(transaction, *m_table, row);
        if (!before) {
            transaction.erase(m_table->ttl->keyspace, key);
            return;
        }
        m_names.push_back(keyText(before->attributes(), *m_table));
        std::optional<ItemVersion> after;
        m_writer.write(transaction, m_table, row, before, after);
        ++m_deleted;
    }

    void tell()
    {
        auto span = m_sweeper.m_host.tracer.open(
            {"CLOCK", "TimeToLive " + m_table->name, "clock", "dynamodb", "TimeToLive"});
        span.setResource(m_table->name);
        span.step("deleted " + std::to_string(m_deleted) + (m_deleted == 1 ? " item" : " items")
                + " whose time in " + m_table->ttl->attribute + " is over",
            m_names.front() + (m_names.size() > 1 ? ", …" : ""));
        m_sweeper.m_host.changes.publish({.service = "dynamodb",
            .action = "TimeToLive",
            .region = m_table->region,
            .resource = m_table->name,
            .data = true});
    }

    Sweeper& m_sweeper;
    TablePtr m_table;
    ItemWriter m_writer{ItemWriter::Author::Service};
    std::vector<std::string> m_names;
    std::size_t m_deleted = 0;
    bool m_more = false;
};

class Sweeper::StreamTrim final : public store::Write {
public:
    StreamTrim(Sweeper& sweeper, StreamPtr stream)
        : m_sweeper(sweeper)
        , m_stream(std::move(stream))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        m_sweeper.begun(m_stream->storeKey());
        const auto now = m_sweeper.m_host.clock.now();
        m_gone = m_stream->isGone(now);
        m_more = !m_sweeper.m_stopping && StreamStore::trim(transaction, *m_stream, now);
        return {};
    }

    void done(Result<> outcome) override
    {
        if (!outcome)
            log::error("dynamodb", "a stream was not trimmed: " + outcome.error().message);
        if (outcome && m_gone)
            m_sweeper.m_streams.forget(*m_stream);
        if (!outcome)
            m_sweeper.begun(m_stream->storeKey());
        else if (m_more && !m_sweeper.m_stopping && m_sweeper.queue(m_stream->storeKey()))
            m_sweeper.m_host.store.submit(std::make_unique<StreamTrim>(m_sweeper, m_stream));
    }

private:
    Sweeper& m_sweeper;
    StreamPtr m_stream;
    bool m_gone = false;
    bool m_more = false;
};

class Sweeper::HistoryTrim final : public store::Write {
public:
    HistoryTrim(Sweeper& sweeper, TablePtr table)
        : m_sweeper(sweeper)
        , m_table(std::move(table))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        m_sweeper.begun(m_table->id + "/history");
        m_table = TableStore::newest(transaction, m_table);
        m_more = !m_sweeper.m_stopping && !m_table->state->dropped && m_table->history
            && trimHistory(transaction, *m_table, m_table->now());
        return {};
    }

    void done(Result<> outcome) override
    {
        if (!outcome)
            log::error("dynamodb", "old changes were not removed: " + outcome.error().message);
        if (!outcome)
            m_sweeper.begun(m_table->id + "/history");
        else if (m_more && !m_sweeper.m_stopping && m_sweeper.queue(m_table->id + "/history"))
            m_sweeper.m_host.store.submit(std::make_unique<HistoryTrim>(m_sweeper, m_table));
    }

private:
    Sweeper& m_sweeper;
    TablePtr m_table;
    bool m_more = false;
};

Sweeper::Sweeper(const aws::Host& host, TableStore& tables, StreamStore& streams)
    : m_host(host)
    , m_tables(tables)
    , m_streams(streams)
{
}

Sweeper::~Sweeper()
{
    stop();
}

void Sweeper::start()
{
    scheduleNext();
}

void Sweeper::stop()
{
    m_stopping = true;
    std::unique_ptr<ClockTimer> timer;
    std::lock_guard guard(m_mutex);
    timer.swap(m_timer);
}

void Sweeper::scheduleNext()
{
    const auto state = m_host.clock.state();
    const auto period = std::max(kPeriod, static_cast<Micros>(state.rate * kLeastRealMicros));
    auto timer = m_host.clock.after(period, [this] { tick(); });
    std::lock_guard guard(m_mutex);
    if (!m_stopping)
        m_timer.swap(timer);
}

void Sweeper::tick()
{
    for (auto& table : m_tables.all()) {
        table->state->recent.forgetOld(m_host.clock.now());
        if (table->ttl && expiresItems(*table) && queue(table->id))
            m_host.store.submit(std::make_unique<ExpirySweep>(*this, std::move(table)));
    }
    const auto now = m_host.clock.now();
    if (now - m_trimmedAt >= kTrimPeriod) {
        m_trimmedAt = now;
        for (auto& table : m_tables.all()) {
            if (table->history && queue(table->id + "/history"))
                m_host.store.submit(std::make_unique<HistoryTrim>(*this, std::move(table)));
        }
        for (auto& stream : m_streams.everything()) {
            if (queue(stream->storeKey()))
                m_host.store.submit(std::make_unique<StreamTrim>(*this, std::move(stream)));
        }
    }
    if (!m_stopping)
        scheduleNext();
}

// A clock that is moved forward ticks faster than a sweep is done. One that waits will see the newest moment;
// one that has begun has seen its own, and another has to follow it.
bool Sweeper::queue(const std::string& what)
{
    std::lock_guard guard(m_mutex);
    return m_queued.insert(what).second;
}

void Sweeper::begun(const std::string& what)
{
    std::lock_guard guard(m_mutex);
    m_queued.erase(what);
}

}
