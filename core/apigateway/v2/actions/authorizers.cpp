#include "core/apigateway/quotas.h"
#include "core/apigateway/v2/authorizer_rules.h"
#include "core/apigateway/v2/requests.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr const char* kNoun = "Authorizer";

std::string routesWith(const Api& api, const std::string& authorizerId)
{
    std::string ids;
    for (const auto& [id, route] : api.routes) {
        if (route.authorizerId == authorizerId)
            ids += (ids.empty() ? "" : ", ") + id;
    }
    return ids;
}

}

Result<Outcome> createAuthorizer(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
        Authorizer authorizer;
        merge(authorizer, input);
        CORE_CHECK(completeAuthorizer(draft.api, authorizer));
        CORE_CHECK(checkRoomOfV2(quotas::kAuthorizers, draft.api.authorizers.size()));
        authorizer.authorizerId = freshId(draft.api.authorizers, randomLower, 6);
        draft.api.authorizers[authorizer.authorizerId] = authorizer;
        return toJson(authorizer);
    });
}

Result<Outcome> getAuthorizers(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    return pageOfAll(request, state->api.authorizers);
}

Result<Outcome> getAuthorizer(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    CORE_TRY(const auto authorizer,
        findById(state->api.authorizers, kNoun, text(request.input(), "authorizerId")));
    return Reply::of(toJson(*authorizer));
}

Result<Outcome> updateAuthorizer(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto authorizer, findById(draft.api.authorizers, kNoun, text(input, "authorizerId")));
            merge(*authorizer, input);
            CORE_CHECK(completeAuthorizer(draft.api, *authorizer));
            return toJson(*authorizer);
        });
}

Result<Outcome> deleteAuthorizer(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request,
        [id = text(request.input(), "authorizerId")](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findById(draft.api.authorizers, kNoun, id));
            if (const auto routes = routesWith(draft.api, id); !routes.empty())
                return fail(errors::referenced(kNoun, routes));
            draft.api.authorizers.erase(id);
            return json(nullptr);
        });
}

}
