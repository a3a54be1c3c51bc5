#pragma once

#include "core/apigateway/call_measures.h"
#include "core/apigateway/execution_log.h"
#include "core/apigateway/template_cache.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/v2/api_store.h"
#include "core/apigateway/v2/selection.h"
#include "core/apigateway/v2/socket_hub.h"
#include "core/aws/service.h"
#include "core/base/work_pool.h"

#include <tl/expected.hpp>

namespace core::apigateway {

struct AccountRecords;

}

namespace core::apigateway::v2 {

// How the calls of WebSocket APIs reach the rest of the chamber. All of it outlives the connections' work.
struct SocketEnvironment {
    const aws::Host& host;
    ApiStore& apis;
    const AccountRecords& records;
    SocketHub& hub;
    WorkPool& integrations; // runs what may outlast the integration's time-out
    TemplateCache& templates;
    UsageControl& usage; // API keys, plans, the account's limits
    aws::LogBook& logs;
};

enum class SocketEvent { Connect, Message, Disconnect };

// What an integration answered, after its mappings.
struct SocketAnswer {
    int status = 200;
    http::Headers headers;
    std::string body;
    bool binary = false; // the body goes to the client as bytes
};

// Why the gateway itself answers: `message` is for the client, `reason` for the track.
struct SocketFailure {
    int status = 500;
    std::string message;
    std::string reason;
    std::string type = {}; // AWS's name of the answer, "THROTTLED"
    std::string validation = {}; // what the body's model says of it
};

template <typename Value> using SocketResult = tl::expected<Value, SocketFailure>;

inline tl::unexpected<SocketFailure> socketError(std::string reason)
{
    return tl::unexpected<SocketFailure>({500, "Internal server error", std::move(reason)});
}

inline tl::unexpected<SocketFailure> socketRefusal(
    int status, std::string message, std::string reason, std::string type = {})
{
    return tl::unexpected<SocketFailure>({status, std::move(message), std::move(reason), std::move(type)});
}

// One event of a connection on its way through its route. Lives on one pool thread.
struct SocketCall {
    SocketCall(SocketEnvironment& around, const ConnectionPtr& of, SocketEvent what, trace::SpanScope& scope);

    SocketEnvironment& environment;
    const ConnectionPtr& connection;
    const SocketEvent event;
    trace::SpanScope& span;
    const Micros now;
    const std::string requestId;

    ApiPtr api; // these are the ones of now, not of the moment when the client connected
    const Stage* stage = nullptr;
    std::shared_ptr<const Deployment> deployment;
    const Route* route = nullptr;
    std::string routeKey;
    const Integration* integration = nullptr;

    const http::Request* request = nullptr; // Connect
    std::string body; // Message
    std::string messageId; // Message
    int closeCode = 0; // Disconnect
    std::string closeReason;
    AuthorizerAnswer authorizer; // the connection's, or what the authorizer has just said
    bool isAuthorized = false; // there is one
    Identity identity; // who signed, and the API key
    std::shared_ptr<const UsagePlan> usagePlan; // the key's; null where the route wants none
    SocketFailure failure; // why the gateway answers itself; without a reason it does not
    CallMeasures measures;
    std::optional<ExecutionLog> log; // of stages that want one

    // Finds the API, the stage and what it has deployed, as they are now.
    SocketResult<void> findStage();
    // The route with this key, else $default of messages; and its integration.
    SocketResult<void> takeRoute(const std::string& key);
    bool answersClient() const; // the route is two-way
    void logLine(std::string text, ExecutionLog::Kind kind = ExecutionLog::Kind::Info);
    void step(std::string title, std::string detail, trace::Verdict verdict = trace::Verdict::Note);
};

// What selects the route of a message: the API's expression over the body, which has to be JSON; nullopt
// sends it to $default.
std::optional<std::string> selectRouteKey(const std::string& expression, const std::string& body);

// $context.<name> of templates and selection expressions, with their values.
std::vector<std::pair<std::string, std::string>> socketContext(const SocketCall& call);

// The event that a function gets, as text.
std::string socketEvent(const SocketCall& call);
nlohmann::json socketRequestContext(const SocketCall& call);

// Asks the route's authorizer, if it has one: $connect alone. socket_authorizer.cpp
SocketResult<void> authorizeConnect(SocketCall& call);
// The API key that the route wants: of the request to connect, later of the client that it let in.
// socket_key.cpp
SocketResult<void> checkSocketKey(SocketCall& call);
// A token of the plan's, the route's and the account's buckets, and one of the plan's quota.
// socket_throttle.cpp
SocketResult<void> throttleSocket(SocketCall& call);
// Holds a message against the model that the route selects for it. socket_models.cpp
SocketResult<void> validateMessage(SocketCall& call);

// The stage's logs of the event: the lines with which the execution of its route begins, and what is written
// of it all when its status is known. socket_logs.cpp
void logRoute(SocketCall& call);
void writeSocketLogs(SocketCall& call, int status);

// Runs the route's integration with its request mapping, and maps what it answers.
SocketResult<SocketAnswer> integrateSocket(SocketCall& call);

// A mapping template over `body`, with $context of WebSocket APIs.
SocketResult<std::string> renderSocketTemplate(
    SocketCall& call, const std::string& text, const std::string& body);

// {"message": …, "connectionId": …, "requestId": …}, as clients get it.
std::string socketErrorText(const SocketCall& call, const std::string& message);

class SocketRunner;

// The answer to a request to connect: accepts the upgrade when the route $connect does.
http::Response serveConnect(SocketRunner& runner, ApiPtr api, const std::string& stage,
    const std::string& domain, const http::Request& request, trace::SpanScope& span);
// The work of one message, and of an end, with a track of its own each; waits for the integration.
void serveMessage(SocketEnvironment& environment, const ConnectionPtr& connection, std::string message);
void serveDisconnect(
    SocketEnvironment& environment, const ConnectionPtr& connection, int code, const std::string& reason);

}
