#pragma once

#include "core/apigateway/v2/management_service.h"
#include "core/apigateway/v2/service.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/core/apigateway/signed_request.h"
#include "tests/support/web_socket_client.h"

// A WebSocket API on a real port, with a FakeCaller for the rest of the chamber. Its clock stands.
class SocketRoom {
public:
    using Function = std::function<core::aws::Reply(const nlohmann::json& event)>;

    SocketRoom();
    ~SocketRoom();

    nlohmann::json expect(std::string_view action, nlohmann::json input);
    // "BadRequestException: …", or "" when the action succeeded.
    QString error(std::string_view action, nlohmann::json input);
    // A route to a function, which answers what `function` says for its event; two-way when asked.
    void addRoute(const std::string& key, Function function = {}, nlohmann::json more = {});
    // A route to any integration; its responses as "key" → template.
    void addMapped(const std::string& key, nlohmann::json integration,
        const std::map<std::string, std::string>& responses, bool twoWay = true);
    void makeTwoWay(const std::string& routeId);
    void deploy(); // to the stage "prod"

    std::unique_ptr<tests::WebSocketClient> connect(
        const std::string& query = {}, tests::WebSocketClient::Fields fields = {});
    core::http::Response manage(const std::string& method, const std::string& connectionId,
        std::string body = {}, std::optional<Signer> signer = Signer{});
    // What UpdateAccount, CreateApiKey and CreateUsagePlan of the REST APIs' service leave: a role for logs,
    // and an enabled key with a plan for the stage "prod".
    void nameLogRole();
    void addKey(const std::string& value, core::apigateway::UsagePlan plan = {});
    // What was put into a log group, without "(id) " in front; waits for as many lines.
    QStringList logLines(const std::string& group, qsizetype count);
    // By another host and path than the API's own.
    std::unique_ptr<tests::WebSocketClient> connectTo(const std::string& host, const std::string& target);
    core::http::Response manageTo(
        const std::string& host, const std::string& target, const std::string& method, std::string body = {});
    bool claims(const std::string& host, const std::string& target); // a signed request
    // Events that functions got, in order; waits for as many.
    std::vector<nlohmann::json> events(std::size_t count);
    std::string lastConnection(); // the id that the last event names
    core::apigateway::v2::SocketHub& hub();
    core::aws::MetricBook& metrics(); // what the service counted

    FakeCaller caller;
    core::Clock clock;
    core::trace::Tracer tracer;
    std::string apiId;

private:
    core::Result<core::aws::Reply> answer(const FakeCaller::Asked& asked);

    struct Parts;
    std::unique_ptr<Parts> m_parts;
    std::mutex m_mutex;
    std::map<std::string, Function> m_functions;
    std::vector<nlohmann::json> m_events;
    std::map<std::string, QStringList> m_logs;
};

core::aws::Reply proxied(int status, const std::string& body = {}, nlohmann::json headers = {});
