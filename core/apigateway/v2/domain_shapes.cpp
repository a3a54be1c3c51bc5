#include "core/apigateway/v2/domain_shapes.h"

namespace core::apigateway::v2 {

using aws::Fidelity;
using aws::In;
using aws::kString;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr std::string_view kNames = "certificates are names that are kept and shown; nothing is encrypted";
constexpr std::string_view kNoTls = "kept and shown; the chamber's endpoint speaks no TLS";

constexpr Member path(std::string_view name)
{
    return {.name = name, .shape = &kString, .required = true, .in = In::Path};
}

constexpr Member simplified(std::string_view name, const Shape& shape, std::string_view note)
{
    return {name, &shape, false, Fidelity::Simplified, note};
}

constexpr Member kMaxResults{.name = "maxResults", .shape = &kString, .in = In::Query};
constexpr Member kNextToken{.name = "nextToken", .shape = &kString, .in = In::Query};

constexpr Shape kText1To64{.type = Type::String, .min = 1, .max = 64};
constexpr Shape kText1To128{.type = Type::String, .min = 1, .max = 128};
constexpr Shape kText1To512{.type = Type::String, .min = 1, .max = 512};
constexpr Shape kText1To1600{.type = Type::String, .min = 1, .max = 1600};
constexpr Shape kText0To2048{.type = Type::String, .max = 2048}; // "" removes it
constexpr Shape kTags{.type = Type::Map, .element = &kText1To1600, .key = &kString};
constexpr std::string_view kStatuses[] = {
    "AVAILABLE", "UPDATING", "PENDING_CERTIFICATE_REIMPORT", "PENDING_OWNERSHIP_VERIFICATION"};
constexpr Shape kStatus{.type = Type::String, .values = kStatuses};
constexpr std::string_view kEndpointTypes[] = {"REGIONAL", "EDGE"};
constexpr Shape kEndpointType{.type = Type::String, .values = kEndpointTypes};
constexpr std::string_view kIpTypes[] = {"ipv4", "dualstack"};
constexpr Shape kIpType{.type = Type::String, .values = kIpTypes};
constexpr std::string_view kPolicies[] = {"TLS_1_0", "TLS_1_2"};
constexpr Shape kSecurityPolicy{.type = Type::String, .values = kPolicies};
// AWS's model has what only answers say here as well: it is taken and changes nothing.
constexpr std::string_view kAnswered = "of answers; changes nothing in a request";
constexpr Member kConfigurationMembers[] = {
    simplified("apiGatewayDomainName", kString, kAnswered),
    simplified("certificateArn", kString, kNames),
    simplified("certificateName", kText1To128, kNames),
    simplified("certificateUploadDate", aws::kDocument, kAnswered),
    simplified("domainNameStatus", kStatus, kAnswered),
    simplified("domainNameStatusMessage", kString, kAnswered),
    simplified("endpointType", kEndpointType, "REGIONAL; AWS refuses EDGE here too"),
    simplified("hostedZoneId", kString, kAnswered),
    simplified("ipAddressType", kIpType, "kept and shown; every API is served at the chamber's endpoint"),
    simplified("securityPolicy", kSecurityPolicy, kNoTls),
    simplified("ownershipVerificationCertificateArn", kString, kNames),
};
constexpr Shape kConfiguration{.type = Type::Structure, .members = kConfigurationMembers};
constexpr Shape kConfigurations{.type = Type::List, .element = &kConfiguration};
constexpr Member kMutualTlsMembers[] = {
    simplified("truststoreUri", kText0To2048, kNoTls),
    simplified("truststoreVersion", kText1To64, kNoTls),
};
constexpr Shape kMutualTls{.type = Type::Structure, .members = kMutualTlsMembers};
constexpr std::string_view kRoutingModes[] = {
    "API_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_API_MAPPING"};
constexpr Shape kRoutingMode{.type = Type::String, .values = kRoutingModes};

constexpr Member kCreateDomainNameMembers[] = {
    {"domainName", &kText1To512, true, Fidelity::Simplified,
        "the name must lead to this machine by DNS or a Host header; words for names that are refused are "
        "unverified"},
    {"domainNameConfigurations", &kConfigurations, false, Fidelity::Simplified, "one configuration"},
    {"mutualTlsAuthentication", &kMutualTls},
    {"routingMode", &kRoutingMode},
    {"tags", &kTags},
};
constexpr Member kGetDomainNamesMembers[] = {kMaxResults, kNextToken};
constexpr Member kDomainNameMembers[] = {path("domainName")};
constexpr Member kUpdateDomainNameMembers[] = {
    path("domainName"),
    {"domainNameConfigurations", &kConfigurations, false, Fidelity::Simplified, "one configuration"},
    {"mutualTlsAuthentication", &kMutualTls},
    {"routingMode", &kRoutingMode},
};
constexpr Shape kStage{.type = Type::String, .min = 1, .max = 128};
constexpr Member kCreateApiMappingMembers[] = {
    path("domainName"),
    {"apiId", &kString, true},
    {"apiMappingKey", &kString},
    {"stage", &kStage, true},
};
constexpr Member kGetApiMappingsMembers[] = {path("domainName"), kMaxResults, kNextToken};
constexpr Member kApiMappingMembers[] = {path("apiMappingId"), path("domainName")};
constexpr Member kUpdateApiMappingMembers[] = {
    path("apiMappingId"),
    path("domainName"),
    {"apiId", &kString, true},
    {"apiMappingKey", &kString},
    {"stage", &kStage},
};

constexpr Member kDomainNameId{.name = "domainNameId", .shape = &kString, .in = In::Query};
constexpr Shape kPriority{.type = Type::Integer, .min = 1, .max = 1'000'000};
constexpr Member kInvokeApiMembers[] = {
    {"apiId", &kString, true},
    {"stage", &kStage, true},
    {"stripBasePath", &aws::kBoolean},
};
constexpr Shape kInvokeApi{.type = Type::Structure, .members = kInvokeApiMembers};
constexpr Member kActionMembers[] = {{"invokeApi", &kInvokeApi, true}};
constexpr Shape kAction{.type = Type::Structure, .members = kActionMembers};
constexpr Shape kActions{.type = Type::List, .element = &kAction};
constexpr Shape kBasePaths{.type = Type::List, .min = 1, .element = &kString};
constexpr Member kMatchBasePathsMembers[] = {{"anyOf", &kBasePaths, true}};
constexpr Shape kMatchBasePaths{.type = Type::Structure, .members = kMatchBasePathsMembers};
constexpr Shape kHeaderName{.type = Type::String, .min = 1, .max = 40};
constexpr Member kHeaderMembers[] = {{"header", &kHeaderName, true}, {"valueGlob", &kText1To128, true}};
constexpr Shape kHeader{.type = Type::Structure, .members = kHeaderMembers};
constexpr Shape kHeaders{.type = Type::List, .min = 1, .element = &kHeader};
constexpr Member kMatchHeadersMembers[] = {{"anyOf", &kHeaders, true}};
constexpr Shape kMatchHeaders{.type = Type::Structure, .members = kMatchHeadersMembers};
constexpr Member kConditionMembers[] = {
    {"matchBasePaths", &kMatchBasePaths}, {"matchHeaders", &kMatchHeaders}};
constexpr Shape kCondition{.type = Type::Structure, .members = kConditionMembers};
constexpr Shape kConditions{.type = Type::List, .element = &kCondition};
constexpr Member kRuleId{.name = "routingRuleId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kCreateRuleMembers[] = {
    path("domainName"),
    kDomainNameId,
    {"actions", &kActions, true},
    {"conditions", &kConditions, true},
    {"priority", &kPriority, true},
};
constexpr Member kListRulesMembers[] = {path("domainName"), kDomainNameId, kMaxResults, kNextToken};
constexpr Member kRuleMembers[] = {path("domainName"), kDomainNameId, kRuleId};
constexpr Member kPutRuleMembers[] = {
    path("domainName"),
    kDomainNameId,
    kRuleId,
    {"actions", &kActions, true},
    {"conditions", &kConditions, true},
    {"priority", &kPriority, true},
};

}

