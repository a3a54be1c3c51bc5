#include "core/apigateway/custom_domain.h"
#include "core/apigateway/domain_actions.h"
#include "core/apigateway/domain_rules.h"
#include "core/apigateway/endpoint_security.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/private_domain.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/uploaded_certificate.h"
#include "core/apigateway/usage_errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<> readEndpoint(const json& input, const std::string& account, DomainName& domain)
{
    const auto endpoint = input.value("endpointConfiguration", json::object());
    const auto types = stringList(endpoint, "types");
    if (types.size() > 1)
        return fail(errors::badRequest("Cannot create a domain name with multiple Endpoint Types."));
    if (!types.empty())
        domain.endpointType = types.front();
    if (!stringList(endpoint, "vpcEndpointIds").empty())
        return fail(errors::badRequest("VPCEndpointIds are not supported for domain names"));
    if (domain.isPrivate())
        makePrivate(domain, account);
    if (const auto ip = text(endpoint, "ipAddressType"); !ip.empty())
        domain.ipAddressType = ip;
    return {};
}

// What the members say of each other.
Result<> checkDomain(const DomainName& domain)
{
    CORE_CHECK(checkMutualTls(domain));
    CORE_CHECK(checkPrivateMembers(domain));
    return checkEndpointSecurity(domain.endpointType, {domain.securityPolicy, domain.endpointAccessMode});
}

Result<DomainName> newDomain(const RequestContext& context, const json& input)
{
    DomainName domain;
    domain.region = context.region;
    domain.domainName = text(input, "domainName");
    CORE_CHECK(checkDomainName(domain.domainName));
    CORE_CHECK(readEndpoint(input, context.principal.account, domain));
    CORE_CHECK(UploadedCertificate::of(input).check());
    domain.certificateName = text(input, "certificateName");
    domain.certificateArn = text(input, "certificateArn");
    domain.regionalCertificateName = text(input, "regionalCertificateName");
    domain.regionalCertificateArn = text(input, "regionalCertificateArn");
    if (!domain.certificateName.empty() || !domain.certificateArn.empty())
        domain.certificateUploadDate = context.now;
    if (const auto policy = text(input, "securityPolicy"); !policy.empty())
        domain.securityPolicy = policy;
    domain.endpointAccessMode = text(input, "endpointAccessMode");
    CORE_TRY(domain.policy, domainPolicy(text(input, "policy")));
    domain.ownershipVerificationCertificateArn = text(input, "ownershipVerificationCertificateArn");
    const auto mutualTls = input.value("mutualTlsAuthentication", json::object());
    domain.truststoreUri = text(mutualTls, "truststoreUri");
    domain.truststoreVersion = text(mutualTls, "truststoreVersion");
    CORE_CHECK(checkDomain(domain));
    if (const auto mode = text(input, "routingMode"); !mode.empty())
        domain.routingMode = mode;
    domain.tags = stringMap(input, "tags");
    if (!domain.isPrivate())
        domain.targetDomainName = newTarget(domain);
    return domain;
}

template <std::string DomainName::*Member>
Result<> patchText(DomainName& domain, const PatchOperation& operation)
{
    domain.*Member = operation.valueOrEmpty();
    return {};
}

Result<> patchPolicy(DomainName& domain, const PatchOperation& operation)
{
    domain.securityPolicy = operation.valueOrEmpty();
    if (!isEnhanced(domain.securityPolicy))
        domain.endpointAccessMode.clear();
    return {};
}

Result<> patchType(DomainName& domain, const PatchOperation& operation)
{
    const auto& value = operation.valueOrEmpty();
    if (domain.isPrivate())
        return fail(
            errors::badRequest("The endpoint type of a private custom domain name cannot be changed"));
    if (value != "EDGE" && value != "REGIONAL")
        return fail(
            errors::badRequest("Invalid endpoint type " + value + ". Must be one of: [EDGE, REGIONAL]"));
    const auto& named = operation.parts.back();
    if (named != domain.endpointType && named != "0")
        return fail(errors::invalidPatchPath(operation.path));
    if (domain.endpointType != value) {
        domain.endpointType = value;
        domain.targetDomainName = newTarget(domain);
    }
    return {};
}

// Another truststore, or none: its version goes with the old one.
Result<> patchTruststore(DomainName& domain, const PatchOperation& operation)
{
    domain.truststoreUri = operation.valueOrEmpty();
    domain.truststoreVersion.clear();
    return {};
}

