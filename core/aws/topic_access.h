#pragma once

#include "core/aws/acting_service.h"
#include "core/aws/service.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::aws {

// A service that wants to publish to a topic on behalf of one of its resources.
using TopicPublisher = ActingService;

// arn:aws:sns:<region>:<account>:<name>, which a subscription's ARN is not.
bool isTopicArn(std::string_view arn);
// A FIFO topic's, by its name.
bool isFifoTopic(std::string_view topicArn);
std::string regionOfTopic(std::string_view topicArn);

// Publish's input.
nlohmann::json topicMessage(
    const std::string& topicArn, const std::string& message, const std::string& subject = {});
// Publishes in the topic's region. Waits.
Result<Reply> publishTo(
    Caller& services, const std::string& topicArn, const nlohmann::json& input, CallOptions options);
// Whether it is there and no FIFO topic. Waits.
bool isStandardTopic(Caller& services, const std::string& topicArn, CallOptions options);

// Whether a topic's policy lets the service publish; `why` names the statement, or what is missing. Pure.
bool policyAllowsPublish(
    std::string_view policy, std::string_view topicArn, const TopicPublisher& publisher, std::string& why);

enum class TopicAccess { Allowed, NoTopic, Denied };
// Asks SNS, in the topic's region. Waits.
TopicAccess askTopicAccess(Caller& services, const std::string& topicArn, const TopicPublisher& publisher,
    CallOptions options, std::string& why);

}
