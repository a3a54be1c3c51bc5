#include "core/apigateway/v2/service.h"

#include "core/apigateway/account_records.h"
#include "core/apigateway/v2/actions.h"
#include "core/apigateway/v2/calls.h"
#include "core/apigateway/v2/errors.h"
#include "core/apigateway/v2/pipeline.h"
#include "core/apigateway/v2/socket_address.h"
#include "core/base/ids.h"

#include <algorithm>

namespace core::apigateway::v2 {

namespace {

constexpr int kIntegrationThreads = 1024;
constexpr int kIntegrationQueue = 2048;

ApiPtr apiOf(const ApiStore& apis, const CallTarget& target)
{
    return target.region.empty() ? apis.findById(target.apiId) : apis.find(target.region, target.apiId);
}

}

ApiGatewayV2Service::ApiGatewayV2Service(const aws::Host& host, std::shared_ptr<AccountRecords> records)
    : m_host(host)
    , m_apis(host.store)
    , m_records(records ? std::move(records) : std::make_shared<AccountRecords>(host.store))
    , m_integrations(kIntegrationThreads, kIntegrationQueue)
    , m_sockets(std::make_shared<SocketRunner>(m_host, m_apis, *m_records, m_integrations))
{
}

ApiGatewayV2Service::~ApiGatewayV2Service()
{
    m_sockets->finish();
}

UsageControl& ApiGatewayV2Service::usage()
{
    return m_records->usage;
}

CustomDomains& ApiGatewayV2Service::domains()
{
    return m_records->domains;
}

std::span<const aws::ActionRow<ApiGatewayV2Service>> ApiGatewayV2Service::rows()
{
    return actionRows();
}

Error ApiGatewayV2Service::invalidInput(
    const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const
{
    for (const auto& violation : violations) {
        if (violation.path == "protocolType" && violation.kind == aws::Violation::Kind::Enum)
            return errors::badRequest("Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]");
    }
    // Every refusal of input is a BadRequestException here.
    auto error = aws::TableService<ApiGatewayV2Service>::invalidInput(action, violations);
    error.code = "BadRequestException";
    return error;
}

bool ApiGatewayV2Service::claims(const http::Request& head) const
{
    if (isSocketCall(*m_sockets, head))
        return true;
    const auto target = parseCallTarget(head, m_records->domains);
    const auto api = target ? apiOf(m_apis, *target) : nullptr;
    return api && api->api.isHttp();
}

http::Response ApiGatewayV2Service::serve(http::Request request, trace::SpanScope& span)
{
    if (isSocketCall(*m_sockets, request))
        return serveSocketCall(*m_sockets, request, span);
    CallEnvironment environment{m_host.caller, m_integrations, m_host.clock, m_host.endpoint, m_authorizers,
        m_keys, m_issuers, m_buckets, m_host.logs, *m_records, m_host.metrics};
    auto target = parseCallTarget(request, m_records->domains).value_or(CallTarget{});
    auto api = apiOf(m_apis, target);
    if (!api) // removed since the call was claimed
        return gatewayAnswer({404, "Not Found", "No API has the id " + target.apiId}, newUuid());
    return serveCall(environment, std::move(api), request, std::move(target), span);
}

void ApiGatewayV2Service::stop()
{
    m_sockets->finish();
    m_records->usage.meter.stop();
}

void ApiGatewayV2Service::reset()
{
    m_sockets->hub().closeAll(http::close_code::kGoingAway, [](const SocketConnection&) { return true; });
    m_apis.reset();
    m_records->reset();
    m_authorizers.clear();
    m_keys.clear();
    m_issuers.clear();
    m_buckets.reset();
}

}
