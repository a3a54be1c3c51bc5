#include "core/apigateway/connection_shapes.h"

#include "core/apigateway/shapes.h"

namespace core::apigateway {

using aws::Fidelity;
using aws::In;
using aws::kString;
using aws::kStringList;
using aws::kStringMap;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr Member kLinkId{.name = "vpcLinkId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kCertificateId{
    .name = "clientCertificateId", .shape = &kString, .required = true, .in = In::Path};

constexpr Member kCreateVpcLinkMembers[] = {
    {"name", &kString, true},
    {"description", &kString},
    {"targetArns", &kStringList, true, Fidelity::Simplified,
        "kept and shown; calls go to the host of the integration's URI, or to the URL of the link's tag "
        "_custom_target_. A link is AVAILABLE as soon as it is made"},
    {"tags", &kStringMap},
};
constexpr Member kVpcLinkMembers[] = {kLinkId};
constexpr Member kPatchVpcLinkMembers[] = {kLinkId, {"patchOperations", &kPatchOperationsShape}};
constexpr Member kGenerateMembers[] = {{"description", &kString}, {"tags", &kStringMap}};
constexpr Member kCertificateMembers[] = {kCertificateId};
constexpr Member kPatchCertificateMembers[] = {kCertificateId, {"patchOperations", &kPatchOperationsShape}};

}

constexpr Shape kCreateVpcLinkShape{.type = Type::Structure, .members = kCreateVpcLinkMembers};
constexpr Shape kVpcLinkShape{.type = Type::Structure, .members = kVpcLinkMembers};
constexpr Shape kPatchVpcLinkShape{.type = Type::Structure, .members = kPatchVpcLinkMembers};
constexpr Shape kGenerateClientCertificateShape{.type = Type::Structure, .members = kGenerateMembers};
constexpr Shape kClientCertificateShape{.type = Type::Structure, .members = kCertificateMembers};
constexpr Shape kPatchClientCertificateShape{.type = Type::Structure, .members = kPatchCertificateMembers};

}
