#include "core/apigateway/v2/service.h"

#include "core/apigateway/v2/actions.h"
#include "core/apigateway/v2/errors.h"

#include <algorithm>

namespace core::apigateway::v2 {

namespace {

constexpr int kIntegrationThreads = 512;
constexpr int kIntegrationQueue = 2048;

}

ApiGatewayV2Service::ApiGatewayV2Service(const aws::Host& host)
    : m_host(host)
    , m_apis(host.store)
    , m_integrations(kIntegrationThreads, kIntegrationQueue)
{
}

ApiGatewayV2Service::~ApiGatewayV2Service() = default;

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

void ApiGatewayV2Service::reset()
{
    m_apis.reset();
}

}
