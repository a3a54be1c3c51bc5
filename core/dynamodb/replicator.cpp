#include "core/dynamodb/replicator.h"

#include "core/base/log.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/new_descriptors.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/replica_copy.h"
#include "core/dynamodb/replica_group.h"
#include "core/dynamodb/retry_moment.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr Micros kTrimPeriod = 3600 * kSecond;
constexpr Micros kDeletesKept = 24 * 3600 * kSecond;
// A clock that runs fast must not make this the machine's only work.
constexpr double kLeastRealMicros = 50'000;

std::string milliseconds(Micros duration)
{
    return std::to_string(duration / kMillisecond) + " ms";
}

}

// What has arrived from one replica at another, a step of it.
class Replicator::Arrival final : public store::Write {
public:
    Arrival(Replicator& replicator, Link link)
        : m_replicator(replicator)
        , m_link(std::move(link))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        const auto known = m_replicator.m_tables.find(m_link.from, m_link.table);
        if (m_replicator.m_stopping || !known)
            return {};
        const auto origin = TableStore::newest(transaction, known);
        m_target = replicaIn(transaction, m_replicator.m_tables, *origin, m_link.to);
        if (!m_target || origin->state->dropped || !origin->findReplica(m_link.to))
            return {};
        const auto now = m_replicator.m_host.clock.now();
        m_arrivals = deliver(transaction, origin, m_target, now, m_writer);
        m_lag = now - m_arrivals.oldest;
        return {};
    }

    void done(Result<> outcome) override
    {
        if (!outcome) {
            log::error("dynamodb",
                m_link.table + ": writes from " + m_link.from + " did not reach " + m_link.to + ": "
                    + outcome.error().message);
            if (const auto moment = retryMoment(m_replicator.m_host.clock, outcome.error()))
                m_replicator.wake(m_link, *moment);
            return;
        }
        m_writer.becameDurable();
        if (m_arrivals.count() > 0)
            m_replicator.tell(m_link, m_target, m_arrivals, m_lag);
        if (m_arrivals.more && !m_replicator.m_stopping)
            m_replicator.m_host.store.submit(std::make_unique<Arrival>(m_replicator, m_link));
        else if (m_arrivals.next)
            m_replicator.wake(m_link, *m_arrivals.next);
    }

private:
    Replicator& m_replicator;
    Link m_link;
    TablePtr m_target;
    ItemWriter m_writer{ItemWriter::Author::Replica};
    Arrivals m_arrivals;
    Micros m_lag = 0;
};

class Replicator::CopyStep final : public store::Write {
public:
    CopyStep(Replicator& replicator, std::string targetId)
        : m_replicator(replicator)
        , m_targetId(std::move(targetId))
        , m_changes(replicator.m_tables)
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        const auto copy = ReplicaCopy::find(transaction, m_targetId);
        const auto target = copy ? m_replicator.m_tables.find(copy->to, copy->table) : nullptr;
        if (m_replicator.m_stopping || !target || target->id != m_targetId)
            return {};
        const auto source = replicaIn(transaction, m_replicator.m_tables, *target, copy->from);
        if (!source)
            return {};
        m_copy = *copy;
        m_more = !copyStep(transaction, m_copy, source, target, m_writer);
        if (m_more)
            m_copy.put(transaction);
        else
            finishCopy(transaction, m_changes, m_replicator.m_tables, m_copy,
                m_replicator.m_transitions.times(), m_replicator.m_host.clock.now());
        return {};
    }

    void done(Result<> outcome) override
    {
        if (!outcome) {
            log::error("dynamodb",
                (m_copy.table.empty() ? m_targetId : m_copy.table) + ": the copy to " + m_copy.to
                    + " halted: " + outcome.error().message);
            return m_replicator.retryCopy(m_targetId, outcome.error());
        }
        m_writer.becameDurable();
        const auto& changed = m_changes.changed();
        m_changes.publish();
        for (const auto& table : changed)
            m_replicator.m_host.changes.publish({.service = "dynamodb",
                .action = "UpdateTable",
                .region = table->region,
                .resource = table->name});
        if (m_more && !m_replicator.m_stopping)
            m_replicator.copy(m_targetId);
    }

