#pragma once

#include "core/base/clock.h"
#include "core/http/server.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

struct Event;

// What extensions are told of their function when they register.
struct ExtensionHost {
    std::string functionName;
    std::string functionVersion;
    std::string handler;
    std::string account;
};

// An extension as the platform tells of it.
struct ExtensionView {
    std::string name;
    std::string_view state; // "Ready" when it has asked for an event, "Registered" before
    std::vector<std::string_view> events; // "INVOKE", "SHUTDOWN"
};

// One environment's endpoint of Lambda's Extensions API (version 2020-01-01): who has registered, and what is
// to be told to whom. External extensions are those that the chamber starts from /opt/extensions; others run
// within the runtime. handle() runs on I/O threads, the rest anywhere.
class ExtensionApi {
public:
    // `changed` is called, without a lock, when an extension registers, asks for its next event or reports an
    // error.
    ExtensionApi(ExtensionHost host, std::function<void()> changed);

    // The names of the files that were started; the environment is ready when each has asked for an event.
    void expect(std::vector<std::string> externals);

    static bool isFor(std::string_view path);
    void handle(const http::Request& request, http::Responder responder);

    // Who asks with this identifier; answers when it is nobody.
    std::optional<std::string> nameOf(const http::Request& request, http::Responder& responder);
    std::vector<ExtensionView> views() const;
    // The name of the `number`th that was started, "" for none.
    std::string expected(std::size_t number) const;

    // All that were started have registered.
    bool areRegistered() const;
    // All that registered have asked for their next event, and all that were started have registered.
    bool areWaiting() const;
    // Of those that hear of events: there are any, and one has not asked for its next event.
    bool hearOfEvents() const;
    bool areBusy() const;
    // How long they may take to end: none 0, within the runtime alone 0.5 s, else 2 s.
    Micros shutdownTime() const;
    // "Extension.InitError" or what else an extension reported of itself; "" for none.
    std::string failure() const;

    void tellInvoke(const Event& event);
    void tellShutdown(std::string_view reason, std::int64_t deadlineMillis);
    // Lets go of all requests that wait.
    void close();
    // All of them are to start anew.
    void reset();

private:
    struct Extension {
        std::string name;
        bool external = false;
        bool wantsInvoke = false;
        bool wantsShutdown = false;
        std::optional<http::Responder> waiting;
        std::deque<std::string> events;
    };

    void enroll(const http::Request& request, http::Responder responder);
    void next(const http::Request& request, http::Responder responder);
    void fail(const http::Request& request, http::Responder responder, bool inInit);
    Extension* known(const http::Request& request, http::Responder& responder);
    void give(Extension& extension, std::string event);

    const ExtensionHost m_host;
    const std::function<void()> m_changed;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_expected;
    std::map<std::string, Extension> m_extensions; // by identifier
    std::string m_failure;
};

}
