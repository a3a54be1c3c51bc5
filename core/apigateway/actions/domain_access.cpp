#include "core/apigateway/custom_domain.h"
#include "core/apigateway/domain_actions.h"
#include "core/apigateway/private_domain.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/usage_errors.h"
#include "core/base/arn.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Error unknownAccess()
{
    return errors::notFound("Invalid domain name access association identifier specified");
}

DomainAccess newAccess(const RequestContext& context, const json& input, const DomainName& domain)
{
    DomainAccess access;
    access.region = context.region;
    access.account = context.principal.account;
    access.domainNameArn = text(input, "domainNameArn");
    access.sourceType = text(input, "accessAssociationSourceType");
    access.source = text(input, "accessAssociationSource");
    access.tags = stringMap(input, "tags");
    access.arn = "arn:aws:apigateway:" + access.region + ":" + access.account
        + ":/domainnameaccessassociations/domainname/" + domain.domainName + "/vpcesource/" + access.source;
    return access;
}

// Those that the account made, or those that others made with its domains.
bool isWanted(const DomainAccess& access, const std::string& account, bool ofOthers)
{
    if (!ofOthers)
        return access.account == account;
    const auto domain = Arn::parse(access.domainNameArn);
    return access.account != account && domain && domain->account == account;
}

std::string keyOf(const RequestContext& context, const Request& request)
{
    return context.region + "/" + text(request.input(), "domainNameAccessAssociationArn");
}

// `domainArn`: "" where any will do.
Outcome removeAccess(CustomDomains& domains, std::string key, std::string domainArn)
{
    return std::make_unique<RecordWrite>(
        [key, domainArn = std::move(domainArn), &domains](store::Transaction& transaction) -> Result<json> {
            const auto access = domains.access.read(transaction, key);
            if (!access || (!domainArn.empty() && access->domainNameArn != domainArn))
                return fail(unknownAccess());
            domains.access.erase(transaction, key);
            return json(nullptr);
        },
        [key, &domains] { domains.access.refresh(key); });
}

}

Result<Outcome> createDomainNameAccessAssociation(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto key = domainKeyOf(text(request.input(), "domainNameArn"));
    auto& domains = service.domains();
    const auto domain = key ? domains.names.find(*key) : nullptr;
    if (!domain || domainArn(*domain) != text(request.input(), "domainNameArn"))
        return fail(errors::invalidDomainName());
    const auto access = newAccess(context, request.input(), *domain);
    if (!access.source.starts_with("vpce-"))
        return fail(errors::badRequest("Invalid access association source specified: " + access.source));
    context.touch(domain->domainName);
    return std::make_unique<RecordWrite>(
        [access, key = *key, &domains](store::Transaction& transaction) -> Result<json> {
            if (!domains.names.read(transaction, key))
                return fail(errors::invalidDomainName());
            if (domains.access.read(transaction, recordKey(access)))
                return fail(errors::conflict("Domain name access association already exists"));
            domains.access.put(transaction, access);
            return toJson(access);
        },
        [access, &domains] { domains.access.refresh(recordKey(access)); });
}

Result<Outcome> getDomainNameAccessAssociations(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    const bool ofOthers = text(request.input(), "resourceOwner") == "OTHER_ACCOUNTS";
    std::vector<json> items;
    for (const auto& access : service.domains().access.below(context.region + "/")) {
        if (isWanted(*access, context.principal.account, ofOthers))
            items.push_back(toJson(*access));
    }
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> deleteDomainNameAccessAssociation(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "domainNameAccessAssociationArn"));
    return removeAccess(service.domains(), keyOf(context, request), {});
}

Result<Outcome> rejectDomainNameAccessAssociation(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "domainNameAccessAssociationArn"));
    return removeAccess(service.domains(), keyOf(context, request), text(request.input(), "domainNameArn"));
}

}