private:
    Replicator& m_replicator;
    std::string m_targetId;
    NewDescriptors m_changes;
    ItemWriter m_writer{ItemWriter::Author::Copy};
    ReplicaCopy m_copy;
    bool m_more = false;
};

class Replicator::Trim final : public store::Write {
public:
    Trim(Replicator& replicator, TablePtr table)
        : m_replicator(replicator)
        , m_table(std::move(table))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        m_table = TableStore::newest(transaction, m_table);
        if (m_replicator.m_stopping || m_table->state->dropped || !m_table->isGlobal())
            return {};
        // A write that is still on its way may be older than a delete.
        auto until = m_replicator.m_host.clock.now() - kDeletesKept;
        for (const auto& other : otherReplicas(transaction, m_replicator.m_tables, *m_table)) {
            readLog(transaction, *other, cursorOf(transaction, *other, m_table->region),
                [&until](LoggedWrite&& write) {
                    until = std::min(until, write.moment);
                    return false;
                });
        }
        m_more = trimDeletes(transaction, *m_table, until);
        return {};
    }

    void done(Result<> outcome) override
    {
        if (!outcome)
            log::error("dynamodb", "old deletes were not forgotten: " + outcome.error().message);
        else if (m_more && !m_replicator.m_stopping)
            m_replicator.m_host.store.submit(std::make_unique<Trim>(m_replicator, m_table));
    }

private:
    Replicator& m_replicator;
    TablePtr m_table;
    bool m_more = false;
};

Replicator::Replicator(const aws::Host& host, TableStore& tables, const TransitionStore& transitions)
    : m_host(host)
    , m_tables(tables)
    , m_transitions(transitions)
    , m_retries(host.clock)
{
    m_tables.setReplicator(*this);
}

Replicator::~Replicator()
{
    stop();
}

void Replicator::start()
{
    const auto reader = m_host.store.read();
    const auto now = m_host.clock.now();
    for (const auto& table : m_tables.all()) {
        if (!table->isGlobal())
            continue;
        m_last = std::max(m_last.load(), newestMoment(*reader, *table));
        for (const auto& replica : table->replicas)
            wake({table->name, table->region, replica.region}, now);
    }
    for (const auto& unfinished : ReplicaCopy::all(*reader))
        copy(unfinished.targetId);
    scheduleTrim();
}

void Replicator::stop()
{
    m_stopping = true;
    m_retries.cancelAll();
    std::vector<std::unique_ptr<ClockTimer>> timers;
    std::unique_ptr<ClockTimer> trim;
    std::lock_guard guard(m_mutex);
    timers.swap(m_timers);
    trim.swap(m_trimTimer);
}

void Replicator::reset()
{
    std::lock_guard guard(m_mutex);
    m_due.clear();
    m_totals.clear();
}

Micros Replicator::accept(const Table& table, Micros now, Micros least)
{
    m_last = std::max({m_last + 1, now, least});
    for (const auto& replica : table.replicas)
        wake(
            {table.name, table.region, replica.region}, now + replicationDelay(table.region, replica.region));
    return m_last;
}

void Replicator::welcome(const Table& fresh)
{
    const auto now = m_host.clock.now();
    for (const auto& replica : fresh.replicas)
        wake({fresh.name, replica.region, fresh.region}, now);
}

void Replicator::copy(const std::string& targetId)
{
    m_host.store.submit(std::make_unique<CopyStep>(*this, targetId));
}

void Replicator::retryCopy(const std::string& targetId, const Error& error)
{
    const auto moment = retryMoment(m_host.clock, error);
    if (moment && !m_stopping)
        m_retries.at(targetId, *moment, [this, targetId] { copy(targetId); });
}

void Replicator::wake(const Link& link, Micros at)
{
    std::lock_guard guard(m_mutex);
    const auto [place, fresh] = m_due.try_emplace(link, at);
    if (!fresh)
        place->second = std::min(place->second, at);
    armLocked();
}

// Timers that no longer count stay until the next tick: to end one here could wait for a call that waits for
// this lock.
void Replicator::armLocked()
{
    auto first = std::numeric_limits<Micros>::max();
    for (const auto& [link, at] : m_due)
        first = std::min(first, at);
    if (m_stopping || first >= m_timerAt)
        return;
    m_timerAt = first;
    m_timers.push_back(m_host.clock.at(first, [this] { tick(); }));
}

