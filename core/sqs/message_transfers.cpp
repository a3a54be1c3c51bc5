#include "core/sqs/message_store.h"

#include "core/base/ids.h"
#include "core/sqs/errors.h"

namespace core::sqs {

void MessageStore::restore(const Keys& keys)
{
    const auto reader = m_store.read();
    const std::lock_guard guard(m_mutex);
    for (const auto& key : keys) {
        if (const auto record = reader->get(m_states, key))
            m_index.put(key, MessageState::parse(*record), m_clock.now());
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
        target.m_index.put(key, state, now);
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
        m_index.promote(m_clock.now());
        keys = m_index.choose(most);
        for (const auto& key : keys)
            m_index.forget(key);
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

}
