#include "core/cdn/paging.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::cdn {

using nlohmann::json;

json page(const json& entries, const json& input)
{
    const auto marker = input.value("Marker", "");
    const auto most = static_cast<std::size_t>(std::clamp(input.value("MaxItems", 100), 1, 100));
    auto items = json::array();
    bool after = marker.empty();
    bool truncated = false;
    for (const auto& entry : entries) {
        if (after && items.size() == most) {
            truncated = true;
            break;
        }
        if (after)
            items.push_back(entry);
        else
            after = entry["Id"] == marker;
    }
    json result{
        {"Marker", marker}, {"MaxItems", most}, {"IsTruncated", truncated}, {"Quantity", items.size()}};
    if (truncated)
        result["NextMarker"] = items.back()["Id"];
    if (!items.empty())
        result["Items"] = std::move(items);
    return result;
}

}
