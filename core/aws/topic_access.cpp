#include "core/aws/topic_access.h"

#include "core/base/arn.h"

#include <nlohmann/json.hpp>

namespace core::aws {

using nlohmann::json;

namespace {

Result<Reply> attributesOf(Caller& services, const std::string& topicArn, CallOptions options)
{
    options.region = regionOfTopic(topicArn);
    return services.call("sns", "GetTopicAttributes", {{"TopicArn", topicArn}}, options);
}

}

bool isTopicArn(std::string_view text)
{
    const auto arn = Arn::parse(text);
    return arn && arn->service == "sns" && !arn->region.empty() && !arn->account.empty()
        && !arn->resource.empty() && arn->resource.find_first_of(":/") == std::string::npos;
}

bool isFifoTopic(std::string_view topicArn)
{
    return topicArn.ends_with(".fifo");
}

std::string regionOfTopic(std::string_view topicArn)
{
    const auto arn = Arn::parse(topicArn);
    return arn ? arn->region : std::string();
}

json topicMessage(const std::string& topicArn, const std::string& message, const std::string& subject)
{
    json input = {{"TopicArn", topicArn}, {"Message", message}};
    if (!subject.empty())
        input["Subject"] = subject;
    return input;
}

Result<Reply> publishTo(Caller& services, const std::string& topicArn, const json& input, CallOptions options)
{
    options.region = regionOfTopic(topicArn);
    return services.call("sns", "Publish", input, options);
}

bool isStandardTopic(Caller& services, const std::string& topicArn, CallOptions options)
{
    return isTopicArn(topicArn) && !isFifoTopic(topicArn)
        && attributesOf(services, topicArn, std::move(options)).has_value();
}

bool policyAllowsPublish(
    std::string_view policy, std::string_view topicArn, const TopicPublisher& publisher, std::string& why)
{
    return policyAllows(policy, publisher,
        {"sns:Publish", topicArn, "the topic's policy", "publish",
            "allow sns:Publish in its attribute Policy"},
        why);
}

TopicAccess askTopicAccess(Caller& services, const std::string& topicArn, const TopicPublisher& publisher,
    CallOptions options, std::string& why)
{
    if (!isTopicArn(topicArn)) {
        why = topicArn + " is no topic's ARN";
        return TopicAccess::NoTopic;
    }
    const auto answer = attributesOf(services, topicArn, std::move(options));
    if (!answer) {
        why = answer.error().message;
        return TopicAccess::NoTopic;
    }
    const auto policy = answer->json().value("/Attributes/Policy"_json_pointer, std::string("{}"));
    return policyAllowsPublish(policy, topicArn, publisher, why) ? TopicAccess::Allowed : TopicAccess::Denied;
}

}
