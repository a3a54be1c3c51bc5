#include "core/lambda/stream_batch.h"

#include "core/aws/json_text.h"
#include "core/base/hash.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

namespace {

// The Streams API says PrincipalId where the function's event says principalId.
void writeAsEvent(json& record, const std::string& source)
{
    record["eventSourceARN"] = source;
    const auto identity = record.find("userIdentity");
    if (identity == record.end())
        return;
    json lower = json::object();
    if (identity->contains("PrincipalId"))
        lower["principalId"] = identity->at("PrincipalId");
    if (identity->contains("Type"))
        lower["type"] = identity->at("Type");
    *identity = std::move(lower);
}

int laneOf(const json& record, const LaneView& view)
{
    if (view.lanes <= 1)
        return 0;
    const auto& keys = record.at("dynamodb").at("Keys");
    const auto key = keys.find(view.hashKey);
    const auto text = key == keys.end() ? keys.dump() : key->dump();
    return static_cast<int>(stableHash(text) % static_cast<std::uint64_t>(view.lanes));
}

RecordPage pageFrom(const json& answer, const LaneView& view)
{
    RecordPage page;
    page.next = answer.value("NextShardIterator", "");
    for (auto record : answer.at("Records")) {
        ++page.read;
        StreamRecord one;
        record.at("dynamodb").at("SequenceNumber").get_to(one.sequence);
        one.createdAt = record.at("dynamodb").at("ApproximateCreationDateTime").get<std::int64_t>();
        one.lane = laneOf(record, view);
        page.last = one.sequence;
        if (one.lane != view.lane)
            continue;
        writeAsEvent(record, view.source);
        if (!view.filter.passes(record)) {
            ++page.filtered;
            continue;
        }
        one.text = aws::writeJson(record);
        page.records.push_back(std::move(one));
    }
    return page;
}

}

Result<RecordPage> readPage(std::string_view answer, const LaneView& view)
{
    try {
        return pageFrom(json::parse(answer), view);
    } catch (const json::exception& error) {
        return fail(ErrorKind::Internal, "InternalFailure", error.what());
    }
}

std::int64_t windowStart(std::int64_t createdAt, int length)
{
    return createdAt - createdAt % length;
}

RecordList takeBatch(std::deque<StreamRecord>& buffer, const EventSourceMapping& mapping,
    const std::optional<TumblingWindow>& window)
{
    RecordList batch;
    std::size_t bytes = 0;
    while (!buffer.empty() && batch.size() < static_cast<std::size_t>(mapping.batchSize)) {
        auto& next = buffer.front();
        if (window && mapping.tumblingWindow > 0
            && windowStart(next.createdAt, mapping.tumblingWindow) > window->start)
            break;
        if (!batch.empty() && bytes + next.text.size() + 1 > kMaxBatchBytes)
            break;
        bytes += next.text.size() + 1;
        batch.push_back(std::move(next));
        buffer.pop_front();
    }
    return batch;
}

std::string batchEvent(const RecordList& records, const EventSourceMapping& mapping, const std::string& shard,
    const std::optional<TumblingWindow>& window, WindowEnd end)
{
    auto event = eventOf(records);
    if (window) {
        const auto moment = [](std::int64_t seconds) { return iso8601(seconds * kSecond); };
        const json more = {
            {"window",
                {{"start", moment(window->start)}, {"end", moment(window->start + mapping.tumblingWindow)}}},
            {"shardId", shard}, {"eventSourceARN", mapping.source}, {"isFinalInvokeForWindow", end.isFinal},
            {"isWindowTerminatedEarly", end.isEarly}};
        event += ',' + more.dump().substr(1);
        event.insert(event.size() - 1, ",\"state\":" + window->state);
        return event;
    }
    return event + '}';
}

BatchVerdict judgeAnswer(const std::string& answer, const RecordList& records, bool reportsItems)
{
    return judgeAnswer(answer, placeAmong(records, &StreamRecord::sequence), reportsItems);
}

std::string stateOf(const std::string& answer)
{
    const auto parsed = json::parse(answer, nullptr, false);
    if (!parsed.is_object() || !parsed.contains("state") || !parsed["state"].is_object())
        return "{}";
    return aws::writeJson(parsed["state"]);
}

}
