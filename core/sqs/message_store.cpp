#include "core/sqs/message_store.h"

#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace core::sqs {

using nlohmann::json;

namespace {

constexpr Micros kLongestInvisible = 43'200 * kSecond;

bool holds(const std::vector<MessageStore::Received>& received, const std::string& key)
{
    return std::any_of(received.begin(), received.end(), [&](const auto& one) { return one.key == key; });
}

}

MessageStore::MessageStore(store::Store& store, Clock& clock, const Queue& queue)
    : m_store(store)
    , m_clock(clock)
    , m_fifo(queue.isFifo())
    , m_bodies("sqs/messages/" + queue.id)
    , m_states("sqs/states/" + queue.id)
    , m_seen("sqs/duplicates/" + queue.id)
    , m_index(m_fifo)
{
    const auto reader = m_store.read();
    reader->scan(m_states, store::Range::all(), store::Direction::Forward,
        [this, now = m_clock.now()](std::string_view key, std::string_view record) {
            m_index.put(std::string(key), MessageState::parse(record), now);
            return true;
        });
    m_duplicates.load(*reader, m_seen);
}

void MessageStore::create(store::Transaction& transaction) const
{
    for (const auto& keyspace : {m_bodies, m_states, m_seen})
        transaction.createKeyspace(keyspace);
}

void MessageStore::drop(store::Transaction& transaction) const
{
    for (const auto& keyspace : {m_bodies, m_states, m_seen})
        transaction.dropKeyspace(keyspace);
}

// The queue may be gone by the time that the committer comes to the change.
Result<> MessageStore::commit(const std::function<Result<>(store::Transaction&)>& change)
{
    return m_store.commit([&](store::Transaction& transaction) -> Result<> {
        if (!transaction.hasKeyspace(m_states))
            return fail(errors::noQueue());
        return change(transaction);
    });
}

void MessageStore::eraseIn(store::Transaction& transaction, const std::string& key) const
{
    transaction.erase(m_bodies, key);
    transaction.erase(m_states, key);
}

// Real time, so that a clock that stands still, or a second run, gives no key twice.
std::string MessageStore::newKey()
{
    const std::lock_guard guard(m_mutex);
    m_lastKey = std::max(m_lastKey + 1, static_cast<std::uint64_t>(realMicros()));
    char key[24];
    std::snprintf(key, sizeof key, "1%019llu", static_cast<unsigned long long>(m_lastKey));
    return key;
}

void MessageStore::noteChange()
{
    ++m_changes;
    m_changed.notify_all();
}

Result<std::vector<SentMessage>> MessageStore::send(std::vector<Sending> messages, bool perGroup)
{
    if (m_fifo) {
        const std::unique_lock alone(m_changing);
        return sendInOrder(std::move(messages), perGroup);
    }
    const std::shared_lock together(m_changing);
    Batch batch;
    std::vector<SentMessage> sent;
    const auto now = m_clock.now();
    for (const auto& [message, delay] : messages) {
        const auto key = newKey();
        sent.push_back({message.id});
        batch.states[key] = {.visible = now + delay, .sent = now};
        batch.bodies[key] = message.text();
    }
    CORE_CHECK(keep(batch));
    return sent;
}

// Exclusively, so that the numbers grow in the order in which messages become visible.
Result<std::vector<SentMessage>> MessageStore::sendInOrder(std::vector<Sending> messages, bool perGroup)
{
    Batch batch;
    std::vector<SentMessage> sent;
    const auto now = m_clock.now();
    batch.over = m_duplicates.takeOver(now);
    for (auto& [message, delay] : messages) {
        const auto mark = DuplicateBook::markOf(message, perGroup);
        const auto within = batch.duplicates.find(mark);
        const auto* before =
            within == batch.duplicates.end() ? m_duplicates.find(mark) : &within->second.sent;
        if (before) {
            sent.push_back(*before);
            sent.back().isDuplicate = true;
            continue;
        }
        const auto key = newKey();
        message.sequence = key;
        sent.push_back({message.id, key});
        batch.states[key] = {.visible = now + delay, .sent = now, .group = message.group};
        batch.bodies[key] = message.text();
        batch.duplicates[mark] = DuplicateBook::entryFor(sent.back(), now);
    }
    CORE_CHECK(keep(batch));
    m_duplicates.add(std::move(batch.duplicates));
    return sent;
}

