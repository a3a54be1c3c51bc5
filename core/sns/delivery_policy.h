#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

// How often and when http endpoints are tried again (DeliveryPolicy). Pure.
namespace core::sns {

// That the text is an object of whole numbers in AWS's limits. Error: InvalidParameter, naming `attribute`.
Result<> checkDeliveryPolicy(const std::string& text, const std::string& attribute);

// {"http": {"defaultHealthyRetryPolicy": {…}, …}}: AWS's values with a topic's over them.
nlohmann::json effectiveTopicPolicy(const std::string& topicPolicy);
// {"healthyRetryPolicy": {…}, …}: the topic's with a subscription's over them.
nlohmann::json effectivePolicy(const std::string& topicPolicy, const std::string& subscriptionPolicy);

// The pauses before each further attempt, by a healthyRetryPolicy.
std::vector<Micros> pausesOf(const nlohmann::json& healthyRetryPolicy);
// Those before further attempts at functions and queues, which AWS does not let one choose; the last one
// holds for all that follow.
std::vector<Micros> managedPauses();
inline constexpr int kManagedAttempts = 100'015;
inline constexpr Micros kManagedAge = 23LL * 24 * 3600 * kSecond;

}
