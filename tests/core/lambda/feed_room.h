#pragma once

#include "core/lambda/event_sources.h"

#include <nlohmann/json.hpp>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

// What feeds functions, over a host that outlives it, with a function that is a lambda. Any thread.
class FeedRoom {
public:
    using Function =
        std::function<core::Result<core::lambda::InvocationOutcome>(const nlohmann::json& event)>;

    explicit FeedRoom(const core::aws::Host& host);
    ~FeedRoom();

    // Keeps the mapping of a source and starts it.
    void start(core::lambda::EventSourceMapping mapping, const std::string& source);
    void change(const std::function<void(core::lambda::EventSourceMapping&)>& edit);
    // The sources anew on the same store.
    void restart();
    // Ends what feeds, whoever is held back too.
    void close();

    void setFunction(Function function);
    // Holds back whoever runs the function until it is opened.
    void closeGate();
    void openGate();
    int running() const { return m_running; }

    std::vector<nlohmann::json> events() const;
    int count() const { return static_cast<int>(events().size()); }
    // What `read` sees in each event's records: [["a", "b"], ["c"]].
    nlohmann::json batches(const std::function<nlohmann::json(const nlohmann::json& record)>& read) const;
    // LastProcessingResult.
    std::string result() const;
    // Titles of the steps of all tracks, oldest track first.
    std::vector<std::string> steps() const;
    bool hasStep(const std::string& title) const;

private:
    void open();
    core::Result<core::lambda::InvocationOutcome> run(const std::string& payload);
    void note(const std::string& key, const std::string& result);

    const core::aws::Host& m_host;
    mutable std::mutex m_mutex;
    std::condition_variable m_gate;
    bool m_gateIsOpen = true;
    std::atomic<int> m_running = 0;
    Function m_function;
    std::vector<nlohmann::json> m_events;
    std::string m_key;
    std::unique_ptr<core::aws::RecordStore<core::lambda::EventSourceMapping>> m_mappings;
    std::unique_ptr<core::lambda::EventSources> m_sources;
};

core::lambda::InvocationOutcome answered(const std::string& payload);
core::lambda::InvocationOutcome failing();

}
