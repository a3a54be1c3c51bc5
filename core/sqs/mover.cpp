#include "core/sqs/mover.h"

#include "core/base/log.h"
#include "core/sqs/errors.h"

#include <algorithm>

namespace core::sqs {

namespace {

constexpr std::size_t kAtATime = 100;
using State = MoveTask::State;

}

Mover::Mover(const aws::Host& host, QueueStore& queues)
    : m_host(host)
    , m_queues(queues)
    , m_tasks(host.store, "sqs/move-tasks")
    , m_work(host, [this] { return round(); })
{
}

std::vector<MoveTask> Mover::tasksOf(const std::string& source) const
{
    std::vector<MoveTask> tasks;
    for (const auto& task : m_tasks.below(queueKeyOf(source) + '/'))
        tasks.push_back(*task);
    std::reverse(tasks.begin(), tasks.end());
    return tasks;
}

Result<> Mover::start(const MoveTask& task)
{
    {
        const std::lock_guard guard(m_mutex);
        const auto all = tasksOf(task.source);
        if (std::ranges::find(all, State::Running, &MoveTask::state) != all.end())
            return fail(errors::taskRunning());
        forgetOld(task.source);
        CORE_CHECK(m_tasks.put(task));
    }
    m_work.resume();
    return {};
}

void Mover::forgetOld(const std::string& source)
{
    auto all = tasksOf(source);
    for (auto place = std::min(all.size(), kMostShown - 1); place < all.size(); ++place)
        (void)m_tasks.erase(recordKey(all[place]));
}

Result<std::size_t> Mover::cancel(const MoveTaskName& name)
{
    const std::lock_guard guard(m_mutex);
    const auto all = tasksOf(name.source);
    const auto found = std::ranges::find(all, name.id, &MoveTask::id);
    if (found == all.end())
        return fail(errors::noTask());
    if (found->state != State::Running)
        return fail(errors::taskOver());
    auto task = *found;
    task.state = State::Cancelled;
    CORE_CHECK(m_tasks.put(task));
    return task.moved;
}

std::optional<Micros> Mover::round()
{
    std::optional<Micros> next;
    for (const auto& task : m_tasks.below({})) {
        if (task->state != State::Running || m_work.isClosing())
            continue;
        if (const auto then = step(*task); then)
            next = std::min(next.value_or(*then), *then);
    }
    return next;
}

std::optional<Micros> Mover::step(MoveTask task)
{
    const auto key = recordKey(task);
    const auto now = m_host.clock.now();
    if (task.rate > 0 && m_due.contains(key) && now < m_due[key])
        return m_due[key];
    const auto most = task.rate > 0 ? static_cast<std::size_t>(task.rate) : kAtATime;
    const auto moved = move(task, most);
    const std::lock_guard guard(m_mutex);
    const auto there = m_tasks.find(key);
    if (!there)
        return std::nullopt;
    task = *there; // it may have been cancelled meanwhile
    task.moved += moved.count;
    if (moved.error) {
        task.failure = moved.error->code;
        task.state = State::Failed;
    } else if (moved.count == 0 && task.state == State::Running) {
        task.state = State::Completed;
    }
    const bool goesOn = task.state == State::Running;
    if (const auto kept = m_tasks.put(task); !kept) {
        log::warning("sqs", "a message move task is not kept: " + kept.error().message);
        return now + kSecond;
    }
    m_due.erase(key);
    if (!goesOn)
        return std::nullopt;
    return m_due[key] = now + (task.rate > 0 ? kSecond : 0);
}

MessageStore::GivenBack Mover::move(const MoveTask& task, std::size_t most)
{
    const auto source = m_queues.find(queueKeyOf(task.source));
    if (!source)
        return {0, errors::noQueue()};
    std::map<std::string, QueueStore::QueuePtr> reached;
    const auto target = [&](const Message& message, std::optional<Error>& why) {
        const auto arn = task.destination.empty() ? message.source : task.destination;
        const auto queue = m_queues.find(queueKeyOf(arn));
        if (!queue) {
            why = arn.empty() ? errors::noMessageSource() : errors::noQueue();
            return std::shared_ptr<MessageStore>();
        }
        reached[queue->key()] = queue;
        return m_queues.messages(*queue);
    };
    auto moved = m_queues.messages(*source)->giveBack(most, target);
    for (const auto& [key, queue] : reached)
        m_host.changes.publish({"sqs", "RedriveMessage", queue->region, queue->name, true});
    return moved;
}

void Mover::resume()
{
    m_work.resume();
}

void Mover::close()
{
    m_work.close();
}

void Mover::reset()
{
    const std::lock_guard guard(m_mutex);
    m_tasks.reset();
}

}
