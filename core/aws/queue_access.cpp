#include "core/aws/queue_access.h"

#include "core/aws/policy.h"
#include "core/base/arn.h"

#include <nlohmann/json.hpp>

namespace core::aws {

using nlohmann::json;

std::string queueUrlOf(std::string_view queueArn)
{
    const auto arn = Arn::parse(queueArn);
    if (!arn || arn->service != "sqs" || arn->region.empty() || arn->account.empty() || arn->resource.empty()
        || arn->resource.find_first_of(":/") != std::string::npos)
        return {};
    return '/' + arn->account + '/' + arn->resource;
}

bool isFifoQueue(std::string_view queueArn)
{
    return queueArn.ends_with(".fifo");
}

bool policyAllowsSend(
    std::string_view policy, std::string_view queueArn, const QueueSender& sender, std::string& why)
{
    const auto document = PolicyDocument::parse(policy, PolicyDocument::Kind::Resource);
    PolicyRequest request;
    request.action = "sqs:SendMessage";
    request.resource = queueArn;
    request.principalService = sender.principal;
    request.keys["aws:sourcearn"] = {sender.sourceArn};
    request.keys["aws:sourceaccount"] = {sender.sourceAccount};
    const auto verdict = document ? document->evaluate(request) : PolicyVerdict{};
    if (verdict.effect == PolicyEffect::Allow) {
        why = "Statement " + verdict.statement + " of the queue's policy allows it";
        return true;
    }
    why = verdict.effect == PolicyEffect::Deny
        ? "Statement " + verdict.statement + " of the queue's policy denies it"
        : "No statement of the queue's policy lets " + sender.principal + " send for " + sender.sourceArn
            + ": allow sqs:SendMessage in its attribute Policy";
    return false;
}

QueueAccess askQueueAccess(Caller& services, const std::string& queueArn, const QueueSender& sender,
    CallOptions options, std::string& why)
{
    const auto url = queueUrlOf(queueArn);
    if (url.empty()) {
        why = queueArn + " is no queue's ARN";
        return QueueAccess::NoQueue;
    }
    options.region = Arn::parse(queueArn)->region;
    const auto answer = services.call("sqs", "GetQueueAttributes",
        {{"QueueUrl", url}, {"AttributeNames", json::array({"Policy"})}}, options);
    if (!answer) {
        why = answer.error().message;
        return QueueAccess::NoQueue;
    }
    const auto policy = answer->json().value("/Attributes/Policy"_json_pointer, std::string("{}"));
    return policyAllowsSend(policy, queueArn, sender, why) ? QueueAccess::Allowed : QueueAccess::Denied;
}

}
