#pragma once

#include "core/http/server.h"
#include "core/lambda/telemetry_subscription.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace core::lambda {

class TelemetrySender;

// One environment's Telemetry API (2022-07-01) and the Logs API before it (2020-08-15): extensions subscribe
// while the environment starts, hear then what went before, and get what follows in batches, each from a
// thread of its own. While an environment stands still nothing is delivered; what waits comes with the next
// event, or with the end. What a subscriber does not take is dropped and counted. Any thread; `idle` is
// called, without a lock, when a delivery that was in the way of standing still is over.
class TelemetryApi {
public:
    TelemetryApi(const Clock& clock, bool jsonLogs, std::function<void()> idle);
    ~TelemetryApi();

    static bool isFor(std::string_view path);
    // Where this environment listens; before the first subscription.
    void setHost(std::string host);
    // `extension` is the name of the one that asks.
    void handle(const http::Request& request, const std::string& extension, http::Responder responder);
    // The start is over: nobody can subscribe any more.
    void endSubscriptions();

    // Somebody hears, or may still come to.
    bool isHeard() const { return m_heard; }
    // An event of the platform, its record as JSON text: "platform.start".
    void tell(std::string_view type, const std::string& record);
    // A line of the function's or of an extension.
    void tellLine(std::string_view type, const std::string& line);

    // False while a delivery is under way.
    bool pause();
    void resume();
    // Delivers what there is at once.
    void flush();
    // Nothing is delivered any more.
    void close();
    // The environment starts anew: who subscribed is gone.
    void reset();

private:
    struct Event {
        std::string type;
        std::string text; // JSON
        std::string line; // of function and extension, as it was written
        Micros time = 0;
    };
    struct Subscriber {
        std::string name;
        std::string body; // of its subscription
        TelemetrySubscription wish;
        std::vector<std::string> queue; // JSON texts
        std::size_t bytes = 0;
        Micros since = 0; // real: when the first of the queue came
        std::size_t droppedRecords = 0;
        std::size_t droppedBytes = 0;
        int failures = 0;
        bool over = false;
        std::thread thread;
    };

    void subscribe(TelemetrySubscription wish, const http::Request& request, const std::string& extension,
        http::Responder responder);
    void tellAll(Event event);
    void enqueue(Subscriber& subscriber, const Event& event);
    std::string textFor(const TelemetrySubscription& wish, const Event& event) const;
    void run(Subscriber& subscriber);
    bool isDue(const Subscriber& subscriber) const;
    std::vector<std::string> take(Subscriber& subscriber);
    void settle(Subscriber& subscriber, std::vector<std::string> batch, bool taken);

    const Clock& m_clock;
    const bool m_jsonLogs;
    const std::function<void()> m_idle;
    std::string m_host = "127.0.0.1";
    std::atomic<bool> m_heard = true;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Event> m_history; // of the start
    std::size_t m_historyBytes = 0;
    std::vector<std::unique_ptr<Subscriber>> m_subscribers;
    bool m_open = true;
    bool m_paused = false;
    bool m_flushing = false;
    bool m_stopping = false;
    int m_deliveries = 0; // under way
    bool m_awaited = false; // pause() was refused
};

}
