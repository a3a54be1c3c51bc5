#include "core/apigateway/actions.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/record_tags.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/tag_rules.h"
#include "core/base/arn.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

// What an ARN such as arn:aws:apigateway:us-east-1::/restapis/{id}/stages/{name} names.
struct Tagged {
    std::string apiId; // or the id of a record
    std::string stage; // "" for the API itself
    std::string recordKind = {}; // "usageplans" and its like, "" for APIs
};

Result<Tagged> parseTagged(const std::string& resourceArn)
{
    const auto arn = Arn::parse(resourceArn);
    if (!arn || arn->service != "apigateway")
        return fail(errors::badRequest("Invalid ARN specified in the request"));
    const auto parts = split(arn->resource, '/');
    if (parts.size() == 3 && parts[1] == "restapis")
        return Tagged{std::string(parts[2]), {}};
    if (parts.size() == 5 && parts[1] == "restapis" && parts[3] == "stages")
        return Tagged{std::string(parts[2]), std::string(parts[4])};
    if (parts.size() == 3 && isTaggedRecord(parts[1]))
        return Tagged{std::string(parts[2]), {}, std::string(parts[1])};
    // An access association is kept by its whole ARN.
    if (parts.size() == 6 && parts[1] == "domainnameaccessassociations")
        return Tagged{resourceArn, {}, std::string(parts[1])};
    return fail(errors::unsupported("tags on " + resourceArn));
}

template <typename Api> auto tagsOf(Api& state, const Tagged& tagged) -> Result<decltype(&state.api.tags)>
{
    if (tagged.stage.empty())
        return &state.api.tags;
    const auto found = state.stages.find(tagged.stage);
    if (found == state.stages.end())
        return fail(errors::invalidStage());
    return &found->second.tags;
}

Outcome changeTags(ApiGatewayService& service, RequestContext& context, const Tagged& tagged,
    std::function<void(StringMap&)> change)
{
    context.touch(tagged.apiId);
    if (!tagged.recordKind.empty())
        return changeTagsOfRecord(
            service, context.region, tagged.recordKind, tagged.apiId, std::move(change));
    return service.apis().change(context.region, tagged.apiId,
        errors::invalidApi(context.principal.account, tagged.apiId),
        [tagged, change = std::move(change)](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto tags, tagsOf(draft, tagged));
            change(*tags);
            CORE_CHECK(checkTags(*tags));
            return json(nullptr);
        });
}

}

Result<Outcome> tagResource(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto tagged, parseTagged(text(request.input(), "resourceArn")));
    return changeTags(
        service, context, tagged, [added = stringMap(request.input(), "tags")](StringMap& tags) {
            for (const auto& [name, value] : added)
                tags[name] = value;
        });
}

Result<Outcome> untagResource(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto tagged, parseTagged(text(request.input(), "resourceArn")));
    return changeTags(
        service, context, tagged, [names = stringList(request.input(), "tagKeys")](StringMap& tags) {
            for (const auto& name : names)
                tags.erase(name);
        });
}

Result<Outcome> getTags(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto tagged, parseTagged(text(request.input(), "resourceArn")));
    if (!tagged.recordKind.empty()) {
        CORE_TRY(const auto kept, tagsOfRecord(service, context.region, tagged.recordKind, tagged.apiId));
        return Reply::of({{"tags", kept}});
    }
    const auto state = service.apis().find(context.region, tagged.apiId);
    if (!state)
        return fail(errors::invalidApi(context.principal.account, tagged.apiId));
    CORE_TRY(const auto tags, tagsOf(*state, tagged));
    return Reply::of({{"tags", *tags}});
}

}
