#include "core/apigateway/custom_domain.h"
#include "core/apigateway/domain_actions.h"
#include "core/apigateway/domain_rules.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/private_domain.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/usage_errors.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr std::string_view kNoBasePath = "(none)";

// "(none)" and nothing are the same.
std::string basePathOf(const json& input)
{
    auto path = text(input, "basePath");
    return path == kNoBasePath ? std::string() : path;
}

Result<> checkSinglePart(const std::string& path)
{
    if (path.find('/') != path.npos)
        return fail(
            errors::badRequest("API Gateway V1 doesn't support the slash character (/) in base path "
                               "mappings. To create a multi-level base path mapping, use API Gateway V2."));
    return checkBasePath(path);
}

Result<> checkMapping(store::Transaction& transaction, const CustomDomains& domains, const DomainName& domain,
    const BasePathMapping& mapping)
{
    CORE_CHECK(
        checkTarget(transaction, mapping, errors::badRequest("Invalid REST API identifier specified")));
    CORE_CHECK(checkPrivacy(transaction, domain, mapping));
    return checkNeighbours(transaction, domains, mapping, false);
}

std::string domainKey(const RequestContext& context, const Request& request)
{
    return context.region + "/" + domainResource(request.input());
}

Result<> patchBasePath(BasePathMapping& mapping, const PatchOperation& operation)
{
    mapping.basePath = operation.valueOrEmpty() == kNoBasePath ? std::string() : operation.valueOrEmpty();
    return checkSinglePart(mapping.basePath);
}

Result<> patchApi(BasePathMapping& mapping, const PatchOperation& operation)
{
    mapping.apiId = operation.valueOrEmpty();
    return {};
}

Result<> patchStage(BasePathMapping& mapping, const PatchOperation& operation)
{
    mapping.stage = operation.valueOrEmpty();
    return {};
}

constexpr PatchRule<BasePathMapping> kPatchRules[] = {
    {"/basePath", "replace", patchBasePath},
    {"/basepath", "replace", patchBasePath},
    {"/restapiId", "replace", patchApi},
    {"/restApiId", "replace", patchApi},
    {"/stage", "replace", patchStage},
};

}

Result<Outcome> createBasePathMapping(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const BasePathMapping mapping{context.region, domainResource(input), basePathOf(input),
        text(input, "restApiId"), text(input, "stage"), newMappingId()};
    CORE_CHECK(checkSinglePart(mapping.basePath));
    context.touch(mapping.domainName);
    auto& domains = service.domains();
    return std::make_unique<RecordWrite>(
        [mapping, domain = domainKey(context, request), &domains](
            store::Transaction& transaction) -> Result<json> {
            const auto owner = domains.names.read(transaction, domain);
            if (!owner)
                return fail(errors::invalidDomainName());
            CORE_CHECK(checkMapping(transaction, domains, *owner, mapping));
            if (domains.mappings.read(transaction, recordKey(mapping)))
                return fail(errors::conflict("Base path already exists for this domain name"));
            domains.mappings.put(transaction, mapping);
            return toJson(mapping);
        },
        [mapping, &domains] { domains.mappings.refresh(recordKey(mapping)); });
}

Result<Outcome> getBasePathMappings(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto domain = domainKey(context, request);
    if (!service.domains().names.find(domain))
        return fail(errors::invalidDomainName());
    std::vector<json> items;
    for (const auto& mapping : service.domains().mappings.below(domain + "/"))
        items.push_back(toJson(*mapping));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getBasePathMapping(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto domain = domainKey(context, request);
    if (!service.domains().names.find(domain))
        return fail(errors::invalidDomainName());
    const auto mapping = service.domains().mappings.find(domain + "/" + basePathOf(request.input()));
    if (!mapping)
        return fail(errors::invalidBasePathMapping());
    return Reply::of(toJson(*mapping));
}

Result<Outcome> updateBasePathMapping(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    context.touch(text(request.input(), "domainName"));
    auto& domains = service.domains();
    const auto domain = domainKey(context, request);
    const auto name = domain + "/" + basePathOf(request.input());
    auto moved = std::make_shared<std::string>(name); // where it is afterwards
    return std::make_unique<RecordWrite>(
        [operations = std::move(operations), domain, name, moved, &domains](
            store::Transaction& transaction) -> Result<json> {
            const auto owner = domains.names.read(transaction, domain);
            if (!owner)
                return fail(errors::invalidDomainName());
            const auto before = domains.mappings.read(transaction, name);
            if (!before)
                return fail(errors::invalidBasePathMapping());
            auto mapping = *before;
            CORE_CHECK(applyPatch<BasePathMapping>(mapping, operations, kPatchRules, unknownPatchPath));
            CORE_CHECK(checkMapping(transaction, domains, *owner, mapping));
            *moved = recordKey(mapping);
            if (*moved != name && domains.mappings.read(transaction, *moved))
                return fail(errors::conflict("Base path already exists for this domain name"));
            domains.mappings.erase(transaction, name);
            domains.mappings.put(transaction, mapping);
            return toJson(mapping);
        },
        [name, moved, &domains] {
            domains.mappings.refresh(name);
            domains.mappings.refresh(*moved);
        });
}

Result<Outcome> deleteBasePathMapping(ApiGatewayService& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "domainName"));
    auto& domains = service.domains();
    const auto domain = domainKey(context, request);
    const auto name = domain + "/" + basePathOf(request.input());
    return std::make_unique<RecordWrite>(
        [domain, name, &domains](store::Transaction& transaction) -> Result<json> {
            if (!domains.names.read(transaction, domain))
                return fail(errors::invalidDomainName());
            if (!domains.mappings.erase(transaction, name))
                return fail(errors::invalidBasePathMapping());
            return json(nullptr);
        },
        [name, &domains] { domains.mappings.refresh(name); });
}

}
