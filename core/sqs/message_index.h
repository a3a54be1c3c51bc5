#pragma once

#include "core/sqs/message.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace core::sqs {

// Which messages of a queue can be received when: what its MessageStore holds in memory, by the messages'
// keys, which are in the order of sending. Knows no store and no clock. Not for threads: the MessageStore's
// mutex is held.
class MessageIndex {
public:
    using Keys = std::vector<std::string>;

    explicit MessageIndex(bool fifo)
        : m_fifo(fifo)
    {
    }

    // In the place of what had the key before.
    void put(const std::string& key, const MessageState& state, Micros now);
    void forget(const std::string& key);
    void clear();
    const MessageState* find(const std::string& key) const;

    // Makes ready what is no longer delayed, and what was not deleted in time.
    void promote(Micros now);
    // Forgets what was sent longer ago than `retention`.
    Keys takeExpired(Micros now, Micros retention);
    // Up to `most` that can be received now.
    Keys choose(std::size_t most) const;

    std::size_t ready() const { return m_ready.size(); }
    std::size_t inFlight() const { return m_inFlight; }
    std::size_t delayed() const { return m_later.size() - m_inFlight; }
    std::size_t groupsInFlight() const { return m_fifo ? m_flying.size() : 0; }
    std::optional<Micros> oldest() const;
    // When the next of those that are delayed or in flight can be received.
    std::optional<Micros> nextVisible() const;

private:
    using Moments = std::set<std::pair<Micros, std::string>>;

    static std::optional<Micros> firstOf(const Moments& moments);
    bool isNextOfGroup(const std::string& key, const std::string& group, const Keys& chosen) const;

    const bool m_fifo;
    std::map<std::string, MessageState> m_messages;
    std::set<std::string> m_ready;
    Moments m_later; // delayed or in flight
    Moments m_ages;
    std::map<std::string, std::set<std::string>> m_groups; // of a FIFO queue
    std::map<std::string, std::size_t> m_flying; // by group
    std::size_t m_inFlight = 0;
};

}
