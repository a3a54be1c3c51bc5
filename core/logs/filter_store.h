#pragma once

#include "core/logs/log_store.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace core::logs {

// The subscription filters and the metric filters of log groups: JSON as they are described, in order of
// name below their group. LogGroup counts them.
inline constexpr std::string_view kSubscriptionFilters = "logs/subscription-filters";
inline constexpr std::string_view kMetricFilters = "logs/metric-filters";

std::optional<std::string> readFilter(
    store::Reader& reader, std::string_view keyspace, const GroupRef& ref, std::string_view name);
// Filters of a group whose names begin with `prefix` and come after `after`; false stops.
void scanFilters(store::Reader& reader, std::string_view keyspace, const GroupRef& ref,
    std::string_view prefix, std::string_view after, const std::function<bool(const nlohmann::json&)>& visit);

// Keeps one, new or in place of the one of that name; at most `most` a group. On the committer thread, as
// the next.
Result<> putFilter(store::Transaction& transaction, std::string_view keyspace, const GroupRef& ref,
    const nlohmann::json& filter, int most);
Result<> eraseFilter(
    store::Transaction& transaction, std::string_view keyspace, const GroupRef& ref, std::string_view name);

}
