#pragma once

#include "core/sqs/duplicate_book.h"
#include "core/sqs/message.h"
#include "core/sqs/message_index.h"
#include "core/sqs/queue.h"
#include "core/store/store.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

namespace core::sqs {

// The messages of one queue: bodies and states in the store, and in memory which can be received when. Each
// change is durable before its function returns. Owned by the QueueStore and by those who wait for messages.
// Any thread that may wait for the disk.
class MessageStore {
public:
    struct Sending {
        Message message;
        Micros delay = 0;
    };
    struct Received {
        std::string key;
        Message message;
        MessageState state;
        std::string handle;
    };
    // Where messages go that were received too often.
    struct DeadLetters {
        std::shared_ptr<MessageStore> store;
        std::int64_t maxReceives = 0;
    };
    struct Counts {
        std::size_t visible = 0;
        std::size_t inFlight = 0;
        std::size_t delayed = 0;
        std::size_t groupsInFlight = 0; // of a FIFO queue
        std::optional<Micros> oldest = {}; // when the oldest message was sent
    };
    struct GivenBack {
        std::size_t count = 0;
        std::optional<Error> error = {}; // why it is not more
    };
    // Where a message goes; null: nowhere, for a reason.
    using FindTarget =
        std::function<std::shared_ptr<MessageStore>(const Message& message, std::optional<Error>& why)>;
    static constexpr std::size_t kMostInFlight = 120'000;

    MessageStore(store::Store& store, Clock& clock, const Queue& queue);

    // A part of the transaction that makes or removes the queue.
    void create(store::Transaction& transaction) const;
    void drop(store::Transaction& transaction) const;

    // Of a FIFO queue: a message that came within five minutes of its duplicate is not kept, and has the
    // other's id. `perGroup`: only within its group.
    Result<std::vector<SentMessage>> send(std::vector<Sending> messages, bool perGroup);
    // Up to `most` that can be received, invisible for `visibility` from now. `queue` as it is now.
    Result<std::vector<Received>> receive(
        const Queue& queue, std::size_t most, Micros visibility, const std::optional<DeadLetters>& dead);
    // Moves up to `most` that can be received into other queues, as new messages.
    GivenBack giveBack(std::size_t most, const FindTarget& target);
    // Receipts of messages that are gone already are as good.
    Result<> erase(const Receipt& receipt);
    Result<> setVisibility(const Receipt& receipt, Micros timeout);
    Result<> purge();
    Result<Counts> counts(const Queue& queue);
    // When the next of those that are delayed or in flight can be received.
    std::optional<Micros> nextVisible();

    // Something may have become receivable since; for wait().
    std::uint64_t changes() const;
    // Until there was a change after `seen`, or close(), or the deadline (real time).
    void wait(std::uint64_t seen, std::chrono::steady_clock::time_point deadline);
    // Ends all waiting, and makes receive() answer at once.
    void close();
    bool isClosed() const;

private:
    using Keys = MessageIndex::Keys;
    struct Chosen {
        std::string key;
        MessageState before;
        MessageState after;
    };
    // What one look at the queue led to.
    struct Selection {
        std::vector<Chosen> chosen;
        Keys expired;
        Keys exhausted; // received too often
    };

    // What a sending adds.
    struct Batch {
        std::map<std::string, std::string> bodies;
        std::map<std::string, MessageState> states;
        DuplicateBook::Entries duplicates;
        Keys over; // duplicates to be forgotten
    };

    std::string newKey();
    Result<std::vector<SentMessage>> sendInOrder(std::vector<Sending> messages, bool perGroup);
    Result<> keep(const Batch& batch);
    Result<Selection> select(
        const Queue& queue, std::size_t most, Micros visibility, const std::optional<DeadLetters>& dead);
    void noteChange(); // under the mutex

    Result<std::vector<Received>> take(const Selection& selection);
    std::vector<Received> read(store::Transaction& transaction, const std::vector<Chosen>& chosen) const;
    // message_transfers.cpp: into other queues.
    void restore(const Keys& keys);
    Result<> bury(const Queue& queue, const Keys& dead, const DeadLetters& letters);
    Result<std::size_t> transfer(
        const Keys& keys, MessageStore& target, const std::function<Micros(Message&)>& change);
    using Ways = std::map<std::shared_ptr<MessageStore>, Keys>;
    Ways waysOf(const Keys& keys, const FindTarget& target, GivenBack& given);
    Result<> commit(const std::function<Result<>(store::Transaction&)>& change);
    void eraseIn(store::Transaction& transaction, const std::string& key) const;

    store::Store& m_store;
    Clock& m_clock;
    const bool m_fifo;
    const std::string m_bodies; // keyspaces
    const std::string m_states;
    const std::string m_seen;
    std::shared_mutex m_changing; // exclusive: a purge, and sending to a FIFO queue; taken first
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    MessageIndex m_index;
    DuplicateBook m_duplicates; // under m_changing
    std::uint64_t m_lastKey = 0;
    std::uint64_t m_changes = 0;
    bool m_closed = false;
};

}
