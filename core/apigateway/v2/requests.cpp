#include "core/apigateway/v2/requests.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using nlohmann::json;

namespace {

constexpr std::int64_t kMostResults = 500;

Result<std::size_t> startOf(const Request& request)
{
    const auto token = text(request.input(), "nextToken");
    if (token.empty())
        return 0;
    const auto decoded = unbase64(token);
    const auto start = decoded ? parseInteger(*decoded) : std::nullopt;
    if (!start || *start < 0)
        return fail(errors::badRequest("Invalid nextToken"));
    return static_cast<std::size_t>(*start);
}

Result<std::size_t> countOf(const Request& request)
{
    const auto wanted = text(request.input(), "maxResults");
    if (wanted.empty())
        return static_cast<std::size_t>(kMostResults);
    const auto count = parseInteger(wanted);
    if (!count || *count < 1)
        return fail(errors::badRequest("Invalid maxResults"));
    return static_cast<std::size_t>(std::min(*count, kMostResults));
}

}

std::string apiIdOf(const Request& request)
{
    return text(request.input(), "apiId");
}

Error unknownApi(const RequestContext& context, const Request& request)
{
    return errors::invalidApi(context.principal.account, apiIdOf(request));
}

Result<ApiPtr> readApiOf(ApiGatewayV2Service& service, const RequestContext& context, const Request& request)
{
    auto state = service.apis().find(context.region, apiIdOf(request));
    if (!state)
        return fail(unknownApi(context, request));
    return state;
}

Outcome changeApi(
    ApiGatewayV2Service& service, RequestContext& context, const Request& request, ApiStore::Change change)
{
    context.touch(apiIdOf(request));
    return service.apis().change(
        context.region, apiIdOf(request), unknownApi(context, request), std::move(change));
}

Outcome changeAndDeploy(
    ApiGatewayV2Service& service, RequestContext& context, const Request& request, ApiStore::Change change)
{
    return changeApi(service, context, request,
        [change = std::move(change), now = context.now](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto output, change(draft));
            draft.deployAutomatically(now);
            return output;
        });
}

Result<Outcome> pageOf(const Request& request, std::vector<json> items)
{
    CORE_TRY(const auto start, startOf(request));
    CORE_TRY(const auto count, countOf(request));
    json out{{"items", json::array()}};
    for (std::size_t i = start; i < items.size() && i < start + count; ++i)
        out["items"].push_back(std::move(items[i]));
    if (start + count < items.size())
        out["nextToken"] = base64(std::to_string(start + count));
    return aws::Reply::of(std::move(out));
}

}
