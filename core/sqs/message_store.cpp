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

constexpr Micros kDuplicatesLast = 5 * 60 * kSecond;
constexpr Micros kLongestInvisible = 43'200 * kSecond;

bool holds(const std::vector<MessageStore::Received>& received, const std::string& key)
{
    return std::any_of(received.begin(), received.end(), [&](const auto& one) { return one.key == key; });
}

std::string duplicateKey(const Message& message, bool perGroup)
{
    return perGroup ? message.group + '\n' + message.duplicate : message.duplicate;
}

}

MessageStore::MessageStore(store::Store& store, Clock& clock, const Queue& queue)
    : m_store(store)
    , m_clock(clock)
    , m_fifo(queue.isFifo())
    , m_bodies("sqs/messages/" + queue.id)
    , m_states("sqs/states/" + queue.id)
    , m_seen("sqs/duplicates/" + queue.id)
{
    const auto reader = m_store.read();
    reader->scan(m_states, store::Range::all(), store::Direction::Forward,
        [this](std::string_view key, std::string_view record) {
            put(std::string(key), MessageState::parse(record));
            return true;
        });
    loadDuplicates(*reader);
}

void MessageStore::loadDuplicates(store::Reader& reader)
{
    reader.scan(m_seen, store::Range::all(), store::Direction::Forward,
        [this](std::string_view key, std::string_view record) {
            const auto given = json::parse(record);
            m_duplicates[std::string(key)] = {given.at("until"), {given.at("id"), given.at("sequence")}};
            return true;
        });
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

void MessageStore::put(const std::string& key, const MessageState& state)
{
    forget(key);
    m_messages[key] = state;
    if (state.visible > m_clock.now() || state.inFlight)
        m_later.emplace(state.visible, key);
    else
        m_ready.insert(key);
    m_ages.emplace(state.sent, key);
    if (m_fifo)
        m_groups[state.group].insert(key);
    if (state.inFlight) {
        ++m_inFlight;
        ++m_flying[state.group];
    }
}

void MessageStore::forget(const std::string& key)
{
    const auto found = m_messages.find(key);
    if (found == m_messages.end())
        return;
    const auto& state = found->second;
    m_ready.erase(key);
    m_later.erase({state.visible, key});
    m_ages.erase({state.sent, key});
    if (m_fifo) {
        auto& group = m_groups[state.group];
        group.erase(key);
        if (group.empty())
            m_groups.erase(state.group);
    }
    if (state.inFlight) {
        --m_inFlight;
        if (--m_flying[state.group] == 0)
            m_flying.erase(state.group);
    }
    m_messages.erase(found);
}

// What is no longer delayed, and what was not deleted in time.
void MessageStore::promote(Micros now)
{
    while (!m_later.empty() && m_later.begin()->first <= now) {
        const auto key = m_later.begin()->second;
        auto state = m_messages.at(key);
        state.inFlight = false;
        put(key, state);
    }
}

MessageStore::Keys MessageStore::takeExpired(Micros now, Micros retention)
{
    Keys expired;
    while (!m_ages.empty() && m_ages.begin()->first + retention <= now) {
        expired.push_back(m_ages.begin()->second);
        forget(expired.back());
    }
    return expired;
}

void MessageStore::noteChange()
{
    ++m_changes;
    m_changed.notify_all();
}

Result<std::vector<MessageStore::Sent>> MessageStore::send(std::vector<Sending> messages, bool perGroup)
{
    if (m_fifo) {
        const std::unique_lock alone(m_changing);
        return sendInOrder(std::move(messages), perGroup);
    }
    const std::shared_lock together(m_changing);
    Batch batch;
    std::vector<Sent> sent;
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
Result<std::vector<MessageStore::Sent>> MessageStore::sendInOrder(
    std::vector<Sending> messages, bool perGroup)
{
    Batch batch;
    std::vector<Sent> sent;
    const auto now = m_clock.now();
    for (auto entry = m_duplicates.begin(); entry != m_duplicates.end();) {
        if (entry->second.until > now) {
            ++entry;
            continue;
        }
        batch.over.push_back(entry->first);
        entry = m_duplicates.erase(entry);
    }
    for (auto& [message, delay] : messages) {
        const auto mark = duplicateKey(message, perGroup);
        if (const auto found = m_duplicates.find(mark); found != m_duplicates.end()) {
            sent.push_back(found->second.sent);
            sent.back().isDuplicate = true;
            continue;
        }
        if (const auto found = batch.duplicates.find(mark); found != batch.duplicates.end()) {
            sent.push_back(found->second.sent);
            sent.back().isDuplicate = true;
            continue;
        }
        const auto key = newKey();
        message.sequence = key;
        sent.push_back({message.id, key});
        batch.states[key] = {.visible = now + delay, .sent = now, .group = message.group};
        batch.bodies[key] = message.text();
        batch.duplicates[mark] = {now + kDuplicatesLast, sent.back()};
    }
    CORE_CHECK(keep(batch));
    m_duplicates.merge(batch.duplicates);
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
            transaction.put(m_seen, mark,
                json{{"until", duplicate.until}, {"id", duplicate.sent.id},
                    {"sequence", duplicate.sent.sequence}}
                    .dump());
        return {};
    }));
    const std::lock_guard guard(m_mutex);
    for (const auto& [key, state] : batch.states)
        put(key, state);
    noteChange();
    return {};
}

