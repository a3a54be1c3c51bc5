#include "core/apigateway/v2/call_target.h"

#include "core/apigateway/addresses.h"
#include "core/base/text.h"

namespace core::apigateway::v2 {

namespace {

constexpr std::string_view kOwnPrefix = "/_aws/execute-api/";
constexpr std::string_view kRestPrefix = "/restapis/";

}

std::optional<CallTarget> parseCallTarget(const http::Request& head)
{
    const auto address = parseCallAddress(head);
    if (!address || (address->domain.empty() && head.path().starts_with(kRestPrefix)))
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

StagePath stageOf(const ApiState& state, const std::string& path)
{
    const auto rest = std::string_view(path).substr(1);
    const auto slash = rest.find('/');
    const auto named = state.stages.find(percentDecode(rest.substr(0, slash)));
    if (named != state.stages.end())
        return {&named->second, slash == rest.npos ? "/" : std::string(rest.substr(slash))};
    const auto fallback = state.stages.find("$default");
    return {fallback == state.stages.end() ? nullptr : &fallback->second, path};
}

}
