#pragma once

#include "core/sqs/service.h"
#include "tests/core/lambda/feed_room.h"
#include "tests/support/door_room.h"

#include <atomic>
#include <functional>
#include <string>

namespace tests {

// Real queues on a clock that stands still, behind a caller that counts.
struct QueueWorld {
    struct CountingCaller : core::aws::Caller {
        core::Result<core::aws::Reply> call(std::string_view service, std::string_view action,
            const nlohmann::json& input, const core::aws::CallOptions& options, std::string payload) override;
        core::Result<core::http::Response> fetch(std::string_view url, core::http::Request request,
            const core::aws::CallOptions& options) override;
        core::aws::Caller* door = nullptr;
        std::atomic<int> count = 0;
        // Once, between SQS's next answer to ReceiveMessage that has messages, or has none, and whoever
        // asked.
        std::atomic<core::Micros> leap = 0;
        std::atomic<core::Micros> emptyLeap = 0;
        core::Clock* clock = nullptr;
    };

    QueueWorld();

    DoorRoom<core::sqs::SqsService> room{1'700'000'000 * core::kSecond};
    CountingCaller caller;
    core::aws::Host host;
};

// What feeds functions over real queues.
class QueueRoom : private QueueWorld, public FeedRoom {
public:
    QueueRoom();
    ~QueueRoom();

    nlohmann::json sqs(const char* action, const nlohmann::json& input);
    void makeQueue(const std::string& name, nlohmann::json attributes = nlohmann::json::object());
    void send(
        const std::string& queue, const std::string& body, nlohmann::json more = nlohmann::json::object());
    // Visible, in flight and delayed messages: "1/0/0".
    std::string counts(const std::string& queue);

    void start(core::lambda::EventSourceMapping mapping, const std::string& queue = "jobs");
    // The bodies of each event's records: [["a", "b"], ["c"]].
    nlohmann::json batches() const;
    int asked() const { return caller.count; } // in-process calls so far
    // The clock goes on by so much while the next messages are received.
    void leapWhileReceiving(core::Micros by) { caller.leap = by; }
    void leapWhileNothingCame(core::Micros by) { caller.emptyLeap = by; }

    core::Clock& clock() { return room.clock; }
};

}
