#include "core/sns/actions.h"
#include "core/sns/errors.h"

#include "core/aws/policy_statements.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::sns {

namespace {

constexpr std::array<std::string_view, 9> kActions{"*", "AddPermission", "DeleteTopic", "GetTopicAttributes",
    "ListSubscriptionsByTopic", "Publish", "RemovePermission", "SetTopicAttributes", "Subscribe"};

std::string policyOf(const Topic& topic)
{
    const auto own = topic.attribute("Policy");
    return own.empty() ? defaultPolicy(topic) : own;
}

Result<Outcome> keepPolicy(SnsService& service, const Topic& there, const std::string& policy)
{
    auto topic = there;
    topic.attributes["Policy"] = policy;
    CORE_CHECK(service.topics().put(topic));
    return aws::Reply::of(nlohmann::json::object());
}

}

Result<Outcome> addPermission(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto topic, topicOf(service, context, input.at("TopicArn")));
    aws::Grant grant{
        input.at("Label"), input.at("AWSAccountId").get<std::vector<std::string>>(), {}, topic->arn()};
    bool inScope = true;
    for (const auto& action : input.at("ActionName")) {
        const auto name = action.get<std::string>();
        inScope = inScope && std::ranges::find(kActions, name) != kActions.end();
        grant.actions.push_back("SNS:" + name);
    }
    const auto policy = aws::withGrant(policyOf(*topic), grant);
    if (!policy)
        return fail(errors::invalid("Statement already exists"));
    if (!inScope)
        return fail(errors::invalid("Policy statement action out of service scope!"));
    return keepPolicy(service, *topic, *policy);
}

Result<Outcome> removePermission(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto topic, topicOf(service, context, input.at("TopicArn")));
    const auto policy = policyOf(*topic);
    return keepPolicy(
        service, *topic, aws::withoutLabel(policy, input.at("Label").get<std::string>()).value_or(policy));
}

}
