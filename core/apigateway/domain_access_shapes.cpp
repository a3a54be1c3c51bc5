#include "core/apigateway/domain_access_shapes.h"

namespace core::apigateway {

using aws::Fidelity;
using aws::In;
using aws::kInteger;
using aws::kString;
using aws::kStringMap;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr std::string_view kOwners[] = {"SELF", "OTHER_ACCOUNTS"};
constexpr std::string_view kSourceTypes[] = {"VPCE"};
constexpr Shape kSourceType{.type = Type::String, .values = kSourceTypes};

}

constexpr Shape kResourceOwnerShape{.type = Type::String, .values = kOwners};

namespace {

constexpr Member kCreateMembers[] = {
    {"domainNameArn", &kString, true},
    {"accessAssociationSourceType", &kSourceType, true},
    {"accessAssociationSource", &kString, true, Fidelity::Simplified,
        "a record: the chamber has no VPC endpoints, and serves private domains without an association; "
        "wording "
        "of refusals is unverified"},
    {"tags", &kStringMap},
};
constexpr Member kGetMembers[] = {
    {.name = "position", .shape = &kString, .in = In::Query},
    {.name = "limit", .shape = &kInteger, .in = In::Query},
    {.name = "resourceOwner", .shape = &kResourceOwnerShape, .in = In::Query},
};
constexpr Member kAccessMembers[] = {
    {.name = "domainNameAccessAssociationArn", .shape = &kString, .required = true, .in = In::Path},
};
constexpr Member kRejectMembers[] = {
    {.name = "domainNameAccessAssociationArn", .shape = &kString, .required = true, .in = In::Query},
    {.name = "domainNameArn", .shape = &kString, .required = true, .in = In::Query},
};

}

constexpr Shape kCreateDomainAccessShape{.type = Type::Structure, .members = kCreateMembers};
constexpr Shape kGetDomainAccessesShape{.type = Type::Structure, .members = kGetMembers};
constexpr Shape kDomainAccessShape{.type = Type::Structure, .members = kAccessMembers};
constexpr Shape kRejectDomainAccessShape{.type = Type::Structure, .members = kRejectMembers};

}
