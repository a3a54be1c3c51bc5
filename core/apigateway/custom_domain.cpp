#include "core/apigateway/custom_domain.h"

#include "core/apigateway/model_json.h"
#include "core/apigateway/private_domain.h"
#include "core/aws/host_rules.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::apigateway {

using nlohmann::json;

namespace {

constexpr std::string_view kDistributionZone = "Z2FDTNDATAQYW2";
constexpr std::string_view kNoBasePath = "(none)";
constexpr std::size_t kLongestBasePath = 300;

// Route 53's hosted zones of API Gateway's regional endpoints, from AWS's general reference.
std::string regionalZone(std::string_view region)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kZones{
        {{"us-east-1", "Z1UJRXOUMOOFQ8"}, {"us-east-2", "ZOJJZC49E0EPZ"}, {"us-west-1", "Z2MUQ32089INYE"},
            {"us-west-2", "Z2OJLYMUO9EFXC"}, {"eu-west-1", "ZLY8HYME6SFDD"},
            {"eu-central-1", "Z1U9ULNL0V5AJ3"}, {"ap-northeast-1", "Z1YSHQZHG15GKL"},
            {"ap-southeast-1", "ZL327KTPIQFUL"}, {"ap-southeast-2", "Z2RPCDW04V8134"},
            {"ap-south-1", "Z3VO1THU9YC4UR"}}};
    const auto found =
        std::find_if(kZones.begin(), kZones.end(), [&](const auto& zone) { return zone.first == region; });
    return found == kZones.end() ? std::string() : std::string(found->second);
}

void setText(json& into, const char* name, const std::string& value)
{
    if (!value.empty())
        into[name] = value;
}

std::optional<json> parse(std::string_view text)
{
    auto value = json::parse(text, nullptr, false);
    return value.is_object() ? std::optional(std::move(value)) : std::nullopt;
}

