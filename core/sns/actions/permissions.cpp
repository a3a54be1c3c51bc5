#include "core/sns/actions.h"
#include "core/sns/errors.h"

#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::sns {

using nlohmann::ordered_json;

namespace {

constexpr std::array<std::string_view, 9> kActions{"*", "AddPermission", "DeleteTopic", "GetTopicAttributes",
    "ListSubscriptionsByTopic", "Publish", "RemovePermission", "SetTopicAttributes", "Subscribe"};

ordered_json policyOf(const Topic& topic)
{
    const auto own = topic.attribute("Policy");
    auto policy = ordered_json::parse(own.empty() ? defaultPolicy(topic) : own, nullptr, false);
    if (!policy["Statement"].is_array())
        policy["Statement"] = ordered_json::array({policy["Statement"]});
    return policy;
}

bool isLabelled(const ordered_json& statement, const std::string& label)
{
    return statement.is_object() && statement.value("Sid", "") == label;
}

Result<> keepPolicy(SnsService& service, const Topic& there, const ordered_json& policy)
{
    auto topic = there;
    topic.attributes["Policy"] = policy.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    CORE_CHECK(service.topics().put(topic));
    return {};
}

// One is written alone, as AWS does.
ordered_json oneOrAll(ordered_json list)
{
    return list.size() == 1 ? list.front() : list;
}

}

Result<Outcome> addPermission(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto topic, topicOf(service, context, input.at("TopicArn")));
    const auto label = input.at("Label").get<std::string>();
    auto policy = policyOf(*topic);
    auto& statements = policy["Statement"];
    if (std::ranges::any_of(statements, [&](const auto& one) { return isLabelled(one, label); }))
        return fail(errors::invalid("Statement already exists"));
    auto actions = ordered_json::array();
    for (const auto& action : input.at("ActionName")) {
        const auto name = action.get<std::string>();
        if (std::ranges::find(kActions, name) == kActions.end())
            return fail(errors::invalid("Policy statement action out of service scope!"));
        actions.push_back("SNS:" + name);
    }
    auto principals = ordered_json::array();
    for (const auto& account : input.at("AWSAccountId"))
        principals.push_back("arn:aws:iam::" + account.get<std::string>() + ":root");
    statements.push_back(
        {{"Sid", label}, {"Effect", "Allow"}, {"Principal", {{"AWS", oneOrAll(std::move(principals))}}},
            {"Action", oneOrAll(std::move(actions))}, {"Resource", topic->arn()}});
    CORE_CHECK(keepPolicy(service, *topic, policy));
    return aws::Reply::of(nlohmann::json::object());
}

Result<Outcome> removePermission(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto topic, topicOf(service, context, input.at("TopicArn")));
    const auto label = input.at("Label").get<std::string>();
    auto policy = policyOf(*topic);
    auto kept = ordered_json::array();
    for (const auto& statement : policy["Statement"]) {
        if (!isLabelled(statement, label))
            kept.push_back(statement);
    }
    policy["Statement"] = std::move(kept);
    CORE_CHECK(keepPolicy(service, *topic, policy));
    return aws::Reply::of(nlohmann::json::object());
}

}
