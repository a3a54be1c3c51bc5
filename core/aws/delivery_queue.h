#pragma once

#include "core/aws/timed_work.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace core::aws {

// A call of one service to another that must not be lost: an object's event for a function, a rule's event
// for its target. A plain value; it lies in the store until the other has taken it.
struct Delivery {
    std::string id; // its key, in order of acceptance
    std::string service; // "lambda"
    std::string action; // "Invoke"
    std::string input; // JSON
    std::string payload;
    std::string region;
    std::string title; // as the track names it: "s3:ObjectCreated:Put photos/a.png"
    std::string guard; // JSON of whoever queued it, for `allow`
    std::string traceHeader; // of the request that it came with
    // SendMessage's input for what cannot be delivered, JSON with MessageAttributes and the queue's ARN as
    // QueueUrl; "" for no dead-letter queue.
    std::string deadLetter = {};
    int attempts = 0;
    int maxAttempts = 185;
    Micros maxAge = 24 * 3600 * kSecond;
    // Before each further attempt, the last one again and again; empty: growing ones.
    std::vector<Micros> pauses = {};
    Micros accepted = 0; // chamber's clock
    Micros due = 0;
};

// How a delivery came out of its queue. Redriven: a dead-letter queue has it.
enum class DeliveryEnd { Delivered, Failed, Redriven, NotRedriven };

// Deliveries of one service, in order, one at a time, beside its requests. What cannot be delivered now is
// tried again after a growing pause of the chamber's clock; what the other refuses is dropped, and the track
// says so. A delivery may come twice after a crash. Any thread.
class DeliveryQueue {
public:
    // Asked before each attempt; an error drops the delivery.
    using Allow = std::function<Result<>(const Delivery&, trace::SpanScope&)>;

    // Takes it to its place where that is no service's action; errors as the action's.
    using Send = std::function<Result<>(const Delivery&, trace::SpanScope&)>;
    // What a dead letter's attributes say of the failure; without it, as EventBridge says it.
    using Describe = std::function<nlohmann::json(const Delivery&, const Error&)>;
    struct Hooks {
        Allow allow = {};
        Send send = {};
        Describe describe = {};
        std::function<void(const Delivery&, DeliveryEnd)> ended = {};
    };

    // `service` as the tracks name it; `keyspace` as "s3/deliveries".
    DeliveryQueue(const Host& host, std::string service, std::string keyspace, Allow allow = {});
    DeliveryQueue(const Host& host, std::string service, std::string keyspace, Hooks hooks);
    ~DeliveryQueue();

    std::string newId();
    // A part of someone's transaction; notice() when that is durable.
    void put(store::Transaction& transaction, const Delivery& delivery) const;
    void notice();
    // Takes up what an earlier run left; once the chamber serves.
    void resume();
    // Begins nothing more, gives up a post that an endpoint does not answer, and waits for what runs.
    void close();
    // For a `send` that waits for others: asked to stop when the queue closes.
    std::stop_token stopping() const { return m_stopping.get_token(); }

private:
    std::optional<Micros> deliverDue();
    std::vector<Delivery> dueNow(std::optional<Micros>& next) const;
    void attempt(Delivery delivery);
    Result<> send(const Delivery& delivery, trace::SpanScope& span) const;
    trace::SpanScope open(const Delivery& delivery) const;
    void again(Delivery delivery, const Error& error, trace::SpanScope& span);
    void bury(const Delivery& delivery, const Error& error, const char* exhausted, trace::SpanScope& span);
    void end(const Delivery& delivery, DeliveryEnd how) const;

    const Host& m_host;
    const std::string m_service;
    const std::string m_keyspace;
    const Hooks m_hooks;
    std::mutex m_mutex; // guards the last id
    std::uint64_t m_lastId = 0;
    std::stop_source m_stopping;
    TimedWork m_work;
};

}
