#include "core/apigateway/domain_shapes.h"

#include "core/apigateway/shapes.h"

namespace core::apigateway {

using aws::Fidelity;
using aws::In;
using aws::kInteger;
using aws::kString;
using aws::kStringList;
using aws::kStringMap;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr std::string_view kNames = "certificates are names that are kept and shown; nothing is encrypted";
constexpr std::string_view kNoTls = "kept and shown; the chamber's endpoint speaks no TLS";
constexpr std::string_view kPrivate = "of private custom domain names";

constexpr Member unsupported(std::string_view name, const Shape& shape, std::string_view note = {})
{
    return {name, &shape, false, Fidelity::Unsupported, note};
}

constexpr Member named(std::string_view name)
{
    return {name, &kString, false, Fidelity::Simplified, kNames};
}

constexpr Member kDomainName{.name = "domainName", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kDomainNameId{.name = "domainNameId",
    .shape = &kString,
    .fidelity = Fidelity::Unsupported,
    .note = kPrivate,
    .in = In::Query};
constexpr Member kBasePath{.name = "basePath", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kPosition{.name = "position", .shape = &kString, .in = In::Query};
constexpr Member kLimit{.name = "limit", .shape = &kInteger, .in = In::Query};

constexpr std::string_view kOwners[] = {"SELF", "OTHER_ACCOUNTS"};
constexpr Shape kOwner{.type = Type::String, .values = kOwners};
constexpr std::string_view kEndpointTypes[] = {"REGIONAL", "EDGE", "PRIVATE"};
constexpr Shape kEndpointType{.type = Type::String, .values = kEndpointTypes};
constexpr Shape kEndpointTypeList{.type = Type::List, .element = &kEndpointType};
constexpr std::string_view kIpTypes[] = {"ipv4", "dualstack"};
constexpr Shape kIpType{.type = Type::String, .values = kIpTypes};
constexpr Member kEndpointMembers[] = {
    {"types", &kEndpointTypeList, false, Fidelity::Simplified, "EDGE and REGIONAL; PRIVATE is refused"},
    {"ipAddressType", &kIpType},
    unsupported("vpcEndpointIds", kStringList),
};
constexpr Shape kEndpoint{.type = Type::Structure, .members = kEndpointMembers};
constexpr std::string_view kPolicies[] = {"TLS_1_0", "TLS_1_2", "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09", "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09", "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_PQ_2025_09", "SecurityPolicy_TLS13_1_2_2021_06",
    "SecurityPolicy_TLS13_2025_EDGE", "SecurityPolicy_TLS12_PFS_2025_EDGE", "SecurityPolicy_TLS12_2018_EDGE"};
constexpr Shape kSecurityPolicy{.type = Type::String, .values = kPolicies};
constexpr Member kMutualTlsMembers[] = {
    {"truststoreUri", &kString, false, Fidelity::Simplified, kNoTls},
    {"truststoreVersion", &kString, false, Fidelity::Simplified, kNoTls},
};
constexpr Shape kMutualTls{.type = Type::Structure, .members = kMutualTlsMembers};
constexpr std::string_view kRoutingModes[] = {
    "BASE_PATH_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_BASE_PATH_MAPPING"};
constexpr Shape kRoutingMode{.type = Type::String, .values = kRoutingModes};
constexpr std::string_view kAccessModes[] = {"BASIC", "STRICT"};
constexpr Shape kAccessMode{.type = Type::String, .values = kAccessModes};

constexpr Member kCreateDomainNameMembers[] = {
    {"domainName", &kString, true, Fidelity::Simplified,
        "the name must lead to this machine by DNS or a Host header; words for names that are refused are "
        "unverified"},
    named("certificateName"),
    unsupported("certificateBody", kString),
    unsupported("certificatePrivateKey", kString),
    unsupported("certificateChain", kString),
    named("certificateArn"),
    named("regionalCertificateName"),
    named("regionalCertificateArn"),
    {"endpointConfiguration", &kEndpoint},
    {"tags", &kStringMap},
    {"securityPolicy", &kSecurityPolicy, false, Fidelity::Simplified, "kept and shown"},
    unsupported("endpointAccessMode", kAccessMode),
    {"mutualTlsAuthentication", &kMutualTls},
    named("ownershipVerificationCertificateArn"),
    unsupported("policy", kString, kPrivate),
    {"routingMode", &kRoutingMode},
};

constexpr Member kGetDomainNamesMembers[] = {
    kPosition,
    kLimit,
    {.name = "resourceOwner",
        .shape = &kOwner,
        .fidelity = Fidelity::Unsupported,
        .note = kPrivate,
        .in = In::Query},
};

constexpr Member kDomainNameMembers[] = {kDomainName, kDomainNameId};
constexpr Member kPatchDomainNameMembers[] = {
    kDomainName,
    kDomainNameId,
    {"patchOperations", &kPatchOperationsShape},
};

constexpr Member kCreateMappingMembers[] = {
    kDomainName,
    kDomainNameId,
    {"basePath", &kString},
    {"restApiId", &kString, true},
    {"stage", &kString},
};

constexpr Member kGetMappingsMembers[] = {kDomainName, kDomainNameId, kPosition, kLimit};
constexpr Member kMappingMembers[] = {kDomainName, kDomainNameId, kBasePath};
constexpr Member kPatchMappingMembers[] = {
    kDomainName,
    kDomainNameId,
    kBasePath,
    {"patchOperations", &kPatchOperationsShape},
};

}

constexpr Shape kCreateDomainNameShape{.type = Type::Structure, .members = kCreateDomainNameMembers};
constexpr Shape kGetDomainNamesShape{.type = Type::Structure, .members = kGetDomainNamesMembers};
constexpr Shape kDomainNameShape{.type = Type::Structure, .members = kDomainNameMembers};
constexpr Shape kPatchDomainNameShape{.type = Type::Structure, .members = kPatchDomainNameMembers};
constexpr Shape kCreateMappingShape{.type = Type::Structure, .members = kCreateMappingMembers};
constexpr Shape kGetMappingsShape{.type = Type::Structure, .members = kGetMappingsMembers};
constexpr Shape kMappingShape{.type = Type::Structure, .members = kMappingMembers};
constexpr Shape kPatchMappingShape{.type = Type::Structure, .members = kPatchMappingMembers};

}
