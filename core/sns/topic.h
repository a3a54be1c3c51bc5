#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace core::sns {

// A topic without its subscriptions. A plain value, written as JSON.
struct Topic {
    std::string name;
    std::string region;
    std::string account;
    std::map<std::string, std::string> attributes = {}; // those that were set
    std::map<std::string, std::string> tags = {};
    std::int64_t deletedSubscriptions = 0;

    std::string arn() const;
    bool isFifo() const;
    std::string attribute(const std::string& name) const; // "" where it was not set
    bool deduplicatesByContent() const { return attribute("ContentBasedDeduplication") == "true"; }
};

std::string recordKey(const Topic& topic); // "<region>/<account>/<name>"
std::string encode(const Topic& topic);
bool decode(std::string_view text, Topic& topic);

// The record's key of what an ARN names; "" for what is no topic's.
std::string topicKeyOf(std::string_view arn);

// Error: InvalidParameter.
Result<> checkTopicName(std::string_view name, bool fifo);
// One attribute as SetTopicAttributes gets it, checked and put over what the topic has. Error:
// InvalidParameter; the message says what is wrong ("AttributeName").
Result<> takeAttribute(const std::string& name, const std::string& value, Topic& topic);
// What GetTopicAttributes shows of the topic itself.
nlohmann::json shownAttributes(const Topic& topic);
// Which http subscriptions get that have no DeliveryPolicy of their own, in EffectiveDeliveryPolicy's form.
nlohmann::json effectiveDelivery(const Topic& topic);

std::string defaultPolicy(const Topic& topic);

}
