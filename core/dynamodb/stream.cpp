#include "core/dynamodb/stream.h"

#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/dynamodb/big_endian.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace core::dynamodb {

namespace {

constexpr std::pair<StreamView, std::string_view> kViews[] = {
    {StreamView::KeysOnly, "KEYS_ONLY"},
    {StreamView::NewImage, "NEW_IMAGE"},
    {StreamView::OldImage, "OLD_IMAGE"},
    {StreamView::NewAndOldImages, "NEW_AND_OLD_IMAGES"},
};

constexpr std::size_t kSequenceDigits = 21;

std::int64_t newestGeneration(const Stream& stream, Micros now)
{
    const auto end = stream.isEnabled() ? std::max(now, stream.state->last.load()) : stream.state->end - 1;
    return (std::max(end, stream.createdAt) - stream.createdAt) / kShardLife;
}

Shard shardAt(const Stream& stream, int slot, std::int64_t generation, std::int64_t newest)
{
    Shard shard{slot, generation, stream.createdAt + generation * kShardLife,
        stream.createdAt + (generation + 1) * kShardLife, generation < newest || !stream.isEnabled()};
    if (!stream.isEnabled() && generation == newest)
        shard.to = std::max(stream.state->end.load(), shard.from + 1);
    return shard;
}

}

std::string_view viewName(StreamView view)
{
    return kViews[static_cast<std::size_t>(view)].second;
}

std::optional<StreamView> viewNamed(std::string_view name)
{
    for (const auto& [view, text] : kViews) {
        if (text == name)
            return view;
    }
    return std::nullopt;
}

std::string sequenceText(Sequence sequence)
{
    auto digits = std::to_string(sequence);
    return "1" + std::string(kSequenceDigits - 1 - digits.size(), '0') + digits;
}

std::optional<Sequence> parseSequence(std::string_view text)
{
    if (text.size() != kSequenceDigits || text.front() != '1')
        return std::nullopt;
    return parseInteger(text.substr(1));
}

std::string Stream::arn() const
{
    return Arn{"dynamodb", region, account, "table/" + table + "/stream/" + label}.text();
}

std::string Stream::storeKey() const
{
    return region + "/" + table + "/" + label;
}

std::string Stream::keyspace() const
{
    return "dynamodb/stream/" + region + "/" + tableId + "/" + label;
}

// "shardId-", milliseconds in 20 digits, 8 digits that begin with the range of hashes: so ids are in order of
// time, then of range.
std::string shardId(const Stream& stream, int slot, std::int64_t generation)
{
    char name[64];
    const auto begin = (stream.createdAt + generation * kShardLife) / kMillisecond;
    const auto mixed = stableHash(stream.keyspace() + "/" + std::to_string(slot)) & 0xffffffU;
    std::snprintf(name, sizeof name, "shardId-%020lld-%02x%06x", static_cast<long long>(begin),
        static_cast<unsigned>(slot * 256 / kShardSlots), static_cast<unsigned>(mixed));
    return name;
}

std::vector<Shard> shardsOf(const Stream& stream, Micros now)
{
    std::vector<Shard> shards;
    const auto newest = newestGeneration(stream, now);
    const auto oldest = std::max<std::int64_t>(0, (trimHorizon(now) - stream.createdAt) / kShardLife);
    for (auto generation = std::min(oldest, newest); generation <= newest; ++generation) {
        for (int slot = 0; slot < kShardSlots; ++slot)
            shards.push_back(shardAt(stream, slot, generation, newest));
    }
    return shards;
}

std::optional<Shard> findShard(const Stream& stream, std::string_view id, Micros now)
{
    for (const auto& shard : shardsOf(stream, now)) {
        if (shardId(stream, shard.slot, shard.generation) == id)
            return shard;
    }
    return std::nullopt;
}

Sequence trimHorizon(Micros now)
{
    return now - kStreamRetention;
}

// An item's key begins with the hash of its partition key.
int slotOf(std::string_view itemKey)
{
    return itemKey.empty() ? 0 : static_cast<unsigned char>(itemKey.front()) * kShardSlots / 256;
}

std::string recordKey(int slot, Sequence sequence)
{
    std::string key(1, static_cast<char>(slot));
    appendBigEndian(key, static_cast<std::uint64_t>(sequence));
    return key;
}

Sequence sequenceOfRecord(std::string_view recordKey)
{
    return static_cast<Sequence>(readBigEndian(recordKey.substr(1)));
}

}
