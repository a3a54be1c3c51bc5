#include "core/apigateway/private_domain.h"

#include "core/apigateway/api_ids.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/model_json.h"
#include "core/aws/json_text.h"
#include "core/aws/policy.h"
#include "core/base/arn.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

namespace {

constexpr std::string_view kDomains = "/domainnames/";

}

std::string domainArn(const DomainName& domain)
{
    return "arn:aws:apigateway:" + domain.region + ":" + domain.account + ":" + std::string(kDomains)
        + domain.resourceName();
}

std::string domainResource(const nlohmann::json& input)
{
    const auto id = text(input, "domainNameId");
    return text(input, "domainName") + (id.empty() ? std::string() : "+" + id);
}

std::optional<std::string> domainKeyOf(const std::string& text)
{
    const auto arn = Arn::parse(text);
    if (!arn || arn->service != "apigateway" || !arn->resource.starts_with(kDomains)
        || arn->resource.find('+') == std::string::npos)
        return std::nullopt;
    return arn->region + "/" + arn->resource.substr(kDomains.size());
}

void makePrivate(DomainName& domain, const std::string& account)
{
    domain.domainNameId = randomLower(10);
    domain.account = account;
    domain.ipAddressType = "dualstack";
    domain.targetDomainName.clear(); // its DNS name is that of a VPC endpoint
}

Result<std::string> domainPolicy(const std::string& policy)
{
    if (policy.empty())
        return std::string();
    const auto parsed = aws::parseJson(policy);
    if (!parsed || !aws::PolicyDocument::parse(policy, aws::PolicyDocument::Kind::Resource))
        return fail(
            errors::badRequest("Invalid policy document. Please check the policy syntax and ensure that "
                               "Principals are valid."));
    return parsed->dump();
}

Result<> checkPrivateMembers(const DomainName& domain)
{
    if (!domain.isPrivate() && !(domain.policy.empty() && domain.managementPolicy.empty()))
        return fail(errors::badRequest("Policies are only supported for private custom domain names"));
    if (domain.isPrivate() && domain.ipAddressType != "dualstack")
        return fail(errors::badRequest("Private custom domain names only support ipAddressType dualstack"));
    return {};
}

Result<> checkPrivacy(
    store::Transaction& transaction, const DomainName& domain, const BasePathMapping& mapping)
{
    const auto stored = transaction.get(kRestApisKeyspace, mapping.region + "/" + mapping.apiId);
    const auto api = stored ? readApi(*stored) : Result<RestApi>(RestApi{});
    const bool isPrivate = api && api->endpointType == "PRIVATE";
    if (isPrivate && !domain.isPrivate())
        return fail(errors::badRequest("Private APIs can only be mapped to private custom domain names"));
    if (!isPrivate && domain.isPrivate())
        return fail(errors::badRequest("Only private APIs can be mapped to private custom domain names"));
    return {};
}

Result<> patchDomainPolicy(DomainName& domain, const PatchOperation& operation)
{
    CORE_TRY(domain.policy, domainPolicy(operation.valueOrEmpty()));
    return {};
}

Result<> patchManagementPolicy(DomainName& domain, const PatchOperation& operation)
{
    CORE_TRY(domain.managementPolicy, domainPolicy(operation.valueOrEmpty()));
    return {};
}

bool isNameTaken(const CustomDomains& domains, const std::string& name)
{
    return std::ranges::any_of(
        domains.names.indexed(name), [](const auto& domain) { return !domain->isPrivate(); });
}

}
