#include "core/apigateway/requests.h"

#include "core/apigateway/errors.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

namespace {

constexpr std::int64_t kDefaultLimit = 25;
constexpr std::int64_t kMaxLimit = 500;

Result<std::size_t> startOf(const Request& request)
{
    const auto position = text(request.input(), "position");
    if (position.empty())
        return 0;
    const auto decoded = unbase64(position);
    const auto start = decoded ? parseInteger(*decoded) : std::nullopt;
    if (!start || *start < 0)
        return fail(errors::badRequest("Invalid position parameter"));
    return static_cast<std::size_t>(*start);
}

}

std::string apiIdOf(const Request& request)
{
    return text(request.input(), "restApiId");
}

Error unknownApi(const RequestContext& context, const Request& request)
{
    return errors::invalidApi(context.principal.account, apiIdOf(request));
}

MethodAddress::MethodAddress(const nlohmann::json& input)
    : resourceId(text(input, "resourceId"))
    , httpMethod(text(input, "httpMethod"))
    , statusCode(text(input, "statusCode"))
{
}

Result<ApiPtr> readApiOf(
    ApiGatewayService& service, const RequestContext& context, const Request& request, const Error& missing)
{
    auto state = service.apis().find(context.region, apiIdOf(request));
    if (!state)
        return fail(missing);
    return state;
}

Outcome changeApi(ApiGatewayService& service, RequestContext& context, const Request& request, Error missing,
    ApiStore::Change change)
{
    context.touch(apiIdOf(request));
    return service.apis().change(context.region, apiIdOf(request), std::move(missing), std::move(change));
}

Result<nlohmann::json> pageOf(const Request& request, const std::vector<nlohmann::json>& items)
{
    CORE_TRY(const auto start, startOf(request));
    const auto limit = request.input().value("limit", kDefaultLimit);
    if (limit < 1)
        return fail(errors::badRequest("Invalid limit parameter. Must be between 1 and 500"));
    const auto count = static_cast<std::size_t>(std::min(limit, kMaxLimit));
    nlohmann::json out{{"item", nlohmann::json::array()}};
    for (std::size_t i = start; i < items.size() && i < start + count; ++i)
        out["item"].push_back(items[i]);
    if (start + count < items.size())
        out["position"] = base64(std::to_string(start + count));
    return out;
}

bool embeds(const Request& request, std::string_view word)
{
    const auto words = stringList(request.input(), "embed");
    return std::find(words.begin(), words.end(), word) != words.end();
}

}
