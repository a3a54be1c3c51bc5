#include "core/apigateway/record_tags.h"

#include "core/apigateway/account_records.h"
#include "core/apigateway/certificate_errors.h"
#include "core/apigateway/kept_tags.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/usage_errors.h"
#include "core/apigateway/vpc_link_errors.h"

namespace core::apigateway {

namespace {

// Calls `use` with the records of a kind and the error for one that is missing.
template <typename Use> auto withRecords(ApiGatewayService& service, std::string_view kind, Use use)
{
    if (kind == "usageplans")
        return use(service.usage().plans, errors::invalidUsagePlan());
    if (kind == "apikeys")
        return use(service.usage().keys, errors::invalidApiKey());
    if (kind == "vpclinks")
        return use(service.records().vpcLinks, errors::invalidVpcLink());
    if (kind == "clientcertificates")
        return use(service.records().certificates, errors::invalidClientCertificate());
    if (kind == "domainnameaccessassociations")
        return use(service.domains().access,
            errors::notFound("Invalid domain name access association identifier specified"));
    return use(service.domains().names, errors::invalidDomainName());
}

}

bool isTaggedRecord(std::string_view kind)
{
    return kind == "usageplans" || kind == "apikeys" || kind == "domainnames" || kind == "vpclinks"
        || kind == "clientcertificates" || kind == "domainnameaccessassociations";
}

Result<StringMap> tagsOfRecord(
    ApiGatewayService& service, const std::string& region, std::string_view kind, const std::string& id)
{
    return withRecords(service, kind,
        [&](auto& records, const Error& missing) { return tagsIn(records, region + "/" + id, missing); });
}

aws::Outcome changeTagsOfRecord(ApiGatewayService& service, const std::string& region, std::string_view kind,
    const std::string& id, std::function<void(StringMap&)> change)
{
    return withRecords(service, kind, [&](auto& records, const Error& missing) {
        return changeTagsIn(records, region + "/" + id, missing, std::move(change));
    });
}

}
