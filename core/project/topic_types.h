#pragma once

#include "core/project/resource_types.h"

namespace core::project {

// Topics of templates, their subscriptions and policies, and the SNS events of functions.

std::span<const ResourceType> topicTypes();

// What an SNS event of a function may say.
std::span<const std::string_view> topicEventProperties();
// Subscribes the function for each of its SNS events, and lets SNS call it.
Result<> addTopicEvents(
    ImportContext& context, const nlohmann::json& functionProperties, const std::string& functionArn);

}