Result<> MessageStore::keep(const Batch& batch)
{
    CORE_CHECK(commit([&](store::Transaction& transaction) -> Result<> {
        for (const auto& [key, body] : batch.bodies)
            transaction.put(m_bodies, key, body);
        for (const auto& [key, state] : batch.states)
            transaction.put(m_states, key, state.text());
        for (const auto& mark : batch.over)
            transaction.erase(m_seen, mark);
        for (const auto& [mark, duplicate] : batch.duplicates)
            transaction.put(m_seen, mark, duplicate.text());
        return {};
    }));
    const std::lock_guard guard(m_mutex);
    const auto now = m_clock.now();
    for (const auto& [key, state] : batch.states)
        m_index.put(key, state, now);
    noteChange();
    return {};
}

// Chooses, and makes invisible in memory.
Result<MessageStore::Selection> MessageStore::select(
    const Queue& queue, std::size_t most, Micros visibility, const std::optional<DeadLetters>& dead)
{
    const std::lock_guard guard(m_mutex);
    const auto now = m_clock.now();
    Selection selection;
    m_index.promote(now);
    selection.expired = m_index.takeExpired(now, queue.duration("MessageRetentionPeriod"));
    if (m_index.inFlight() >= kMostInFlight)
        return fail(errors::overLimit());
    for (const auto& key : m_index.choose(most)) {
        const auto before = *m_index.find(key);
        if (dead && before.receives >= dead->maxReceives) {
            selection.exhausted.push_back(key);
            m_index.forget(key);
            continue;
        }
        auto after = before;
        after.visible = now + visibility;
        after.firstReceived = before.receives == 0 ? now : before.firstReceived;
        after.received = now;
        ++after.receives;
        after.token = randomLower(16);
        after.inFlight = visibility > 0;
        m_index.put(key, after, now);
        selection.chosen.push_back({key, before, after});
    }
    return selection;
}

Result<std::vector<MessageStore::Received>> MessageStore::receive(
    const Queue& queue, std::size_t most, Micros visibility, const std::optional<DeadLetters>& dead)
{
    const std::shared_lock together(m_changing);
    for (;;) {
        CORE_TRY(const auto selection, select(queue, most, visibility, dead));
        if (!selection.exhausted.empty())
            CORE_CHECK(bury(queue, selection.exhausted, *dead));
        CORE_TRY(auto received, take(selection));
        // Behind letters that are dead there may be others.
        if (!received.empty() || selection.exhausted.empty())
            return received;
    }
}

Result<std::vector<MessageStore::Received>> MessageStore::take(const Selection& selection)
{
    std::vector<Received> received;
    if (selection.chosen.empty() && selection.expired.empty())
        return received;
    auto kept = commit([&](store::Transaction& transaction) -> Result<> {
        for (const auto& key : selection.expired)
            eraseIn(transaction, key);
        received = read(transaction, selection.chosen);
        return {};
    });
    const std::lock_guard guard(m_mutex);
    for (const auto& one : selection.chosen) {
        if (!kept && m_index.find(one.key))
            m_index.put(one.key, one.before, m_clock.now());
        else if (kept && !holds(received, one.key))
            m_index.forget(one.key);
    }
    if (!kept)
        return fail(std::move(kept).error());
    return received;
}

// What was deleted meanwhile is not received, and forgotten.
std::vector<MessageStore::Received> MessageStore::read(
    store::Transaction& transaction, const std::vector<Chosen>& chosen) const
{
    std::vector<Received> received;
    for (const auto& one : chosen) {
        const auto body = transaction.get(m_bodies, one.key);
        if (!body)
            continue;
        transaction.put(m_states, one.key, one.after.text());
        received.push_back(
            {one.key, Message::parse(*body), one.after, Receipt{one.key, one.after.token}.handle()});
    }
    return received;
}