// The first part of a path and the rest: "/v1/books" → "v1" and "/books".
std::pair<std::string, std::string> firstPart(std::string_view path)
{
    while (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    const auto slash = path.find('/');
    return {percentDecode(path.substr(0, slash)),
        slash == path.npos ? std::string() : std::string(path.substr(slash))};
}

// The mapping whose base path is the most of the parts that a path begins with; "" is less than any.
std::shared_ptr<const BasePathMapping> longestMapping(
    const CustomDomains& domains, const DomainName& domain, std::string_view path)
{
    while (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    const auto prefix = recordKey(domain) + "/";
    auto part = path.substr(0, std::min(path.size(), kLongestBasePath + 1));
    if (part.size() > kLongestBasePath) // the last part may be cut
        part = part.substr(0, std::min(part.rfind('/'), part.size()));
    while (!part.empty()) {
        if (auto found = domains.mappings.find(prefix + percentDecode(part)))
            return found;
        const auto slash = part.rfind('/');
        part = part.substr(0, slash == part.npos ? 0 : slash);
    }
    return domains.mappings.find(prefix);
}

// What a path has behind the parts of a base path.
std::string below(std::string_view path, std::string_view basePath)
{
    if (basePath.empty())
        return std::string(path);
    while (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    for (auto parts = std::count(basePath.begin(), basePath.end(), '/'); parts > 0; --parts)
        path.remove_prefix(std::min(path.find('/'), path.size() - 1) + 1);
    return std::string(path.substr(std::min(path.find('/'), path.size())));
}

// Fills in what the first rule that takes the request leads to.
bool takeRule(
    const CustomDomains& domains, const DomainName& domain, const http::Request& head, CallAddress& address)
{
    auto rules = domains.rules.below(recordKey(domain) + "/");
    std::sort(
        rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a->priority < b->priority; });
    for (const auto& rule : rules) {
        const auto basePath = rule->take(head);
        if (!basePath)
            continue;
        address.apiId = rule->apiId;
        address.stage = rule->stage;
        address.basePath = *basePath;
        const auto path = below(head.path(), *basePath);
        address.path = path.empty() ? "/" : path;
        address.rule = "routing rule";
        return true;
    }
    return false;
}

}

std::string recordKey(const DomainName& domain)
{
    return domain.region + "/" + domain.resourceName();
}

std::string indexKey(const DomainName& domain)
{
    return domain.domainName;
}

std::string encode(const DomainName& domain)
{
    auto out = toJson(domain, true);
    out["region"] = domain.region;
    out["targetDomainName"] = domain.targetDomainName;
    out["account"] = domain.account;
    out["certificateUploadDate"] = domain.certificateUploadDate;
    return out.dump();
}

bool decode(std::string_view stored, DomainName& domain)
{
    const auto from = parse(stored);
    if (!from)
        return false;
    domain.region = text(*from, "region");
    domain.domainName = text(*from, "domainName");
    domain.certificateName = text(*from, "certificateName");
    domain.certificateArn = text(*from, "certificateArn");
    domain.regionalCertificateName = text(*from, "regionalCertificateName");
    domain.regionalCertificateArn = text(*from, "regionalCertificateArn");
    const auto endpoint = from->value("endpointConfiguration", json::object());
    if (const auto types = stringList(endpoint, "types"); !types.empty())
        domain.endpointType = types.front();
    domain.ipAddressType = text(endpoint, "ipAddressType");
    domain.securityPolicy = text(*from, "securityPolicy");
    domain.targetDomainName = text(*from, "targetDomainName");
    domain.tags = stringMap(*from, "tags");
    domain.certificateUploadDate = from->value("certificateUploadDate", Micros{0});
    domain.ownershipVerificationCertificateArn = text(*from, "ownershipVerificationCertificateArn");
    const auto mutualTls = from->value("mutualTlsAuthentication", json::object());
    domain.truststoreUri = text(mutualTls, "truststoreUri");
    domain.truststoreVersion = text(mutualTls, "truststoreVersion");
    domain.routingMode = text(*from, "routingMode");
    domain.endpointAccessMode = text(*from, "endpointAccessMode");
    domain.domainNameId = text(*from, "domainNameId");
    domain.account = text(*from, "account");
    domain.policy = text(*from, "policy");
    domain.managementPolicy = text(*from, "managementPolicy");
    return true;
}

std::string recordKey(const BasePathMapping& mapping)
{
    return mapping.region + "/" + mapping.domainName + "/" + mapping.basePath;
}

std::string indexKey(const BasePathMapping& mapping)
{
    return mapping.region + "/" + mapping.apiId;
}

std::string encode(const BasePathMapping& mapping)
{
    return json{{"region", mapping.region}, {"domainName", mapping.domainName},
        {"basePath", mapping.basePath}, {"restApiId", mapping.apiId}, {"stage", mapping.stage},
        {"apiMappingId", mapping.mappingId}}
        .dump();
}

bool decode(std::string_view stored, BasePathMapping& mapping)
{
    const auto from = parse(stored);
    if (!from)
        return false;
    mapping = {text(*from, "region"), text(*from, "domainName"), text(*from, "basePath"),
        text(*from, "restApiId"), text(*from, "stage"), text(*from, "apiMappingId")};
    // Of a chamber from before mappings had ids.
    if (mapping.mappingId.empty())
        mapping.mappingId = hex(sha256(recordKey(mapping))).substr(0, 6);
    return true;
}

std::string hostedZone(const DomainName& domain)
{
    return domain.isEdge() ? std::string(kDistributionZone) : regionalZone(domain.region);
}

json toJson(const DomainName& domain, bool withTags)
{
    json out{{"domainName", domain.domainName}, {"domainNameStatus", "AVAILABLE"},
        {"endpointConfiguration",
            {{"types", {domain.endpointType}}, {"ipAddressType", domain.ipAddressType}}},
        {"securityPolicy", domain.securityPolicy}, {"routingMode", domain.routingMode}};
    setText(out, "certificateName", domain.certificateName);
    setText(out, "certificateArn", domain.certificateArn);
    setText(out, "regionalCertificateName", domain.regionalCertificateName);
    setText(out, "regionalCertificateArn", domain.regionalCertificateArn);
    if (domain.certificateUploadDate > 0)
        out["certificateUploadDate"] = domain.certificateUploadDate / kSecond;
    setText(out, "endpointAccessMode", domain.endpointAccessMode);
    if (domain.isPrivate()) {
        out["domainNameId"] = domain.domainNameId;
        out["domainNameArn"] = domainArn(domain);
        setText(out, "policy", domain.policy);
        setText(out, "managementPolicy", domain.managementPolicy);
    } else {
        out[domain.isEdge() ? "distributionDomainName" : "regionalDomainName"] = domain.targetDomainName;
        setText(
            out, domain.isEdge() ? "distributionHostedZoneId" : "regionalHostedZoneId", hostedZone(domain));
    }
    setText(out, "ownershipVerificationCertificateArn", domain.ownershipVerificationCertificateArn);
    if (!domain.truststoreUri.empty()) {
        auto& mutualTls = out["mutualTlsAuthentication"];
        mutualTls["truststoreUri"] = domain.truststoreUri;
        setText(mutualTls, "truststoreVersion", domain.truststoreVersion);
    }
    if (withTags || !domain.tags.empty())
        out["tags"] = domain.tags;
    return out;
}

json toJson(const BasePathMapping& mapping)
{
    json out{{"basePath", mapping.basePath.empty() ? std::string(kNoBasePath) : mapping.basePath},
        {"restApiId", mapping.apiId}};
    setText(out, "stage", mapping.stage);
    return out;
}

std::shared_ptr<const DomainName> CustomDomains::find(std::string_view host) const
{
    if (names.isEmpty())
        return nullptr;
    const auto name = toLower(aws::hostWithoutPort(host));
    auto found = names.indexed(name);
    if (found.empty() && name.find('.') != name.npos)
        found = names.indexed("*" + name.substr(name.find('.')));
    if (found.empty())
        return nullptr;
    const auto open = std::ranges::find_if(found, [](const auto& domain) { return !domain->isPrivate(); });
    return open == found.end() ? found.front() : *open;
}

std::optional<CallAddress> CustomDomains::address(const http::Request& head) const
{
    const auto domain = find(head.headers.get("Host"));
    if (!domain)
        return std::nullopt;
    CallAddress address{.region = domain->region, .rule = "custom domain"};
    address.domain = std::string(head.headers.get("Host"));
    address.isCustomDomain = true;
    if (domain->hasRules() && takeRule(*this, *domain, head, address))
        return address;
    if (domain->routingMode == "ROUTING_RULE_ONLY")
        return address;
    const auto mapping = longestMapping(*this, *domain, head.path());
    if (!mapping)
        return address;
    address.apiId = mapping->apiId;
    address.basePath = mapping->basePath;
    address.stage = mapping->stage;
    auto path = below(head.path(), mapping->basePath);
    if (address.stage.empty())
        std::tie(address.stage, path) = firstPart(path);
    address.path = path.empty() ? "/" : path;
    return address;
}

std::shared_ptr<const BasePathMapping> CustomDomains::mappingOf(
    const std::string& region, const std::string& apiId) const
{
    const auto found = mappings.indexed(region + "/" + apiId);
    return found.empty() ? nullptr : found.front();
}

void CustomDomains::reset()
{
    names.reset();
    mappings.reset();
    rules.reset();
    access.reset();
}

}
