#include "core/apigateway/function_permission.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

void nameInvoker(nlohmann::json& input, const std::string& credentials, const std::string& sourceArn)
{
    if (!credentials.empty())
        return;
    input["InvokingService"] = kGatewayPrincipal;
    input["InvokingArn"] = sourceArn;
}

}