void Replicator::tick()
{
    std::vector<std::unique_ptr<ClockTimer>> over;
    std::vector<Link> links;
    {
        std::lock_guard guard(m_mutex);
        const auto now = m_host.clock.now();
        for (auto at = m_due.begin(); at != m_due.end();) {
            if (at->second <= now) {
                links.push_back(at->first);
                at = m_due.erase(at);
            } else {
                ++at;
            }
        }
        over.swap(m_timers);
        m_timerAt = std::numeric_limits<Micros>::max();
        armLocked();
    }
    for (auto& link : links)
        m_host.store.submit(std::make_unique<Arrival>(*this, std::move(link)));
}

void Replicator::scheduleTrim()
{
    const auto state = m_host.clock.state();
    const auto period = std::max(kTrimPeriod, static_cast<Micros>(state.rate * kLeastRealMicros));
    auto timer = m_host.clock.after(period, [this] { trimAll(); });
    std::lock_guard guard(m_mutex);
    if (!m_stopping)
        m_trimTimer.swap(timer);
}

void Replicator::trimAll()
{
    for (auto& table : m_tables.all()) {
        if (table->isGlobal())
            m_host.store.submit(std::make_unique<Trim>(*this, std::move(table)));
    }
    if (!m_stopping)
        scheduleTrim();
}

void Replicator::noteTotals(const Link& link, const Arrivals& arrivals)
{
    std::lock_guard guard(m_mutex);
    auto& total = m_totals[link];
    total.applied += arrivals.applied;
    total.older += arrivals.older;
}

void Replicator::tell(const Link& link, const TablePtr& target, const Arrivals& arrivals, Micros lag)
{
    noteTotals(link, arrivals);
    auto span = m_host.tracer.open({"CLOCK", "Replication " + link.table + " " + link.from + " → " + link.to,
        "clock", "dynamodb", "Replication"});
    span.setResource(link.table);
    span.step(counted(arrivals.count(), "write") + " of " + link.from + " arrived in " + link.to,
        milliseconds(lag) + " after the first was accepted; the way takes "
            + milliseconds(replicationDelay(link.from, link.to)));
    if (arrivals.applied > 0)
        span.step("applied " + counted(arrivals.applied, "write"),
            arrivals.firstApplied + (arrivals.applied > 1 ? ", …" : ""), trace::Verdict::Pass);
    if (arrivals.older > 0)
        span.step("left " + counted(arrivals.older, "write") + " out: the last writer wins",
            arrivals.firstOlder + (arrivals.older > 1 ? ", …" : "") + " was written later by another region",
            trace::Verdict::Warn);
    if (arrivals.applied > 0)
        m_host.changes.publish({.service = "dynamodb",
            .action = "Replication",
            .region = target->region,
            .resource = target->name,
            .data = true});
}

json Replicator::reportLink(store::Reader& reader, const Table& origin, const std::string& to) const
{
    std::size_t pending = 0;
    Micros oldest = 0;
    readLog(reader, origin, cursorOf(reader, origin, to), [&](LoggedWrite&& write) {
        oldest = pending++ == 0 ? write.acceptedAt : oldest;
        return true;
    });
    std::lock_guard guard(m_mutex);
    const auto total = m_totals.find({origin.name, origin.region, to});
    const auto lag = pending == 0 ? 0 : m_host.clock.now() - oldest;
    return {{"TableName", origin.name}, {"From", origin.region}, {"To", to},
        {"DelayMilliseconds", replicationDelay(origin.region, to) / kMillisecond}, {"Pending", pending},
        {"LagMilliseconds", lag / kMillisecond},
        {"Applied", total == m_totals.end() ? 0 : total->second.applied},
        {"Older", total == m_totals.end() ? 0 : total->second.older}};
}

json Replicator::report() const
{
    json links = json::array();
    json copies = json::array();
    const auto reader = m_host.store.read();
    for (const auto& table : m_tables.all()) {
        for (const auto& replica : table->replicas)
            links.push_back(reportLink(*reader, *table, replica.region));
    }
    for (const auto& copy : ReplicaCopy::all(*reader))
        copies.push_back({{"TableName", copy.table}, {"From", copy.from}, {"To", copy.to}});
    return {{"Replication", std::move(links)}, {"Copies", std::move(copies)}};
}

}
