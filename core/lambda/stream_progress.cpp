#include "core/lambda/stream_progress.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::string_view kSpace = "lambda/stream-progress";

std::string keyOf(const std::string& mapping, const std::string& shard)
{
    return mapping + '/' + shard;
}

json encodeLane(const LaneProgress& progress)
{
    json lane = {{"sequence", progress.sequence}, {"done", progress.done}};
    if (progress.window)
        lane["window"] = {{"start", progress.window->start}, {"state", progress.window->state}};
    return lane;
}

LaneProgress decodeLane(const json& lane)
{
    LaneProgress progress{lane.at("sequence"), lane.at("done"), {}};
    if (lane.contains("window"))
        progress.window = TumblingWindow{lane["window"].at("start"), lane["window"].at("state")};
    return progress;
}

// Sequence numbers have one length, so their order is that of their texts.
std::vector<LaneProgress> lanesFrom(const std::optional<std::string>& text, int lanes)
{
    const auto count = static_cast<std::size_t>(lanes);
    if (!text)
        return std::vector<LaneProgress>(count);
    std::vector<LaneProgress> kept;
    for (const auto& lane : json::parse(*text))
        kept.push_back(decodeLane(lane));
    if (kept.size() == count || kept.empty())
        return kept.empty() ? std::vector<LaneProgress>(count) : kept;
    auto slowest = kept.front();
    for (const auto& lane : kept) {
        if (slowest.done || (!lane.done && lane.sequence < slowest.sequence))
            slowest = lane;
    }
    slowest.window.reset();
    return std::vector<LaneProgress>(count, slowest);
}

}

StreamProgress::StreamProgress(store::Store& store)
    : m_store(store)
{
}

LaneProgress StreamProgress::of(
    const std::string& mapping, const std::string& shard, int lane, int lanes) const
{
    return lanesFrom(m_store.get(kSpace, keyOf(mapping, shard)), lanes)[static_cast<std::size_t>(lane)];
}

bool StreamProgress::knows(const std::string& mapping, const std::string& shard) const
{
    return m_store.get(kSpace, keyOf(mapping, shard)).has_value();
}

Result<> StreamProgress::set(
    const std::string& mapping, const std::string& shard, int lane, int lanes, const LaneProgress& progress)
{
    const auto key = keyOf(mapping, shard);
    return m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kSpace);
        auto all = lanesFrom(transaction.get(kSpace, key), lanes);
        all[static_cast<std::size_t>(lane)] = progress;
        json text = json::array();
        for (const auto& one : all)
            text.push_back(encodeLane(one));
        transaction.put(kSpace, key, text.dump());
        return {};
    });
}

Result<> StreamProgress::begin(
    const std::string& mapping, const std::string& shard, const LaneProgress& progress)
{
    return set(mapping, shard, 0, 1, progress);
}

Result<> StreamProgress::forget(const std::string& mapping)
{
    return m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kSpace);
        std::vector<std::string> keys;
        transaction.scan(kSpace, store::Range::prefix(mapping + '/'), store::Direction::Forward,
            [&keys](std::string_view key, std::string_view) {
                keys.emplace_back(key);
                return true;
            });
        for (const auto& key : keys)
            transaction.erase(kSpace, key);
        return {};
    });
}

Result<> StreamProgress::forget(const std::string& mapping, const std::string& shard)
{
    return m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kSpace);
        transaction.erase(kSpace, keyOf(mapping, shard));
        return {};
    });
}

}
