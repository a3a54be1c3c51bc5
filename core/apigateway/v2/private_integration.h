#pragma once

#include "core/apigateway/v2/model.h"
#include "core/apigateway/vpc_link.h"

namespace core::apigateway::v2 {

// Integrations whose connectionType is VPC_LINK. HTTP APIs have links of their own into subnets, WebSocket
// APIs those of REST APIs.

// The link that an integration names is there.
Result<> checkConnection(const VpcLinks& links, const Api& api, const Integration& integration);
// Where a call of a private integration goes, "" when its link leads nowhere.
std::string privateUrl(
    const VpcLinks& links, const Api& api, const Integration& integration, const std::string& path);

}
