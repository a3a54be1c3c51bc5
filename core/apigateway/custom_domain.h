#pragma once

#include "core/apigateway/addresses.h"
#include "core/apigateway/domain_access.h"
#include "core/apigateway/routing_rule.h"
#include "core/aws/record_store.h"
#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <map>

namespace core::apigateway {

// A domain name of the user's own, whichever of the two APIs made it. Certificates are names that are kept
// and shown.
struct DomainName {
    std::string region;
    std::string domainName; // lower case; "*.example.com" for all below
    std::string certificateName;
    std::string certificateArn;
    std::string regionalCertificateName;
    std::string regionalCertificateArn;
    std::string endpointType = "EDGE";
    std::string ipAddressType = "ipv4";
    std::string securityPolicy = "TLS_1_2";
    std::string targetDomainName; // AWS's own name: of a distribution, or regional
    std::string ownershipVerificationCertificateArn;
    std::string truststoreUri; // of mutual TLS, "" without
    std::string truststoreVersion;
    std::string routingMode = "BASE_PATH_MAPPING_ONLY"; // or ROUTING_RULE_ONLY, …_THEN_BASE_PATH_MAPPING
    std::map<std::string, std::string> tags;
    Micros certificateUploadDate = 0;
    std::string endpointAccessMode;
    std::string domainNameId; // of a private domain, "" of others
    std::string account; // its owner
    std::string policy; // who may call by a private domain
    std::string managementPolicy; // who may make access associations with it

    // "<domain>", "<domain>+<id>" of a private one: what ARNs have, and keys of what belongs to it.
    std::string resourceName() const { return domainName + (domainNameId.empty() ? "" : "+" + domainNameId); }
    bool isPrivate() const { return endpointType == "PRIVATE"; }
    bool hasRules() const { return routingMode != "BASE_PATH_MAPPING_ONLY"; }
    bool isEdge() const { return endpointType == "EDGE"; }
};

// Which API and stage answer below a base path of a domain: REST APIs call it a base path mapping, HTTP and
// WebSocket APIs an API mapping.
struct BasePathMapping {
    std::string region;
    std::string domainName; // its resourceName()
    std::string basePath; // "" for what no other mapping takes, on the wire "(none)"; "v1/orders"
    std::string apiId; // of any kind of API
    std::string stage; // "": the next part of the path names it
    std::string mappingId; // apiMappingId
};

std::string recordKey(const DomainName& domain); // "<region>/<domain>", "<region>/<domain>+<id>"
std::string indexKey(const DomainName& domain); // "<domain>"
std::string encode(const DomainName& domain);
bool decode(std::string_view text, DomainName& domain);

std::string recordKey(const BasePathMapping& mapping); // "<region>/<domain>/<base path>"
std::string indexKey(const BasePathMapping& mapping); // "<region>/<API>"
std::string encode(const BasePathMapping& mapping);
bool decode(std::string_view text, BasePathMapping& mapping);

// As the API of REST APIs shows them.
nlohmann::json toJson(const DomainName& domain, bool withTags);
nlohmann::json toJson(const BasePathMapping& mapping);
std::string hostedZone(const DomainName& domain); // "" for regions whose zone nobody knows

// The chamber's custom domains: one set for all kinds of APIs, as on AWS. Any thread.
class CustomDomains {
public:
    explicit CustomDomains(store::Store& store)
        : names(store, "apigateway/domainnames")
        , mappings(store, "apigateway/basepathmappings")
        , rules(store, "apigateway/routingrules")
        , access(store, "apigateway/domainaccess")
    {
    }

    aws::RecordStore<DomainName> names;
    aws::RecordStore<BasePathMapping> mappings;
    RoutingRules rules;
    DomainAccesses access;

    // The domain whose name a Host header has, with or without port: by its whole name, else by a wildcard;
    // a public one before private ones of the same name.
    std::shared_ptr<const DomainName> find(std::string_view host) const;
    // The API and stage that a request to one of the domains reaches, by a routing rule or by the longest
    // base path that its path begins with; its id is empty when nothing fits.
    std::optional<CallAddress> address(const http::Request& head) const;
    // A mapping that names the API; null when none does.
    std::shared_ptr<const BasePathMapping> mappingOf(
        const std::string& region, const std::string& apiId) const;
    void reset();
};

}
