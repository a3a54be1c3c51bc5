#pragma once

#include "core/sqs/message_store.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace core::sqs {

// The queues, durable and with copies in memory, and the messages of those that were used. Any thread;
// changes wait until they are durable, and whoever reads before it changes holds changing().
class QueueStore {
public:
    using QueuePtr = std::shared_ptr<const Queue>;

    QueueStore(store::Store& store, Clock& clock);

    std::mutex& changing() { return m_changing; }
    QueuePtr find(const std::string& key) const;
    // Those whose keys begin with `prefix`, in order.
    std::vector<QueuePtr> below(const std::string& prefix) const;
    Result<> put(Queue queue);
    Result<> remove(const Queue& queue);
    // Whether a queue of this key was removed within the last minute.
    bool isJustRemoved(const std::string& key) const;

    std::shared_ptr<MessageStore> messages(const Queue& queue);
    // Where the queue's dead letters go; nothing when it has no policy or the target is gone.
    std::optional<MessageStore::DeadLetters> deadLettersOf(const Queue& queue);

    // Ends all waiting for messages.
    void close();
    // After the store was emptied.
    void reset();

private:
    store::Store& m_store;
    Clock& m_clock;
    std::mutex m_changing;
    mutable std::mutex m_mutex;
    std::map<std::string, QueuePtr> m_queues;
    std::map<std::string, std::shared_ptr<MessageStore>> m_messages; // by the queue's id
    std::map<std::string, Micros> m_removed;
    bool m_closed = false;
};

}
