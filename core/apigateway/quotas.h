#pragma once

#include "core/base/result.h"

#include <cstddef>

namespace core::apigateway {

// AWS's default quotas of the control plane (AWS raises some of them on request; here they stand). Stateless;
// any thread may ask.
struct Allowance {
    const char* things; // as AWS names them in the error
    std::size_t most;
    bool isOfApi; // else of the account and region
};

namespace quotas {

inline constexpr Allowance kResources{"Resources", 300, true};
inline constexpr Allowance kStages{"Stages", 10, true};
inline constexpr Allowance kAuthorizers{"Authorizers", 10, true};
inline constexpr Allowance kDocumentationParts{"Documentation parts", 2'000, true};
inline constexpr Allowance kRoutes{"Routes", 300, true};
inline constexpr Allowance kIntegrations{"Integrations", 300, true};
inline constexpr Allowance kUsagePlans{"Usage Plans", 300, false};
inline constexpr Allowance kPlansOfKey{"Usage Plans per API Key", 10, false};
inline constexpr Allowance kEdgeApis{"Edge APIs", 120, false};
inline constexpr Allowance kRegionalApis{"Regional APIs", 600, false};
inline constexpr Allowance kPrivateApis{"Private APIs", 600, false};
inline constexpr Allowance kDomainNames{"Domain Names", 120, false};
inline constexpr Allowance kApiMappings{"API Mappings", 200, false};
inline constexpr Allowance kVpcLinks{"VPC Links", 20, false};
inline constexpr Allowance kVpcLinksOfV2{"VPC Links", 10, false};
inline constexpr Allowance kClientCertificates{"Client Certificates", 60, false};

}

// One more where `have` are there: LimitExceededException of REST APIs.
Result<> checkRoom(const Allowance& quota, std::size_t have);

// HTTP and WebSocket APIs call the same a ConflictException, with the status 429 all the same.
Result<> checkRoomOfV2(const Allowance& quota, std::size_t have);

}
