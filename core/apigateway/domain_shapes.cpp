#include "core/apigateway/domain_shapes.h"

#include "core/apigateway/domain_access_shapes.h"
#include "core/apigateway/endpoint_security.h"
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
constexpr std::string_view kPrivate =
    "of private custom domain names: checked, kept and shown; nobody is refused by it";
constexpr std::string_view kHeld =
    "held against the endpoint type, kept and shown; the chamber's endpoint speaks "
    "no TLS; wording of refusals is unverified";
constexpr std::string_view kUpload = "checked to be PEM that fits together; its name and the moment are "
                                     "kept, nothing is encrypted; wording of "
                                     "refusals is unverified";

constexpr Member uploaded(std::string_view name)
{
    return {name, &kString, false, Fidelity::Simplified, kUpload};
}

constexpr Member named(std::string_view name)
{
    return {name, &kString, false, Fidelity::Simplified, kNames};
}

constexpr Member kDomainName{.name = "domainName", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kDomainNameId{.name = "domainNameId", .shape = &kString, .in = In::Query};
constexpr Member kBasePath{.name = "basePath", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kPosition{.name = "position", .shape = &kString, .in = In::Query};
constexpr Member kLimit{.name = "limit", .shape = &kInteger, .in = In::Query};

constexpr std::string_view kEndpointTypes[] = {"REGIONAL", "EDGE", "PRIVATE"};
constexpr Shape kEndpointType{.type = Type::String, .values = kEndpointTypes};
constexpr Shape kEndpointTypeList{.type = Type::List, .element = &kEndpointType};
constexpr std::string_view kIpTypes[] = {"ipv4", "dualstack"};
constexpr Shape kIpType{.type = Type::String, .values = kIpTypes};
constexpr Member kEndpointMembers[] = {
    {"types", &kEndpointTypeList, false, Fidelity::Simplified,
        "a private domain is served at the chamber's endpoint to everybody; wording of refusals is "
        "unverified"},
    {"ipAddressType", &kIpType},
    {"vpcEndpointIds", &kStringList, false, Fidelity::Simplified,
        "of APIs: refused here, as access associations say which endpoints reach a domain (unverified)"},
};
constexpr Shape kEndpoint{.type = Type::Structure, .members = kEndpointMembers};
constexpr Member kMutualTlsMembers[] = {
    {"truststoreUri", &kString, false, Fidelity::Simplified, kNoTls},
    {"truststoreVersion", &kString, false, Fidelity::Simplified, kNoTls},
};
constexpr Shape kMutualTls{.type = Type::Structure, .members = kMutualTlsMembers};
constexpr std::string_view kRoutingModes[] = {
    "BASE_PATH_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_BASE_PATH_MAPPING"};
constexpr Shape kRoutingMode{.type = Type::String, .values = kRoutingModes};

constexpr Member kCreateDomainNameMembers[] = {
    {"domainName", &kString, true, Fidelity::Simplified,
        "the name must lead to this machine by DNS or a Host header; words for names that are refused are "
        "unverified"},
    named("certificateName"),
    uploaded("certificateBody"),
    uploaded("certificatePrivateKey"),
    uploaded("certificateChain"),
    named("certificateArn"),
    named("regionalCertificateName"),
    named("regionalCertificateArn"),
    {"endpointConfiguration", &kEndpoint},
    {"tags", &kStringMap},
    {"securityPolicy", &kSecurityPolicyShape, false, Fidelity::Simplified, kHeld},
    {"endpointAccessMode", &kAccessModeShape, false, Fidelity::Simplified, kHeld},
    {"mutualTlsAuthentication", &kMutualTls},
    named("ownershipVerificationCertificateArn"),
    {"policy", &kString, false, Fidelity::Simplified, kPrivate},
    {"routingMode", &kRoutingMode},
};

constexpr Member kGetDomainNamesMembers[] = {
    kPosition,
    kLimit,
    {.name = "resourceOwner",
        .shape = &kResourceOwnerShape,
        .fidelity = Fidelity::Simplified,
        .note = "OTHER_ACCOUNTS: private domains of others that the account has an access association with",
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
