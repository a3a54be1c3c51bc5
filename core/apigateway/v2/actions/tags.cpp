#include "core/apigateway/account_records.h"
#include "core/apigateway/kept_tags.h"
#include "core/apigateway/tag_rules.h"
#include "core/apigateway/v2/domain_errors.h"
#include "core/apigateway/v2/requests.h"
#include "core/base/arn.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

// What an ARN such as arn:aws:apigateway:us-east-1::/apis/{id}/stages/{name} names.
struct Tagged {
    std::string apiId;
    std::string stage; // "" for the API itself
    std::string recordKind = {}; // "domainnames", "vpclinks", "" for APIs; apiId is the record's then
};

Result<Tagged> parseTagged(const std::string& resourceArn)
{
    const auto arn = Arn::parse(resourceArn);
    if (!arn || arn->service != "apigateway")
        return fail(errors::badRequest("Invalid ARN specified in the request"));
    const auto parts = split(arn->resource, '/');
    if (parts.size() == 3 && parts[1] == "apis")
        return Tagged{std::string(parts[2]), {}};
    if (parts.size() == 5 && parts[1] == "apis" && parts[3] == "stages")
        return Tagged{std::string(parts[2]), std::string(parts[4])};
    if (parts.size() == 3 && (parts[1] == "domainnames" || parts[1] == "vpclinks"))
        return Tagged{std::string(parts[2]), {}, std::string(parts[1])};
    return fail(errors::unsupported("tags on " + resourceArn));
}

template <typename Api, typename Stages>
auto tagsOf(Api& api, Stages& stages, const Tagged& tagged) -> Result<decltype(&api.tags)>
{
    if (tagged.stage.empty())
        return &api.tags;
    const auto found = stages.find(tagged.stage);
    if (found == stages.end())
        return fail(errors::invalidStage());
    return &found->second.tags;
}

// Calls `use` with the records that are tagged and the error for one that is missing.
template <typename Use> auto withRecords(ApiGatewayV2Service& service, const Tagged& tagged, Use use)
{
    if (tagged.recordKind == "vpclinks")
        return use(service.records().vpcLinks, errors::unknown("VpcLink", tagged.apiId));
    return use(service.domains().names, errors::invalidDomainName());
}

Outcome changeTags(ApiGatewayV2Service& service, RequestContext& context, const Tagged& tagged, json answer,
    std::function<void(StringMap&)> change)
{
    context.touch(tagged.apiId);
    if (!tagged.recordKind.empty())
        return withRecords(service, tagged, [&](auto& records, const Error& missing) {
            return changeTagsIn(
                records, context.region + "/" + tagged.apiId, missing, std::move(change), std::move(answer));
        });
    return service.apis().change(context.region, tagged.apiId,
        errors::invalidApi(context.principal.account, tagged.apiId),
        [tagged, answer = std::move(answer), change = std::move(change)](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto tags, tagsOf(draft.api, draft.stages, tagged));
            change(*tags);
            CORE_CHECK(checkTags(*tags));
            return answer;
        });
}

}

Result<Outcome> getTags(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto tagged, parseTagged(text(request.input(), "resourceArn")));
    if (!tagged.recordKind.empty()) {
        CORE_TRY(const auto kept, withRecords(service, tagged, [&](auto& records, const Error& missing) {
            return tagsIn(records, context.region + "/" + tagged.apiId, missing);
        }));
        return Reply::of({{"tags", kept}});
    }
    const auto state = service.apis().find(context.region, tagged.apiId);
    if (!state)
        return fail(errors::invalidApi(context.principal.account, tagged.apiId));
    CORE_TRY(const auto tags, tagsOf(state->api, state->stages, tagged));
    return Reply::of({{"tags", *tags}});
}

Result<Outcome> tagResource(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto tagged, parseTagged(text(request.input(), "resourceArn")));
    return changeTags(service, context, tagged, json::object(),
        [added = stringMap(request.input(), "tags")](StringMap& tags) {
            for (const auto& [name, value] : added)
                tags[name] = value;
        });
}

Result<Outcome> untagResource(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto tagged, parseTagged(text(request.input(), "resourceArn")));
    return changeTags(service, context, tagged, json(nullptr),
        [names = stringList(request.input(), "tagKeys")](StringMap& tags) {
            for (const auto& name : names)
                tags.erase(name);
        });
}

}
