#include "core/apigateway/v2/vpc_link_shapes.h"

namespace core::apigateway::v2 {

using aws::Fidelity;
using aws::In;
using aws::kString;
using aws::kStringList;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr std::string_view kNoNetworks =
    "kept and shown; calls go to the host of the integration's URI, or to the URL of the link's tag "
    "_custom_target_. A link is AVAILABLE as soon as it is made";

constexpr Shape kText1To128{.type = Type::String, .min = 1, .max = 128};
constexpr Shape kText1To1600{.type = Type::String, .min = 1, .max = 1600};
constexpr Shape kTags{.type = Type::Map, .element = &kText1To1600, .key = &kString};
constexpr Member kLinkId{.name = "vpcLinkId", .shape = &kString, .required = true, .in = In::Path};

constexpr Member kCreateVpcLinkMembers[] = {
    {"name", &kText1To128, true},
    {"securityGroupIds", &kStringList, false, Fidelity::Simplified, kNoNetworks},
    {"subnetIds", &kStringList, true, Fidelity::Simplified, kNoNetworks},
    {"tags", &kTags},
};
constexpr Member kGetVpcLinksMembers[] = {
    {.name = "maxResults", .shape = &kString, .in = In::Query},
    {.name = "nextToken", .shape = &kString, .in = In::Query},
};
constexpr Member kVpcLinkMembers[] = {kLinkId};
constexpr Member kUpdateVpcLinkMembers[] = {kLinkId, {"name", &kText1To128}};

}

constexpr Shape kCreateVpcLinkShape{.type = Type::Structure, .members = kCreateVpcLinkMembers};
constexpr Shape kGetVpcLinksShape{.type = Type::Structure, .members = kGetVpcLinksMembers};
constexpr Shape kVpcLinkShape{.type = Type::Structure, .members = kVpcLinkMembers};
constexpr Shape kUpdateVpcLinkShape{.type = Type::Structure, .members = kUpdateVpcLinkMembers};

}
