#pragma once

#include "core/http/server.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

// A handler made of functions.
class LambdaHandler : public core::http::Handler {
public:
    using Handle = std::function<void(core::http::Request, core::http::Responder)>;
    using Plan = std::function<core::http::BodyPlan(const core::http::Request&)>;

    explicit LambdaHandler(Handle handle, Plan plan = {})
        : m_handle(std::move(handle))
        , m_plan(std::move(plan))
    {
    }
    core::http::BodyPlan planBody(const core::http::Request& head) override
    {
        return m_plan ? m_plan(head) : Handler::planBody(head);
    }
    void handle(core::http::Request request, core::http::Responder responder) override
    {
        m_handle(std::move(request), std::move(responder));
    }

private:
    Handle m_handle;
    Plan m_plan;
};

// Answers that a test gives later, from its own thread.
class Waiting {
public:
    void keep(core::http::Responder responder)
    {
        std::lock_guard guard(m_mutex);
        m_responders.push_back(std::move(responder));
    }
    std::size_t count()
    {
        std::lock_guard guard(m_mutex);
        return m_responders.size();
    }
    std::vector<core::http::Responder> take()
    {
        std::lock_guard guard(m_mutex);
        return std::exchange(m_responders, {});
    }

private:
    std::mutex m_mutex;
    std::vector<core::http::Responder> m_responders;
};

struct WireAnswer {
    std::string head; // "" when the connection ended before one
    std::string body;
    int status() const;
    std::string field(std::string_view name) const;
};

// A bare TCP connection to loopback that sends and receives exactly what it is told. Reads give up after ten
// seconds.
class Wire {
public:
    explicit Wire(std::uint16_t port);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    bool send(std::string_view bytes);
    void endSending();
    // One answer; of a HEAD request without a body.
    WireAnswer receive(bool toHead = false);
    std::string receiveBytes(std::size_t count); // fewer at the end
    bool closedByPeer(); // waits for it

private:
    bool fill();
    int m_socket;
    std::string m_buffer;
};

core::http::Response textResponse(std::string body, int status = 200);

}
