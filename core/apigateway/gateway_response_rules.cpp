#include "core/apigateway/gateway_response_rules.h"

#include "core/apigateway/errors.h"
#include "core/apigateway/mapping.h"

#include <algorithm>

namespace core::apigateway {

namespace {

constexpr std::string_view kTarget = "gatewayresponse.header.";

bool isStatus(const std::string& text)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == 3 && text[0] >= '1' && text[0] <= '5'
        && std::all_of(text.begin(), text.end(), isDigit);
}

}

Result<> checkGatewayResponse(const GatewayResponse& response)
{
    if (!response.statusCode.empty() && !isStatus(response.statusCode))
        return fail(errors::badRequest("Invalid status code specified: " + response.statusCode));
    for (const auto& [target, expression] : response.responseParameters) {
        if (!target.starts_with(kTarget) || target.size() == kTarget.size())
            return fail(errors::badRequest("Invalid response parameter specified: " + target));
        CORE_CHECK(MappingExpression::parse(expression));
    }
    return {};
}

}
