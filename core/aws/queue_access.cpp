#include "core/aws/queue_access.h"

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
    return policyAllows(policy, sender,
        {"sqs:SendMessage", queueArn, "the queue's policy", "send",
            "allow sqs:SendMessage in its attribute Policy"},
        why);
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
