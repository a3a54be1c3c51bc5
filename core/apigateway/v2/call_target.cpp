#include "core/apigateway/v2/call_target.h"

#include "core/apigateway/addresses.h"
#include "core/apigateway/custom_domain.h"
#include "core/apigateway/vpc_endpoint.h"
#include "core/base/text.h"

namespace core::apigateway::v2 {

namespace {

constexpr std::string_view kOwnPrefix = "/_aws/execute-api/";
constexpr std::string_view kRestPrefix = "/restapis/";

std::optional<CallTarget> customTarget(const http::Request& head, const CustomDomains& domains)
{
    auto address = domains.address(head);
    if (!address || address->apiId.empty())
        return std::nullopt;
    CallTarget target{.apiId = std::move(address->apiId),
        .region = std::move(address->region),
        .path = std::string(head.path()),
        .domain = std::move(address->domain),
        .isCustomDomain = true};
    target.stage = std::move(address->stage);
    target.stagePath = std::move(address->path);
    target.rule = address->rule;
    return target;
}

}

std::optional<CallTarget> parseCallTarget(const http::Request& head, const CustomDomains& domains)
{
    const auto address = parseCallAddress(head);
    if (!address)
        return customTarget(head, domains);
    if (!VpcEndpoint::of(head).id.empty())
        return std::nullopt; // REST APIs alone are private
    if (address->domain.empty() && head.path().starts_with(kRestPrefix))
        return std::nullopt;
    CallTarget target{
        .apiId = address->apiId, .region = address->region, .domain = address->domain, .rule = address->rule};
    std::string_view path = head.path();
    if (target.domain.empty()) {
        path.remove_prefix(kOwnPrefix.size());
        path = path.substr(std::min(path.find('/'), path.size()));
    }
    target.path = path.empty() ? "/" : std::string(path);
    return target;
}

StagePath stageOf(const ApiState& state, const CallTarget& target)
{
    if (target.isCustomDomain) {
        const auto mapped = state.stages.find(target.stage);
        return {mapped == state.stages.end() ? nullptr : &mapped->second, target.stagePath};
    }
    const auto& path = target.path;
    const auto rest = std::string_view(path).substr(1);
    const auto slash = rest.find('/');
    const auto named = state.stages.find(percentDecode(rest.substr(0, slash)));
    if (named != state.stages.end())
        return {&named->second, slash == rest.npos ? "/" : std::string(rest.substr(slash))};
    const auto fallback = state.stages.find("$default");
    return {fallback == state.stages.end() ? nullptr : &fallback->second, path};
}

}
