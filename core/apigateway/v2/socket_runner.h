#pragma once

#include "core/apigateway/v2/socket_call.h"

#include <shared_mutex>

namespace core::apigateway::v2 {

// Does the work of connections beside the I/O threads, and what they share. Connections keep it alive; once
// it is stopped they reach nothing of the service any more. Any thread.
class SocketRunner : public std::enable_shared_from_this<SocketRunner> {
public:
    SocketRunner(const aws::Host& host, ApiStore& apis, AccountRecords& records, WorkPool& integrations);

    SocketHub& hub() { return m_hub; }
    SocketEnvironment& environment() { return m_environment; }
    // What a request to connect is answered with.
    http::Response connect(ApiPtr api, const std::string& stage, const std::string& domain,
        const http::Request& request, trace::SpanScope& span);

    // What connections tell, on I/O threads.
    void opened(const ConnectionPtr& connection);
    void received(const ConnectionPtr& connection, std::string message);
    void heard(const ConnectionPtr& connection);
    void closed(const ConnectionPtr& connection, int code, std::string reason);
    void neverOpened(const ConnectionPtr& connection);

    void stop(); // no work begins afterwards
    void finish(); // and what runs has ended

private:
    bool post(std::function<void()> work);
    void runMessage(const ConnectionPtr& connection, std::string message);

    TemplateCache m_templates;
    SocketHub m_hub;
    SocketEnvironment m_environment;
    std::shared_mutex m_stopping; // held, shared, while a connection tells something
    bool m_stopped = false;
    WorkPool m_pool;
};

// The response that lets a connection in: it tells the runner what becomes of it.
http::Response acceptConnection(
    SocketRunner& runner, ConnectionPtr connection, const std::string& subprotocol);

}
