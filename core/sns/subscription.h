#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/sns/filter_policy.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace core::sns {

// Who gets a topic's messages, and which of them. A plain value, written as JSON.
struct Subscription {
    std::string topicArn;
    std::string id;
    std::string protocol; // "sqs", "lambda", "http", "https"
    std::string endpoint; // ARN or URL
    std::string owner; // account
    std::map<std::string, std::string> attributes = {}; // those that were set
    bool pending = false; // an endpoint that has not confirmed
    bool authenticated = true; // confirmed by a signed request
    bool guarded = false; // AuthenticateOnUnsubscribe
    std::string token = {}; // that confirms it
    Micros tokenMade = 0;
    std::optional<FilterPolicy> filter = {}; // of the attribute FilterPolicy

    std::string arn() const { return topicArn + ':' + id; }
    std::string attribute(const std::string& name) const; // "" where it was not set
    bool isRaw() const { return attribute("RawMessageDelivery") == "true"; }
    bool isHttp() const { return protocol.starts_with("http"); }
    std::string deadLetterQueue() const; // ARN, "" for none
};

std::string recordKey(const Subscription& subscription); // "<region>/<account>/<topic>/<id>"
std::string encode(const Subscription& subscription);
bool decode(std::string_view text, Subscription& subscription);

// The record's key of what a subscription's ARN names. Error: InvalidParameter.
Result<std::string> subscriptionKeyOf(std::string_view arn);

// That the protocol is one of ours and the endpoint one of its. Error: InvalidParameter.
Result<> checkEndpoint(const std::string& protocol, const std::string& endpoint, const std::string& topicArn);
// Attributes checked and put over what the subscription has. `place` is how AWS begins the reason:
// "Attributes Reason: " at Subscribe, "" else. Error: InvalidParameter.
Result<> takeAttributes(
    const std::map<std::string, std::string>& given, const std::string& place, Subscription& subscription);

}
