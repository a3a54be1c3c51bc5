#include "core/sts/actions.h"
#include "core/sts/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::sts {

using nlohmann::json;

namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kHalfDay = 12 * kHour;

// The caller who has credentials of its own. Root users get an hour at most.
Result<aws::Session> lastingCaller(
    const RequestContext& context, const Request& request, const std::string& action)
{
    CORE_TRY(auto caller, callerOf(context, request));
    if (caller.expires != 0 || !caller.isRoot())
        return fail(errors::accessDenied("Cannot call " + action + " with session credentials"));
    return caller;
}

std::int64_t secondsOf(const json& input)
{
    return std::min(input.value("DurationSeconds", kHalfDay), kHour);
}

}

Result<Outcome> getSessionToken(StsService& /*service*/, RequestContext& context, Request& request)
{
    CORE_TRY(const auto caller, lastingCaller(context, request, "GetSessionToken"));
    return aws::Reply::of({{"Credentials", credentialsFor(caller, context, secondsOf(request.input()))}});
}

Result<Outcome> getFederationToken(StsService& /*service*/, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto caller, lastingCaller(context, request, "GetFederationToken"));
    CORE_CHECK(checkSessionPolicies(input));
    const auto name = input.at("Name").get<std::string>();
    aws::Session user{{}, caller.account, "arn:aws:sts::" + caller.account + ":federated-user/" + name,
        caller.account + ':' + name};
    json output{{"FederatedUser", {{"FederatedUserId", user.userId}, {"Arn", user.arn}}}};
    addPackedSize(input, output);
    output["Credentials"] = credentialsFor(std::move(user), context, secondsOf(input));
    return aws::Reply::of(std::move(output));
}

}
