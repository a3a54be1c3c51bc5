#pragma once

#include "core/apigateway/model.h"
#include "core/apigateway/vpc_link.h"
#include "core/base/result.h"

namespace core::apigateway {

class ApiStore;

// Integrations of REST APIs whose connectionType is VPC_LINK.

// The link that an integration names is there; a stage variable may name it, which only calls can tell.
Result<> checkConnection(const VpcLinks& links, const std::string& region, const Integration& integration);

// Links of the newer kind lead to an integrationTarget.
std::string_view linkVersion(const Integration& integration);

// Which deployed methods use a link: "<api>:<method>:<resource>:<stage>".
std::vector<std::string> usesOfLink(
    const ApiStore& apis, const std::string& region, const std::string& linkId);

}
