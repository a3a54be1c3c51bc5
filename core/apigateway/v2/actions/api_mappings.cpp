#include "core/apigateway/custom_domain.h"
#include "core/apigateway/domain_rules.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/v2/domain_actions.h"
#include "core/apigateway/v2/domain_errors.h"
#include "core/apigateway/v2/requests.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

using MappingPtr = std::shared_ptr<const BasePathMapping>;

json answerOf(const BasePathMapping& mapping)
{
    json out{
        {"apiId", mapping.apiId}, {"apiMappingId", mapping.mappingId}, {"apiMappingKey", mapping.basePath}};
    if (!mapping.stage.empty()) // of one that REST APIs' own actions made it may be
        out["stage"] = mapping.stage;
    return out;
}

std::string domainKey(const RequestContext& context, const Request& request)
{
    return context.region + "/" + text(request.input(), "domainName");
}

Result<MappingPtr> findMapping(const std::vector<MappingPtr>& mappings, const std::string& id)
{
    const auto found = std::find_if(
        mappings.begin(), mappings.end(), [&](const auto& mapping) { return mapping->mappingId == id; });
    if (found == mappings.end())
        return fail(errors::unknown("ApiMapping", id));
    return *found;
}

// The domain and all that a mapping may be refused for but its key's being taken.
Result<> checkMapping(
    store::Transaction& transaction, const CustomDomains& domains, const BasePathMapping& mapping)
{
    const auto domain = domains.names.read(transaction, mapping.region + "/" + mapping.domainName);
    if (!domain)
        return fail(errors::invalidDomainName());
    if (domain->isEdge())
        return fail(errors::notRegional());
    if (domain->securityPolicy == "TLS_1_0")
        return fail(errors::oldTls());
    CORE_CHECK(checkTarget(transaction, mapping, errors::badRequest("Invalid API identifier specified")));
    return checkNeighbours(transaction, domains, mapping, true);
}

}

Result<Outcome> createApiMapping(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const BasePathMapping mapping{context.region, text(input, "domainName"), text(input, "apiMappingKey"),
        text(input, "apiId"), text(input, "stage"), newMappingId()};
    CORE_CHECK(checkBasePath(mapping.basePath));
    context.touch(mapping.domainName);
    auto& domains = service.domains();
    return std::make_unique<RecordWrite>(
        [mapping, &domains](store::Transaction& transaction) -> Result<json> {
            CORE_CHECK(checkMapping(transaction, domains, mapping));
            if (domains.mappings.read(transaction, recordKey(mapping)))
                return fail(errors::mappingExists());
            CORE_CHECK(checkRoomOfV2(quotas::kApiMappings,
                domains.mappings.readBelow(transaction, mapping.region + "/" + mapping.domainName + "/")
                    .size()));
            domains.mappings.put(transaction, mapping);
            return answerOf(mapping);
        },
        [mapping, &domains] { domains.mappings.refresh(recordKey(mapping)); });
}

Result<Outcome> getApiMappings(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto domain = domainKey(context, request);
    if (!service.domains().names.find(domain))
        return fail(errors::invalidDomainName());
    std::vector<json> items;
    for (const auto& mapping : service.domains().mappings.below(domain + "/"))
        items.push_back(answerOf(*mapping));
    return pageOf(request, std::move(items));
}

Result<Outcome> getApiMapping(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto domain = domainKey(context, request);
    if (!service.domains().names.find(domain))
        return fail(errors::invalidDomainName());
    CORE_TRY(const auto mapping,
        findMapping(service.domains().mappings.below(domain + "/"), text(request.input(), "apiMappingId")));
    return Reply::of(answerOf(*mapping));
}

Result<Outcome> updateApiMapping(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    context.touch(text(input, "domainName"));
    CORE_CHECK(checkBasePath(text(input, "apiMappingKey")));
    auto& domains = service.domains();
    auto changed = std::make_shared<std::array<std::string, 2>>(); // where it was and is
    return std::make_unique<RecordWrite>(
        [input, domain = domainKey(context, request), changed, &domains](
            store::Transaction& transaction) -> Result<json> {
            if (!domains.names.read(transaction, domain))
                return fail(errors::invalidDomainName());
            CORE_TRY(const auto before,
                findMapping(
                    domains.mappings.readBelow(transaction, domain + "/"), text(input, "apiMappingId")));
            auto mapping = *before;
            mapping.apiId = text(input, "apiId");
            if (input.contains("apiMappingKey"))
                mapping.basePath = text(input, "apiMappingKey");
            if (input.contains("stage"))
                mapping.stage = text(input, "stage");
            CORE_CHECK(checkMapping(transaction, domains, mapping));
            *changed = {recordKey(*before), recordKey(mapping)};
            if (changed->front() != changed->back() && domains.mappings.read(transaction, changed->back()))
                return fail(errors::mappingExists());
            domains.mappings.erase(transaction, changed->front());
            domains.mappings.put(transaction, mapping);
            return answerOf(mapping);
        },
        [changed, &domains] {
            for (const auto& key : *changed)
                domains.mappings.refresh(key);
        });
}

Result<Outcome> deleteApiMapping(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "domainName"));
    auto& domains = service.domains();
    auto removed = std::make_shared<std::string>();
    return std::make_unique<RecordWrite>(
        [id = text(request.input(), "apiMappingId"), domain = domainKey(context, request), removed, &domains](
            store::Transaction& transaction) -> Result<json> {
            if (!domains.names.read(transaction, domain))
                return fail(errors::invalidDomainName());
            CORE_TRY(
                const auto mapping, findMapping(domains.mappings.readBelow(transaction, domain + "/"), id));
            *removed = recordKey(*mapping);
            domains.mappings.erase(transaction, *removed);
            return json(nullptr);
        },
        [removed, &domains] { domains.mappings.refresh(*removed); });
}

}
