#include "core/apigateway/custom_domain.h"
#include "core/apigateway/domain_rules.h"
#include "core/apigateway/private_domain.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/v2/domain_actions.h"
#include "core/apigateway/v2/domain_errors.h"
#include "core/apigateway/v2/requests.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

void setText(json& into, const char* name, const std::string& value)
{
    if (!value.empty())
        into[name] = value;
}

json configurationOf(const DomainName& domain)
{
    json out{{"apiGatewayDomainName", domain.targetDomainName}, {"domainNameStatus", "AVAILABLE"},
        {"endpointType", domain.endpointType}, {"ipAddressType", domain.ipAddressType},
        {"securityPolicy", domain.securityPolicy}};
    setText(out, "hostedZoneId", hostedZone(domain));
    setText(out, "certificateArn", domain.isEdge() ? domain.certificateArn : domain.regionalCertificateArn);
    setText(
        out, "certificateName", domain.isEdge() ? domain.certificateName : domain.regionalCertificateName);
    setText(out, "ownershipVerificationCertificateArn", domain.ownershipVerificationCertificateArn);
    if (domain.certificateUploadDate > 0)
        out["certificateUploadDate"] = iso8601(domain.certificateUploadDate);
    return out;
}

json answerOf(const DomainName& domain)
{
    json out{{"apiMappingSelectionExpression", "$request.basepath"}, {"domainName", domain.domainName},
        {"domainNameArn", "arn:aws:apigateway:" + domain.region + "::/domainnames/" + domain.domainName},
        {"domainNameConfigurations", {configurationOf(domain)}},
        {"routingMode", replaceAll(domain.routingMode, "BASE_PATH", "API")}, {"tags", domain.tags}};
    if (!domain.truststoreUri.empty()) {
        out["mutualTlsAuthentication"]["truststoreUri"] = domain.truststoreUri;
        setText(out["mutualTlsAuthentication"], "truststoreVersion", domain.truststoreVersion);
    }
    return out;
}

Result<> readConfiguration(const json& input, DomainName& domain, Micros now)
{
    const auto given = input.find("domainNameConfigurations");
    if (given == input.end())
        return {};
    if (given->size() > 1)
        return fail(errors::unsupported("more than one configuration of a domain name"));
    if (given->empty())
        return fail(errors::badRequest("Invalid input. Expected one domain name configuration"));
    const auto& from = given->front();
    if (from.value("endpointType", "REGIONAL") != "REGIONAL")
        return fail(errors::notRegional());
    if (from.value("securityPolicy", "TLS_1_2") == "TLS_1_0")
        return fail(errors::oldTls());
    if (from.contains("securityPolicy"))
        domain.securityPolicy = text(from, "securityPolicy");
    if (from.contains("certificateArn")) {
        domain.regionalCertificateArn = text(from, "certificateArn");
        domain.certificateUploadDate = now;
    }
    if (from.contains("certificateName"))
        domain.regionalCertificateName = text(from, "certificateName");
    if (from.contains("ipAddressType"))
        domain.ipAddressType = text(from, "ipAddressType");
    if (from.contains("ownershipVerificationCertificateArn"))
        domain.ownershipVerificationCertificateArn = text(from, "ownershipVerificationCertificateArn");
    return {};
}

Result<> readMutualTls(const json& input, DomainName& domain)
{
    if (const auto given = input.find("mutualTlsAuthentication"); given != input.end()) {
        if (given->contains("truststoreUri")) {
            domain.truststoreUri = text(*given, "truststoreUri");
            domain.truststoreVersion.clear();
        }
        if (given->contains("truststoreVersion"))
            domain.truststoreVersion = text(*given, "truststoreVersion");
    }
    return checkMutualTls(domain);
}

Result<> update(DomainName& domain, const json& input, Micros now)
{
    if (domain.isEdge())
        return fail(errors::notRegional());
    if (input.contains("routingMode"))
        domain.routingMode = replaceAll(text(input, "routingMode"), "API", "BASE_PATH");
    CORE_CHECK(readConfiguration(input, domain, now));
    return readMutualTls(input, domain);
}

std::string nameOf(const RequestContext& context, const Request& request)
{
    return context.region + "/" + text(request.input(), "domainName");
}

Error taken()
{
    return errors::badRequest("The domain name you provided already exists.");
}

}

Result<Outcome> createDomainName(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    DomainName domain;
    domain.region = context.region;
    domain.endpointType = "REGIONAL";
    domain.domainName = text(request.input(), "domainName");
    CORE_CHECK(checkDomainName(domain.domainName));
    CORE_CHECK(update(domain, request.input(), context.now));
    domain.tags = stringMap(request.input(), "tags");
    domain.targetDomainName = newTarget(domain);
    context.touch(domain.domainName);
    auto& names = service.domains().names;
    // A name is somebody's once, whatever the region.
    if (isNameTaken(service.domains(), domain.domainName))
        return fail(taken());
    return std::make_unique<RecordWrite>(
        [domain, &names](store::Transaction& transaction) -> Result<json> {
            if (names.read(transaction, recordKey(domain)))
                return fail(taken());
            names.put(transaction, domain);
            return answerOf(domain);
        },
        [domain, &names] { names.refresh(recordKey(domain)); });
}

Result<Outcome> getDomainNames(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    std::vector<json> items;
    for (const auto& domain : service.domains().names.below(context.region + "/")) {
        if (!domain->isPrivate())
            items.push_back(answerOf(*domain));
    }
    return pageOf(request, std::move(items));
}

Result<Outcome> getDomainName(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto domain = service.domains().names.find(nameOf(context, request));
    if (!domain)
        return fail(errors::invalidDomainName());
    context.touch(domain->domainName);
    return Reply::of(answerOf(*domain));
}

Result<Outcome> updateDomainName(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "domainName"));
    auto& names = service.domains().names;
    const auto name = nameOf(context, request);
    return std::make_unique<RecordWrite>(
        [input = request.input(), now = context.now, name, &names](
            store::Transaction& transaction) -> Result<json> {
            const auto before = names.read(transaction, name);
            if (!before)
                return fail(errors::invalidDomainName());
            auto domain = *before;
            CORE_CHECK(update(domain, input, now));
            names.put(transaction, domain);
            return answerOf(domain);
        },
        [name, &names] { names.refresh(name); });
}

Result<Outcome> deleteDomainName(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "domainName"));
    return removeDomainName(service.domains(), nameOf(context, request));
}

}
