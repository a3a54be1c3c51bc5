#pragma once

#include "core/apigateway/model.h"
#include "core/apigateway/service.h"

#include <functional>
#include <string_view>
#include <vector>

namespace core::apigateway {

// Tags of what is kept beside the APIs: "usageplans", "apikeys", "domainnames", "vpclinks" and
// "clientcertificates" of an ARN's path.
bool isTaggedRecord(std::string_view kind);

Result<StringMap> tagsOfRecord(
    ApiGatewayService& service, const std::string& region, std::string_view kind, const std::string& id);
aws::Outcome changeTagsOfRecord(ApiGatewayService& service, const std::string& region, std::string_view kind,
    const std::string& id, std::function<void(StringMap&)> change);

}
