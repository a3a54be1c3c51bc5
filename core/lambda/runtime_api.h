#pragma once

#include "core/base/clock.h"
#include "core/http/server.h"
#include "core/lambda/extension_api.h"
#include "core/lambda/keeper/keeper_page.h"
#include "core/lambda/telemetry_api.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace core::lambda {

class ResponseStream;

inline constexpr std::size_t kMaxResponseBytes = 6'291'556;
// Of what a streaming handler writes; AWS: 20 MB until July 2025.
inline constexpr std::size_t kMaxStreamBytes = 200 * 1024 * 1024;

// An event on its way to a runtime, with the headers that travel beside it.
struct Event {
    std::string requestId;
    std::string payload;
    std::string functionArn;
    std::string traceHeader;
    std::string clientContext; // JSON text, "" for none
    std::int64_t deadlineMillis = 0; // real time
    std::shared_ptr<ResponseStream> stream; // gets what a streaming handler writes while it writes
};

// What came back from the runtime.
struct RuntimeAnswer {
    enum class Kind {
        Ready, // init only: it asked for its first event
        Response, // the handler's value
        Error, // an error that the runtime reported
        TooLarge, // a response beyond kMaxResponseBytes
        Exited, // the process ended
        TimedOut,
    };
    Kind kind = Kind::TimedOut;
    std::string body; // Response, Error
    std::string
        errorType; // Error: Lambda-Runtime-Function-Error-Type; Exited: what an extension reported before
    std::string contentType; // Response: of a streaming handler
    bool streamed = false; // Response: a streaming handler wrote it, to the event's stream if that has one
    std::string streamError; // Response: the error, as JSON text, that ended the stream early
    int exitStatus = 0; // Exited: waitpid's status
    KeeperCause cause = KeeperCause::None; // Exited: why the chamber ended it
    std::string unstarted; // Exited: why the program or extension could not be started, in AWS's words
    bool extension = false; // Exited: an extension did, and exitStatus is its
    bool delivered = false; // the runtime has taken the event
};

// One environment's endpoint of Lambda's Runtime API (version 2018-06-01) and of those for extensions: holds
// the runtime's request for the next event until there is one. handle() runs on I/O threads, the rest on the
// thread that invokes; one invocation at a time.
class RuntimeApi : public http::Handler {
public:
    // Both are called on I/O threads: `waits` when the runtime asks for an event and there is none,
    // `registered` when all external extensions have registered. `telemetry` outlives this.
    RuntimeApi(ExtensionHost host, TelemetryApi& telemetry, std::function<void()> waits,
        std::function<void()> registered);
    ExtensionApi& extensions() { return m_extensions; }

    http::BodyPlan planBody(const http::Request& head) override;
    void handle(http::Request request, http::Responder responder) override;

    // Waits until the runtime is ready for events, has failed or ended, or `patience` of real time is over.
    RuntimeAnswer awaitInit(Micros patience);
    // Gives the event and waits for what comes back.
    RuntimeAnswer serve(const Event& event, Micros patience);
    // The runtime is gone, and its connection not yet known to be: it gets no event any more.
    void runtimeLost();
    // The program has ended, what holds it has not: it may start anew.
    void programEnded(RuntimeAnswer ended);
    void reset();
    // Of `ended` its kind, status, cause and extension count.
    void processEnded(RuntimeAnswer ended);
    // How the program or the process has ended.
    std::optional<RuntimeAnswer> ended() const;
    // The runtime has asked for an event and there is none, and its extensions wait for one, too.
    bool isWaiting() const;

private:
    void next(http::Responder responder);
    void finish(std::string_view requestId, RuntimeAnswer answer, http::Responder responder);
    void failInit(RuntimeAnswer answer, http::Responder responder);
    void deliver();
    std::shared_ptr<ResponseStream> streamOf(std::string_view path);
    bool isWaitingLocked() const;
    void extensionsChanged();

    TelemetryApi& m_telemetry;
    const std::function<void()> m_waits;
    const std::function<void()> m_registered;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<http::Responder> m_waiting; // the runtime asks for its next event
    std::optional<Event> m_event; // not taken yet
    std::string m_current; // request id of the event in work
    std::shared_ptr<ResponseStream> m_stream; // of the event in work
    std::optional<RuntimeAnswer> m_answer;
    std::optional<RuntimeAnswer> m_ended;
    bool m_ready = false;
    ExtensionApi m_extensions; // calls back: after what it uses
};

}
