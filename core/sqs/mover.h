#pragma once

#include "core/aws/record_store.h"
#include "core/aws/timed_work.h"
#include "core/sqs/move_task.h"
#include "core/sqs/queue_store.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace core::sqs {

// Moves dead letters back, as message move tasks ask: on the pool, by the chamber's clock. Tasks are durable;
// the next run goes on with them. Owned by the service. Any thread.
class Mover {
public:
    static constexpr std::size_t kMostShown = 10; // tasks of a queue that are kept

    Mover(const aws::Host& host, QueueStore& queues);

    // Error: InvalidParameterValue when a task of this source runs.
    Result<> start(const MoveTask& task);
    // How many messages it has moved. Errors: ResourceNotFoundException, InvalidParameterValue when it is
    // over.
    Result<std::size_t> cancel(const MoveTaskName& name);
    // Of a source, the latest first.
    std::vector<MoveTask> tasksOf(const std::string& source) const;

    void resume();
    void close();
    void reset();

private:
    std::optional<Micros> round();
    // One step of a task; the moment of the next, nothing when it is over.
    std::optional<Micros> step(MoveTask task);
    MessageStore::GivenBack move(const MoveTask& task, std::size_t most);
    void forgetOld(const std::string& source);

    const aws::Host& m_host;
    QueueStore& m_queues;
    mutable std::mutex m_mutex; // held while a task is read and then changed
    aws::RecordStore<MoveTask> m_tasks;
    std::map<std::string, Micros> m_due; // by the task's key, of those with a rate
    aws::TimedWork m_work;
};

}
