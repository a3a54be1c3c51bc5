#include "core/sqs/queue_store.h"

namespace core::sqs {

namespace {

constexpr std::string_view kQueues = "sqs/queues";
constexpr Micros kNameRests = 60 * kSecond;

}

QueueStore::QueueStore(store::Store& store, Clock& clock)
    : m_store(store)
    , m_clock(clock)
{
    m_store.read()->scan(kQueues, store::Range::all(), store::Direction::Forward,
        [this](std::string_view key, std::string_view text) {
            m_queues[std::string(key)] = std::make_shared<const Queue>(Queue::parse(text));
            return true;
        });
}

QueueStore::QueuePtr QueueStore::find(const std::string& key) const
{
    const std::lock_guard guard(m_mutex);
    const auto found = m_queues.find(key);
    return found == m_queues.end() ? nullptr : found->second;
}

std::vector<QueueStore::QueuePtr> QueueStore::below(const std::string& prefix) const
{
    std::vector<QueuePtr> queues;
    const std::lock_guard guard(m_mutex);
    for (auto place = m_queues.lower_bound(prefix);
         place != m_queues.end() && place->first.starts_with(prefix); ++place)
        queues.push_back(place->second);
    return queues;
}

Result<> QueueStore::put(Queue queue)
{
    const auto key = queue.key();
    const auto messages = this->messages(queue);
    CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kQueues);
        messages->create(transaction);
        transaction.put(kQueues, key, queue.text());
        return {};
    }));
    const std::lock_guard guard(m_mutex);
    m_queues[key] = std::make_shared<const Queue>(std::move(queue));
    return {};
}

Result<> QueueStore::remove(const Queue& queue)
{
    const auto messages = this->messages(queue);
    CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kQueues);
        transaction.erase(kQueues, queue.key());
        messages->drop(transaction);
        return {};
    }));
    messages->close();
    const auto now = m_clock.now();
    const std::lock_guard guard(m_mutex);
    std::erase_if(m_removed, [&](const auto& entry) { return entry.second + kNameRests <= now; });
    m_removed[queue.key()] = now;
    m_messages.erase(queue.id);
    m_queues.erase(queue.key());
    return {};
}

bool QueueStore::isJustRemoved(const std::string& key) const
{
    const std::lock_guard guard(m_mutex);
    const auto found = m_removed.find(key);
    return found != m_removed.end() && m_clock.now() < found->second + kNameRests;
}

// Made under the lock: two of one queue would not know of each other's messages.
std::shared_ptr<MessageStore> QueueStore::messages(const Queue& queue)
{
    const std::lock_guard guard(m_mutex);
    auto& messages = m_messages[queue.id];
    if (!messages) {
        messages = std::make_shared<MessageStore>(m_store, m_clock, queue);
        if (m_closed)
            messages->close();
    }
    return messages;
}

std::optional<MessageStore::DeadLetters> QueueStore::deadLettersOf(const Queue& queue)
{
    const auto redrive = redriveOf(queue);
    const auto target = redrive ? find(queueKeyOf(redrive->target)) : nullptr;
    if (!target)
        return std::nullopt;
    return MessageStore::DeadLetters{messages(*target), redrive->maxReceives};
}

void QueueStore::close()
{
    const std::lock_guard guard(m_mutex);
    m_closed = true;
    for (const auto& [id, messages] : m_messages)
        messages->close();
}

void QueueStore::reset()
{
    const std::lock_guard guard(m_mutex);
    for (const auto& [id, messages] : m_messages)
        messages->close();
    m_messages.clear();
    m_queues.clear();
    m_removed.clear();
}

}