constexpr Shape kCreateRoutingRuleShape{.type = Type::Structure, .members = kCreateRuleMembers};
constexpr Shape kListRoutingRulesShape{.type = Type::Structure, .members = kListRulesMembers};
constexpr Shape kRoutingRuleShape{.type = Type::Structure, .members = kRuleMembers};
constexpr Shape kPutRoutingRuleShape{.type = Type::Structure, .members = kPutRuleMembers};
constexpr Shape kCreateDomainNameShape{.type = Type::Structure, .members = kCreateDomainNameMembers};
constexpr Shape kGetDomainNamesShape{.type = Type::Structure, .members = kGetDomainNamesMembers};
constexpr Shape kDomainNameShape{.type = Type::Structure, .members = kDomainNameMembers};
constexpr Shape kUpdateDomainNameShape{.type = Type::Structure, .members = kUpdateDomainNameMembers};
constexpr Shape kCreateApiMappingShape{.type = Type::Structure, .members = kCreateApiMappingMembers};
constexpr Shape kGetApiMappingsShape{.type = Type::Structure, .members = kGetApiMappingsMembers};
constexpr Shape kApiMappingShape{.type = Type::Structure, .members = kApiMappingMembers};
constexpr Shape kUpdateApiMappingShape{.type = Type::Structure, .members = kUpdateApiMappingMembers};

}