// A message of a group is received after all before it are gone; those before it may come with the same call.
bool MessageStore::isNextOfGroup(const std::string& key, const std::string& group, const Keys& chosen) const
{
    if (m_flying.contains(group))
        return false;
    for (const auto& before : m_groups.at(group)) {
        if (before == key)
            return true;
        if (std::find(chosen.begin(), chosen.end(), before) == chosen.end())
            return false;
    }
    return false;
}

MessageStore::Keys MessageStore::choose(std::size_t most) const
{
    Keys chosen;
    for (const auto& key : m_ready) {
        if (chosen.size() == most)
            break;
        if (!m_fifo || isNextOfGroup(key, m_messages.at(key).group, chosen))
            chosen.push_back(key);
    }
    return chosen;
}

// Chooses, and makes invisible in memory.
Result<MessageStore::Selection> MessageStore::select(
    const Queue& queue, std::size_t most, Micros visibility, const std::optional<DeadLetters>& dead)
{
    const std::lock_guard guard(m_mutex);
    const auto now = m_clock.now();
    Selection selection;
    promote(now);
    selection.expired = takeExpired(now, queue.duration("MessageRetentionPeriod"));
    if (m_inFlight >= kMostInFlight)
        return fail(errors::overLimit());
    for (const auto& key : choose(most)) {
        const auto before = m_messages.at(key);
        if (dead && before.receives >= dead->maxReceives) {
            selection.exhausted.push_back(key);
            forget(key);
            continue;
        }
        auto after = before;
        after.visible = now + visibility;
        after.firstReceived = before.receives == 0 ? now : before.firstReceived;
        after.received = now;
        ++after.receives;
        after.token = randomLower(16);
        after.inFlight = visibility > 0;
        put(key, after);
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
        if (!kept && m_messages.contains(one.key))
            put(one.key, one.before);
        else if (kept && !holds(received, one.key))
            forget(one.key);
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

void MessageStore::restore(const Keys& keys)
{
    const auto reader = m_store.read();
    const std::lock_guard guard(m_mutex);
    for (const auto& key : keys) {
        if (const auto record = reader->get(m_states, key))
            put(key, MessageState::parse(*record));
    }
}

// A standard queue's letter keeps the moment of its sending.
Result<> MessageStore::bury(const Queue& queue, const Keys& dead, const DeadLetters& letters)
{
    const auto now = m_clock.now();
    CORE_CHECK(transfer(dead, *letters.store, [&](Message& message) {
        message.source = queue.arn();
        return m_fifo ? now : message.sent;
    }));
    return {};
}

// In one transaction with their removal here. `change` makes of a message what it is there, and gives the
// moment from which its retention counts.
Result<std::size_t> MessageStore::transfer(
    const Keys& keys, MessageStore& target, const std::function<Micros(Message&)>& change)
{
    const auto now = m_clock.now();
    std::map<std::string, MessageState> moved;
    auto kept = commit([&](store::Transaction& transaction) -> Result<> {
        if (!transaction.hasKeyspace(target.m_states))
            return fail(errors::noQueue());
        moved.clear();
        for (const auto& key : keys) {
            const auto body = transaction.get(m_bodies, key);
            if (!body)
                continue;
            auto message = Message::parse(*body);
            const auto there = target.newKey();
            const auto sent = change(message);
            if (target.m_fifo)
                message.sequence = there;
            const MessageState state{
                .visible = now, .sent = sent, .group = target.m_fifo ? message.group : ""};
            transaction.put(target.m_bodies, there, message.text());
            transaction.put(target.m_states, there, state.text());
            eraseIn(transaction, key);
            moved[there] = state;
        }
        return {};
    });
    if (!kept) {
        restore(keys);
        return fail(std::move(kept).error());
    }
    const std::lock_guard guard(target.m_mutex);
    for (const auto& [key, state] : moved)
        target.put(key, state);
    target.noteChange();
    return moved.size();
}

// They begin anew: with another id, and as if sent now.
MessageStore::GivenBack MessageStore::giveBack(std::size_t most, const FindTarget& target)
{
    const std::shared_lock together(m_changing);
    Keys keys;
    {
        const std::lock_guard guard(m_mutex);
        promote(m_clock.now());
        keys = choose(most);
        for (const auto& key : keys)
            forget(key);
    }
    GivenBack given;
    for (const auto& [store, its] : waysOf(keys, target, given)) {
        const auto moved = transfer(its, *store, [this](Message& message) {
            message.id = newUuid();
            message.source.clear();
            message.sent = m_clock.now();
            return message.sent;
        });
        if (moved)
            given.count += *moved;
        else
            given.error = moved.error();
    }
    return given;
}

// Those behind the first that has no way stay.
MessageStore::Ways MessageStore::waysOf(const Keys& keys, const FindTarget& target, GivenBack& given)
{
    Ways ways;
    Keys left;
    const auto reader = m_store.read();
    for (const auto& key : keys) {
        const auto body = reader->get(m_bodies, key);
        if (!body)
            continue;
        const auto found = given.error ? nullptr : target(Message::parse(*body), given.error);
        if (found)
            ways[found].push_back(key);
        else
            left.push_back(key);
    }
    restore(left);
    return ways;
}

Result<> MessageStore::erase(const Receipt& receipt)
{
    const std::shared_lock together(m_changing);
    {
        const std::lock_guard guard(m_mutex);
        promote(m_clock.now());
        const auto found = m_messages.find(receipt.key);
        if (found == m_messages.end())
            return {};
        const auto& state = found->second;
        if (m_fifo && (!state.inFlight || state.token != receipt.token))
            return fail(
                errors::invalidValue(receipt.handle(), "ReceiptHandle", "The receipt handle has expired."));
        // As AWS warns: only the latest handle is sure to delete.
        if (state.token != receipt.token)
            return {};
    }
    CORE_CHECK(commit([&](store::Transaction& transaction) -> Result<> {
        eraseIn(transaction, receipt.key);
        return {};
    }));
    const std::lock_guard guard(m_mutex);
    forget(receipt.key);
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
        promote(now);
        const auto found = m_messages.find(receipt.key);
        if (found == m_messages.end())
            return fail(errors::invalidValue(receipt.handle(), "ReceiptHandle",
                "Message does not exist or is not available for visibility timeout change."));
        state = found->second;
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
    if (m_messages.contains(receipt.key))
        put(receipt.key, state);
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
    m_messages.clear();
    m_ready.clear();
    m_later.clear();
    m_ages.clear();
    m_groups.clear();
    m_flying.clear();
    m_inFlight = 0;
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
        promote(now);
        expired = takeExpired(now, queue.duration("MessageRetentionPeriod"));
        counts = {m_ready.size(), m_inFlight, m_later.size() - m_inFlight, m_fifo ? m_flying.size() : 0, {}};
        if (!m_ages.empty())
            counts.oldest = m_ages.begin()->first;
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
    promote(m_clock.now());
    if (m_later.empty())
        return std::nullopt;
    return m_later.begin()->first;
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
        if (!m_later.empty())
            next = m_later.begin()->first;
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
