#include "core/apigateway/service.h"

#include "core/apigateway/account_records.h"
#include "core/apigateway/actions.h"
#include "core/apigateway/calls.h"
#include "core/apigateway/stage_cache.h"
#include "core/apigateway/usage_control.h"

#include <algorithm>
#include <random>

namespace core::apigateway {

namespace {

constexpr int kIntegrationThreads = 1024;
constexpr int kIntegrationQueue = 2048;

// "CreateRestApi" → "createRestApiInput", as AWS begins the path of a body's member.
std::string inputName(std::string_view action)
{
    std::string name(action);
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
    return name + "Input";
}

double randomChance()
{
    thread_local std::mt19937_64 generator(std::random_device{}());
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

}

ApiGatewayService::ApiGatewayService(const aws::Host& host, std::shared_ptr<AccountRecords> records)
    : m_host(host)
    , m_apis(host.store)
    , m_stageCache(std::make_unique<StageCache>())
    , m_records(records ? std::move(records) : std::make_shared<AccountRecords>(host.store))
    , m_chance(randomChance)
    , m_integrations(kIntegrationThreads, kIntegrationQueue)
{
}

ApiGatewayService::~ApiGatewayService() = default;

UsageControl& ApiGatewayService::usage()
{
    return m_records->usage;
}

CustomDomains& ApiGatewayService::domains()
{
    return m_records->domains;
}

std::span<const aws::ActionRow<ApiGatewayService>> ApiGatewayService::rows()
{
    return actionRows();
}

Error ApiGatewayService::invalidInput(
    const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const
{
    auto worded = violations;
    // AWS was seen to name the body's members first.
    std::stable_sort(worded.begin(), worded.end(),
        [](const auto& a, const auto& b) { return a.in == aws::In::Body && b.in != aws::In::Body; });
    for (auto& violation : worded) {
        if (violation.in == aws::In::Body && violation.kind != aws::Violation::Kind::Unsupported)
            violation.path = inputName(action.name) + "." + violation.path;
    }
    return aws::TableService<ApiGatewayService>::invalidInput(action, worded);
}

bool ApiGatewayService::claims(const http::Request& head) const
{
    return parseCallAddress(head).has_value() || m_records->domains.find(head.headers.get("Host"));
}

CallEnvironment ApiGatewayService::callEnvironment()
{
    return {{m_host.caller, m_integrations, *m_records}, m_host.clock, m_host.endpoint, m_templates,
        m_authorizers, m_keys, m_records->usage, *m_stageCache, m_host.logs, m_chance, m_host.metrics};
}

http::Response ApiGatewayService::serve(http::Request request, trace::SpanScope& span)
{
    auto environment = callEnvironment();
    auto found = parseCallAddress(request);
    if (!found)
        found = m_records->domains.address(request);
    auto address = std::move(found).value_or(CallAddress{});
    auto api =
        address.region.empty() ? m_apis.findById(address.apiId) : m_apis.find(address.region, address.apiId);
    return serveCall(environment, std::move(api), request, std::move(address), span);
}

void ApiGatewayService::stop()
{
    m_records->usage.meter.stop();
}

void ApiGatewayService::reset()
{
    m_apis.reset();
    m_authorizers.clear();
    m_keys.clear();
    m_stageCache->reset();
    m_records->reset();
}

}