Result<> MessageStore::erase(const Receipt& receipt)
{
    const std::shared_lock together(m_changing);
    {
        const std::lock_guard guard(m_mutex);
        m_index.promote(m_clock.now());
        const auto* state = m_index.find(receipt.key);
        if (!state)
            return {};
        if (m_fifo && (!state->inFlight || state->token != receipt.token))
            return fail(
                errors::invalidValue(receipt.handle(), "ReceiptHandle", "The receipt handle has expired."));
        // As AWS warns: only the latest handle is sure to delete.
        if (state->token != receipt.token)
            return {};
    }
    CORE_CHECK(commit([&](store::Transaction& transaction) -> Result<> {
        eraseIn(transaction, receipt.key);
        return {};
    }));
    const std::lock_guard guard(m_mutex);
    m_index.forget(receipt.key);
    if (m_fifo)
        noteChange();
    return {};
}

Result<> MessageStore::setVisibility(const Receipt& receipt, Micros timeout)
{
    const std::shared_lock together(m_changing);
    MessageState state;
    const auto now = m_clock.now();
    {
        const std::lock_guard guard(m_mutex);
        m_index.promote(now);
        const auto* found = m_index.find(receipt.key);
        if (!found)
            return fail(errors::invalidValue(receipt.handle(), "ReceiptHandle",
                "Message does not exist or is not available for visibility timeout change."));
        state = *found;
    }
    if (!state.inFlight || state.token != receipt.token)
        return fail(errors::notInFlight());
    if (now + timeout - state.received > kLongestInvisible)
        return fail(errors::invalidValue(std::to_string(timeout / kSecond), "VisibilityTimeout",
            "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]"));
    state.visible = now + timeout;
    state.inFlight = timeout > 0;
    CORE_CHECK(commit([&](store::Transaction& transaction) -> Result<> {
        if (!transaction.get(m_states, receipt.key))
            return fail(errors::notInFlight());
        transaction.put(m_states, receipt.key, state.text());
        return {};
    }));
    const std::lock_guard guard(m_mutex);
    if (m_index.find(receipt.key))
        m_index.put(receipt.key, state, m_clock.now());
    noteChange();
    return {};
}

Result<> MessageStore::purge()
{
    const std::unique_lock alone(m_changing);
    CORE_CHECK(commit([&](store::Transaction& transaction) -> Result<> {
        for (const auto& keyspace : {m_bodies, m_states}) {
            transaction.dropKeyspace(keyspace);
            transaction.createKeyspace(keyspace);
        }
        return {};
    }));
    const std::lock_guard guard(m_mutex);
    m_index.clear();
    return {};
}

Result<MessageStore::Counts> MessageStore::counts(const Queue& queue)
{
    const std::shared_lock together(m_changing);
    Keys expired;
    Counts counts;
    {
        const std::lock_guard guard(m_mutex);
        const auto now = m_clock.now();
        m_index.promote(now);
        expired = m_index.takeExpired(now, queue.duration("MessageRetentionPeriod"));
        counts = {m_index.ready(), m_index.inFlight(), m_index.delayed(), m_index.groupsInFlight(),
            m_index.oldest()};
    }
    if (!expired.empty())
        CORE_CHECK(commit([&](store::Transaction& transaction) -> Result<> {
            for (const auto& key : expired)
                eraseIn(transaction, key);
            return {};
        }));
    return counts;
}

std::optional<Micros> MessageStore::nextVisible()
{
    const std::lock_guard guard(m_mutex);
    m_index.promote(m_clock.now());
    return m_index.nextVisible();
}

std::uint64_t MessageStore::changes() const
{
    const std::lock_guard guard(m_mutex);
    return m_changes;
}

void MessageStore::wait(std::uint64_t seen, std::chrono::steady_clock::time_point deadline)
{
    std::optional<Micros> next;
    {
        const std::lock_guard guard(m_mutex);
        next = m_index.nextVisible();
    }
    // Dies without the lock, which its call takes.
    std::unique_ptr<ClockTimer> timer;
    if (next)
        timer = m_clock.at(*next, [this] {
            const std::lock_guard guard(m_mutex);
            noteChange();
        });
    std::unique_lock lock(m_mutex);
    m_changed.wait_until(lock, deadline, [&] { return m_changes != seen || m_closed; });
}

void MessageStore::close()
{
    const std::lock_guard guard(m_mutex);
    m_closed = true;
    m_changed.notify_all();
}

bool MessageStore::isClosed() const
{
    const std::lock_guard guard(m_mutex);
    return m_closed;
}

}