Result<> patchRoutingMode(DomainName& domain, const PatchOperation& operation)
{
    const auto& mode = operation.valueOrEmpty();
    if (mode != "BASE_PATH_MAPPING_ONLY" && mode != "ROUTING_RULE_ONLY"
        && mode != "ROUTING_RULE_THEN_BASE_PATH_MAPPING")
        return fail(errors::badRequest("Invalid routing mode specified: " + mode));
    domain.routingMode = mode;
    return {};
}

Result<> patchUnsupported(DomainName&, const PatchOperation& operation)
{
    return fail(unsupportedPatchPath(operation));
}

constexpr PatchRule<DomainName> kPatchRules[] = {
    {"/certificateName", "replace add", patchText<&DomainName::certificateName>},
    {"/certificateArn", "replace add", patchText<&DomainName::certificateArn>},
    {"/regionalCertificateName", "replace add", patchText<&DomainName::regionalCertificateName>},
    {"/regionalCertificateArn", "replace add", patchText<&DomainName::regionalCertificateArn>},
    {"/securityPolicy", "replace", patchPolicy},
    {"/endpointConfiguration/types/*", "replace", patchType},
    {"/endpointConfiguration/ipAddressType", "replace", patchText<&DomainName::ipAddressType>},
    {"/endpointConfiguration/types", "add remove", patchUnsupported},
    {"/mutualTlsAuthentication/truststoreUri", "replace", patchTruststore},
    {"/mutualTlsAuthentication/truststoreVersion", "replace", patchText<&DomainName::truststoreVersion>},
    {"/ownershipVerificationCertificateArn", "replace",
        patchText<&DomainName::ownershipVerificationCertificateArn>},
    {"/endpointAccessMode", "replace", patchText<&DomainName::endpointAccessMode>},
    {"/routingMode", "replace", patchRoutingMode},
    {"/policy", "replace", patchDomainPolicy},
    {"/managementPolicy", "replace", patchManagementPolicy},
};

// The account has an access association with somebody else's private domain.
bool mayReach(const CustomDomains& domains, const DomainName& domain, const std::string& account)
{
    return std::ranges::any_of(domains.access.indexed(domainArn(domain)),
        [&](const auto& access) { return access->account == account; });
}

std::string nameOf(const RequestContext& context, const Request& request)
{
    return context.region + "/" + domainResource(request.input());
}

}

Result<Outcome> createDomainName(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto domain, newDomain(context, request.input()));
    context.touch(domain.domainName);
    auto& names = service.domains().names;
    // A name is somebody's once, whatever the region.
    if (!domain.isPrivate() && isNameTaken(service.domains(), domain.domainName))
        return fail(errors::badRequest("The domain name you provided already exists."));
    return std::make_unique<RecordWrite>(
        [domain, &names](store::Transaction& transaction) -> Result<json> {
            if (names.read(transaction, recordKey(domain)))
                return fail(errors::badRequest("The domain name you provided already exists."));
            CORE_CHECK(
                checkRoom(quotas::kDomainNames, names.readBelow(transaction, domain.region + "/").size()));
            names.put(transaction, domain);
            return toJson(domain, false);
        },
        [domain, &names] { names.refresh(recordKey(domain)); });
}

Result<Outcome> getDomainNames(ApiGatewayService& service, RequestContext& context, Request& request)
{
    std::vector<json> items;
    const bool ofOthers = text(request.input(), "resourceOwner") == "OTHER_ACCOUNTS";
    for (const auto& domain : service.domains().names.below(context.region + "/")) {
        const bool isOwn = !domain->isPrivate() || domain->account == context.principal.account;
        if (ofOthers ? !isOwn && mayReach(service.domains(), *domain, context.principal.account) : isOwn)
            items.push_back(toJson(*domain, false));
    }
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getDomainName(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto domain = service.domains().names.find(nameOf(context, request));
    if (!domain)
        return fail(errors::invalidDomainName());
    context.touch(domain->domainName);
    return Reply::of(toJson(*domain, true));
}

Result<Outcome> updateDomainName(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    context.touch(text(request.input(), "domainName"));
    auto& names = service.domains().names;
    const auto name = nameOf(context, request);
    return std::make_unique<RecordWrite>(
        [operations = std::move(operations), name, &names](store::Transaction& transaction) -> Result<json> {
            const auto before = names.read(transaction, name);
            if (!before)
                return fail(errors::invalidDomainName());
            auto domain = *before;
            CORE_CHECK(applyPatch<DomainName>(domain, operations, kPatchRules, unknownPatchPath));
            CORE_CHECK(checkDomain(domain));
            names.put(transaction, domain);
            return toJson(domain, true);
        },
        [name, &names] { names.refresh(name); });
}

Result<Outcome> deleteDomainName(ApiGatewayService& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "domainName"));
    return removeDomainName(service.domains(), nameOf(context, request));
}

}
