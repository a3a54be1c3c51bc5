#pragma once

#include "core/apigateway/authorizer_cache.h"
#include "core/apigateway/jwks_cache.h"
#include "core/apigateway/rate_buckets.h"
#include "core/apigateway/v2/api_store.h"
#include "core/apigateway/v2/openid.h"
#include "core/apigateway/v2/socket_runner.h"
#include "core/aws/service.h"

namespace core::apigateway {

class CustomDomains;
class UsageControl;
struct AccountRecords;

}

namespace core::apigateway::v2 {

// API Gateway's HTTP and WebSocket APIs: their control plane as actions below /v2/, and
// the calls of HTTP APIs (DESIGN §6). Owns the APIs and the pool on which integrations run. Registered before
// the REST APIs' service, which claims every address of a call that this one does not know. Any thread; calls
// run on pool threads, for as long as their integration takes.
class ApiGatewayV2Service : public aws::TableService<ApiGatewayV2Service> {
public:
    // `records`: those that another service of APIs has as well; null for its own.
    explicit ApiGatewayV2Service(const aws::Host& host, std::shared_ptr<AccountRecords> records = nullptr);
    ~ApiGatewayV2Service() override;

    std::string_view id() const override { return "apigatewayv2"; }
    std::string_view signingName() const override { return "apigateway"; }
    aws::Protocol protocol() const override { return aws::Protocol::RestJson; }
    static std::span<const aws::ActionRow<ApiGatewayV2Service>> rows();
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;

    bool claims(const http::Request& head) const override;
    http::Response serve(http::Request request, trace::SpanScope& span) override;
    void stop() override;
    void reset() override;

    SocketRunner& sockets() { return *m_sockets; }
    ApiStore& apis() { return m_apis; }
    AccountRecords& records() { return *m_records; }
    UsageControl& usage();
    CustomDomains& domains();
    const aws::Host& host() const { return m_host; }

private:
    aws::Host m_host;
    ApiStore m_apis;
    std::shared_ptr<AccountRecords> m_records;
    AuthorizerCache m_authorizers;
    JwksCache m_keys;
    OpenIdConfigurations m_issuers;
    RateBuckets m_buckets;
    WorkPool m_integrations;
    std::shared_ptr<SocketRunner> m_sockets; // and the connections that are open
};

}
