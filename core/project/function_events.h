#pragma once

#include "core/project/resource_types.h"

namespace core::project {

// The events of a template's functions that are no routes of APIs: schedules, rules of EventBridge, streams
// of tables, objects of buckets and log groups. Queues are import_queues', topics topic_types'.

// What events of each type may say; nothing for types that are not read.
std::optional<std::span<const std::string_view>> eventProperties(std::string_view type);
// "Api, HttpApi, …": the types that are read.
std::string eventTypes();

// Makes what each such event of a function stands for, and lets its source call the function.
Result<> addSourceEvents(ImportContext& context, const std::string& logicalId,
    const nlohmann::json& functionProperties, const std::string& functionArn);

}
