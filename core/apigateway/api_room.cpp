#include "core/apigateway/api_room.h"

#include "core/apigateway/api_store.h"
#include "core/apigateway/quotas.h"

#include <algorithm>

namespace core::apigateway {

Result<> checkApiRoom(const ApiStore& apis, const RestApi& api)
{
    const auto& type = api.endpointType;
    const auto& quota = type == "EDGE" ? quotas::kEdgeApis
        : type == "PRIVATE"            ? quotas::kPrivateApis
                                       : quotas::kRegionalApis;
    const auto all = apis.list(api.region);
    const auto have =
        std::ranges::count_if(all, [&](const auto& other) { return other->api.endpointType == type; });
    return checkRoom(quota, static_cast<std::size_t>(have));
}

}
