#pragma once

#include "core/apigateway/api_store.h"
#include "core/apigateway/authorizer_cache.h"
#include "core/apigateway/call_context.h"
#include "core/apigateway/jwks_cache.h"
#include "core/apigateway/template_cache.h"
#include "core/aws/service.h"

namespace core::apigateway {

class CustomDomains;
struct AccountRecords;
class StageCache;
class UsageControl;
struct CallEnvironment;

// API Gateway: the control plane of REST APIs as actions, and the calls of deployed APIs (DESIGN §6). Owns
// the APIs and the pool on which integrations run. Any thread; calls run on pool threads, for as long as
// their integration takes.
class ApiGatewayService : public aws::TableService<ApiGatewayService> {
public:
    // `records`: those that another service of APIs has as well; null for its own.
    explicit ApiGatewayService(const aws::Host& host, std::shared_ptr<AccountRecords> records = nullptr);
    ~ApiGatewayService() override;

    std::string_view id() const override { return "apigateway"; }
    aws::Protocol protocol() const override { return aws::Protocol::RestJson; }
    static std::span<const aws::ActionRow<ApiGatewayService>> rows();
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;

    bool claims(const http::Request& head) const override;
    http::Response serve(http::Request request, trace::SpanScope& span) override;
    void stop() override;
    void reset() override;

    ApiStore& apis() { return m_apis; }
    const aws::Host& host() const { return m_host; }
    WorkPool& integrations() { return m_integrations; }
    TemplateCache& templates() { return m_templates; }
    AuthorizerCache& authorizers() { return m_authorizers; }
    CallEnvironment callEnvironment(); // for one call
    UsageControl& usage();
    StageCache& stageCache() { return *m_stageCache; }
    AccountRecords& records() { return *m_records; }
    CustomDomains& domains();
    // What decides whether a call goes to a canary: numbers in [0, 1). Tests set it before the first call.
    void setChance(std::function<double()> chance) { m_chance = std::move(chance); }

private:
    aws::Host m_host;
    ApiStore m_apis;
    TemplateCache m_templates;
    AuthorizerCache m_authorizers;
    JwksCache m_keys;
    std::unique_ptr<StageCache> m_stageCache;
    std::shared_ptr<AccountRecords> m_records;
    std::function<double()> m_chance;
    WorkPool m_integrations;
};

}
