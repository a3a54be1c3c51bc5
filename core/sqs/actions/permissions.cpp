#include "core/aws/policy_statements.h"
#include "core/sqs/actions.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>

namespace core::sqs {

using nlohmann::json;

namespace {

constexpr std::size_t kMostActions = 7;
constexpr std::size_t kLongestLabel = 80;
constexpr std::array<std::string_view, 8> kActions{"*", "ChangeMessageVisibility", "DeleteMessage",
    "GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues", "PurgeQueue", "ReceiveMessage"};
constexpr std::array<std::string_view, 8> kOwners{"AddPermission", "CreateQueue", "DeleteQueue", "ListQueues",
    "RemovePermission", "SetQueueAttributes", "TagQueue", "UntagQueue"};

Result<> checkLabel(const std::string& label)
{
    const bool right = !label.empty() && label.size() <= kLongestLabel
        && std::ranges::all_of(
            label, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
    if (!right)
        return fail(errors::invalidValue(label, "Label",
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length."));
    return {};
}

Result<> checkAction(const std::string& action)
{
    if (action == "SendMessage" || std::ranges::find(kActions, action) != kActions.end())
        return {};
    const bool isOwners = std::ranges::find(kOwners, action) != kOwners.end();
    return fail(errors::invalidValue("SQS:" + action, "ActionName",
        isOwners ? "Only the queue owner is allowed to invoke this action."
                 : "Please refer to the appropriate WSDL for a list of valid actions."));
}

Result<aws::Grant> readGrant(const json& input, const Queue& queue)
{
    aws::Grant grant{
        input.at("Label"), input.at("AWSAccountIds").get<std::vector<std::string>>(), {}, queue.arn()};
    CORE_CHECK(checkLabel(grant.label));
    const auto actions = input.at("Actions").get<std::vector<std::string>>();
    if (actions.empty())
        return fail(errors::missing("Actions"));
    if (grant.accounts.empty())
        return fail(errors::invalidValue("[]", "PrincipalId", "Unable to verify."));
    if (actions.size() > kMostActions)
        return fail(errors::tooManyActions(actions.size()));
    for (const auto& action : actions) {
        CORE_CHECK(checkAction(action));
        grant.actions.push_back("SQS:" + action);
    }
    return grant;
}

std::string policyOf(const Queue& queue)
{
    const auto own = queue.attributes.find("Policy");
    if (own != queue.attributes.end())
        return own->second;
    return nlohmann::ordered_json{{"Version", "2012-10-17"}, {"Id", queue.arn() + "/SQSDefaultPolicy"},
        {"Statement", nlohmann::ordered_json::array()}}
        .dump();
}

Result<Outcome> keepPolicy(
    SqsService& service, const RequestContext& context, const Queue& there, const std::string& policy)
{
    auto queue = there;
    queue.attributes["Policy"] = policy;
    queue.modified = context.now;
    CORE_CHECK(service.queues().put(std::move(queue)));
    return aws::Reply::of(json::object());
}

}

Result<Outcome> addPermission(SqsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.queues().changing());
    CORE_TRY(const auto queue, queueOf(service, context, request));
    CORE_TRY(const auto grant, readGrant(request.input(), *queue));
    const auto policy = aws::withGrant(policyOf(*queue), grant);
    if (!policy)
        return fail(errors::invalidValue(grant.label, "Label", "Already exists."));
    return keepPolicy(service, context, *queue, *policy);
}

Result<Outcome> removePermission(SqsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.queues().changing());
    CORE_TRY(const auto queue, queueOf(service, context, request));
    const auto label = request.input().at("Label").get<std::string>();
    const auto policy = aws::withoutLabel(policyOf(*queue), label);
    if (!policy)
        return fail(errors::invalidValue(label, "Label", "can't find label."));
    return keepPolicy(service, context, *queue, *policy);
}

}
