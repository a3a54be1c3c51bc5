#include "core/lambda/batch_answer.h"

#include <nlohmann/json.hpp>

#include <set>

namespace core::lambda {

using nlohmann::json;

namespace {

BatchVerdict wholeFailed(std::string why)
{
    return {BatchVerdict::Kind::Failed, {}, std::move(why)};
}

std::optional<std::size_t> placeOf(const json& entry, const PlaceInBatch& place)
{
    if (!entry.is_object() || !entry.contains("itemIdentifier") || !entry["itemIdentifier"].is_string())
        return std::nullopt;
    return place(entry["itemIdentifier"].get_ref<const std::string&>());
}

}

BatchVerdict judgeAnswer(const std::string& answer, const PlaceInBatch& place, bool reportsItems)
{
    if (!reportsItems || answer.empty())
        return {};
    const auto parsed = json::parse(answer, nullptr, false);
    if (parsed.is_null())
        return {};
    if (!parsed.is_object())
        return wholeFailed("The answer is no object with batchItemFailures");
    const auto failures = parsed.find("batchItemFailures");
    if (failures == parsed.end() || failures->is_null() || (failures->is_array() && failures->empty()))
        return {};
    if (!failures->is_array())
        return wholeFailed("batchItemFailures is no list");
    std::set<std::size_t> places;
    for (const auto& entry : *failures) {
        const auto found = placeOf(entry, place);
        if (!found)
            return wholeFailed("An itemIdentifier names no record of the batch: all of it counts as failed");
        places.insert(*found);
    }
    return {BatchVerdict::Kind::Partly, {places.begin(), places.end()},
        "batchItemFailures names " + counted(places.size(), "record")};
}

std::string counted(std::size_t count, const char* what)
{
    return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

}
