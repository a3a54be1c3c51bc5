#pragma once

#include "core/lambda/queue_poller.h"
#include "core/sqs/service.h"
#include "tests/support/door_room.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

// A poller over real queues, on a clock that stands still, with a function that is a lambda.
class QueueRoom {
public:
    using Function =
        std::function<core::Result<core::lambda::InvocationOutcome>(const nlohmann::json& event)>;

    QueueRoom();
    ~QueueRoom();

    nlohmann::json sqs(const char* action, const nlohmann::json& input);
    void makeQueue(const std::string& name, nlohmann::json attributes = nlohmann::json::object());
    void send(
        const std::string& queue, const std::string& body, nlohmann::json more = nlohmann::json::object());
    // Visible, in flight and delayed messages: "1/0/0".
    std::string counts(const std::string& queue);

    // Keeps the mapping of a queue and starts it.
    void start(core::lambda::EventSourceMapping mapping, const std::string& queue = "jobs");
    void change(const std::function<void(core::lambda::EventSourceMapping&)>& edit);
    // A new poller on the same store.
    void restart();

    void setFunction(Function function);
    // Holds back whoever runs the function until it is opened.
    void closeGate();
    void openGate();
    int running() const { return m_running; }

    std::vector<nlohmann::json> events() const;
    // The bodies of each event's records: [["a", "b"], ["c"]].
    nlohmann::json batches() const;
    int count() const { return static_cast<int>(events().size()); }
    // Titles of the steps of all tracks, oldest track first.
    std::vector<std::string> steps() const;
    bool hasStep(const std::string& title) const;
    int asked() const { return m_caller.count; } // in-process calls so far

    core::Clock& clock() { return m_room.clock; }

private:
    // Counts what the poller asks.
    struct CountingCaller : core::aws::Caller {
        core::Result<core::aws::Reply> call(std::string_view service, std::string_view action,
            const nlohmann::json& input, const core::aws::CallOptions& options, std::string payload) override;
        core::Result<core::http::Response> fetch(std::string_view url, core::http::Request request,
            const core::aws::CallOptions& options) override;
        core::aws::Caller* door = nullptr;
        std::atomic<int> count = 0;
    };

    void open();
    core::Result<core::lambda::InvocationOutcome> run(const std::string& payload);

    DoorRoom<core::sqs::SqsService> m_room{1'700'000'000 * core::kSecond};
    CountingCaller m_caller;
    core::aws::Host m_host;
    mutable std::mutex m_mutex;
    std::condition_variable m_gate;
    bool m_gateIsOpen = true;
    std::atomic<int> m_running = 0;
    Function m_function;
    std::vector<nlohmann::json> m_events;
    std::string m_key;
    std::unique_ptr<core::aws::RecordStore<core::lambda::EventSourceMapping>> m_mappings;
    std::unique_ptr<core::lambda::QueuePoller> m_poller;
};

}
