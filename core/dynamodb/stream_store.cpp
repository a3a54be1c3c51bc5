#include "core/dynamodb/stream_store.h"

#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/time_format.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/resource_policy.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <mutex>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::string_view kStreams = "dynamodb/streams";
constexpr std::size_t kTrimStep = 500;

json stored(const KeyAttribute& key)
{
    return json::array({key.name, std::string(typeName(key.type))});
}

KeyAttribute keyOf(const json& stored)
{
    return {stored.at(0).get<std::string>(),
        typeNamed(stored.at(1).get<std::string>()).value_or(AttributeType::S)};
}

std::string storedForm(const Stream& stream, Micros disabledAt, Sequence end)
{
    return json{{"Table", stream.table}, {"TableId", stream.tableId}, {"Region", stream.region},
        {"Account", stream.account}, {"Label", stream.label}, {"View", viewName(stream.view)},
        {"Hash", stored(stream.keys.hash)}, {"Range", stored(stream.keys.range)},
        {"CreatedAt", stream.createdAt}, {"DisabledAt", disabledAt}, {"End", end}}
        .dump();
}

Sequence lastSequence(store::Reader& reader, const Stream& stream)
{
    auto last = stream.createdAt - 1;
    for (int slot = 0; slot < kShardSlots; ++slot) {
        const store::Range range{recordKey(slot, 0), recordKey(slot + 1, 0)};
        reader.scan(stream.keyspace(), range, store::Direction::Backward,
            [&last](std::string_view key, std::string_view) {
                last = std::max(last, sequenceOfRecord(key));
                return false;
            });
    }
    return last;
}

StreamPtr fromStoredForm(store::Reader& reader, std::string_view text)
{
    const auto stored = json::parse(text, nullptr, false);
    if (!stored.is_object() || !stored.contains("Hash") || !stored.contains("Range"))
        return nullptr;
    auto stream = std::make_shared<Stream>();
    stream->table = stored.value("Table", "");
    stream->tableId = stored.value("TableId", "");
    stream->region = stored.value("Region", "");
    stream->account = stored.value("Account", "");
    stream->label = stored.value("Label", "");
    stream->view = viewNamed(stored.value("View", "")).value_or(StreamView::KeysOnly);
    stream->keys = {keyOf(stored["Hash"]), keyOf(stored["Range"])};
    stream->createdAt = stored.value("CreatedAt", Micros{0});
    stream->state->disabledAt = stored.value("DisabledAt", Micros{0});
    stream->state->end = stored.value("End", Sequence{0});
    stream->state->last = lastSequence(reader, *stream);
    return stream;
}

void addImage(
    std::string& record, const char* name, const std::optional<ItemVersion>& version, std::size_t& size)
{
    if (!version)
        return;
    record += ",\"";
    record += name;
    record += "\":";
    record += version->text;
    size += version->size;
}

// As GetRecords answers it.
std::string recordText(const Stream& stream, Sequence sequence, std::optional<ItemVersion>& before,
    std::optional<ItemVersion>& after, const Table& table, bool byService, Micros now)
{
    const auto number = sequenceText(sequence);
    const auto keys = keyOf(after ? after->attributes() : before->attributes(), table);
    auto size = storedSize(keys);
    std::string record = "{\"awsRegion\":\"" + stream.region
        + "\",\"dynamodb\":{\"ApproximateCreationDateTime\":" + std::to_string(now / kSecond) + ",\"Keys\":";
    encode(record, keys);
    if (stream.view == StreamView::NewImage || stream.view == StreamView::NewAndOldImages)
        addImage(record, "NewImage", after, size);
    if (stream.view == StreamView::OldImage || stream.view == StreamView::NewAndOldImages)
        addImage(record, "OldImage", before, size);
    record += ",\"SequenceNumber\":\"" + number + "\",\"SizeBytes\":" + std::to_string(size)
        + ",\"StreamViewType\":\"" + std::string(viewName(stream.view)) + "\"},\"eventID\":\""
        + hex(md5(stream.arn() + number)) + "\",\"eventName\":\""
        + (!before       ? "INSERT"
                : !after ? "REMOVE"
                         : "MODIFY")
        + "\",\"eventSource\":\"aws:dynamodb\",\"eventVersion\":\"1.1\"";
    if (byService)
        record += ",\"userIdentity\":{\"PrincipalId\":\"dynamodb.amazonaws.com\",\"Type\":\"Service\"}";
    return record + "}";
}

}

StreamStore::StreamStore(store::Store& store)
    : m_store(store)
{
    reload();
}

StreamPtr StreamStore::find(std::string_view storeKey) const
{
    std::shared_lock lock(m_mutex);
    const auto found = m_streams.find(storeKey);
    return found == m_streams.end() ? nullptr : found->second;
}

std::vector<StreamPtr> StreamStore::all(std::string_view region) const
{
    auto streams = everything();
    std::erase_if(streams, [region](const StreamPtr& stream) { return stream->region != region; });
    return streams;
}

std::vector<StreamPtr> StreamStore::everything() const
{
    std::vector<StreamPtr> streams;
    std::shared_lock lock(m_mutex);
    for (const auto& [key, stream] : m_streams)
        streams.push_back(stream);
    return streams;
}

StreamPtr StreamStore::make(const Table& table, StreamView view, Micros now) const
{
    auto stream = std::make_shared<Stream>();
    stream->table = table.name;
    stream->tableId = table.id;
    stream->region = table.region;
    stream->account = table.account;
    stream->view = view;
    stream->keys = table.keys;
    stream->createdAt = now;
    // Two streams of one table in one millisecond: a clock that stands still.
    for (auto moment = now; stream->label.empty() || find(stream->storeKey()); moment += kMillisecond) {
        stream->label = iso8601Millis(moment);
        stream->label.pop_back(); // without the Z
        stream->createdAt = moment;
    }
    stream->state->last = stream->createdAt - 1;
    return stream;
}

void StreamStore::create(store::Transaction& transaction, const Stream& stream)
{
    transaction.createKeyspace(kStreams);
    transaction.put(kStreams, stream.storeKey(), storedForm(stream, 0, 0));
    transaction.createKeyspace(stream.keyspace());
}

void StreamStore::publish(StreamPtr stream)
{
    std::unique_lock lock(m_mutex);
    m_streams[stream->storeKey()] = std::move(stream);
}

void StreamStore::disable(store::Transaction& transaction, const Stream& stream, Micros now)
{
    const auto end = std::max(stream.state->last + 1, now);
    transaction.put(kStreams, stream.storeKey(), storedForm(stream, std::max<Micros>(now, 1), end));
}

void StreamStore::noteEnd(const Stream& stream) const
{
    const auto stored = json::parse(m_store.get(kStreams, stream.storeKey()).value_or("{}"), nullptr, false);
    stream.state->end = stored.value("End", Sequence{0});
    stream.state->disabledAt = stored.value("DisabledAt", Micros{0});
}

void StreamStore::append(store::Transaction& transaction, const Table& table, std::string_view itemKey,
    std::optional<ItemVersion>& before, std::optional<ItemVersion>& after, bool byService)
{
    const auto& stream = *table.stream;
    const auto now = table.now();
    const auto sequence = std::max(stream.state->last + 1, now);
    stream.state->last = sequence;
    transaction.put(stream.keyspace(), recordKey(slotOf(itemKey), sequence),
        recordText(stream, sequence, before, after, table, byService, now));
}

bool StreamStore::trim(store::Transaction& transaction, const Stream& stream, Micros now)
{
    if (stream.isGone(now)) {
        transaction.erase(kStreams, stream.storeKey());
        transaction.dropKeyspace(stream.keyspace());
        erasePolicy(transaction, stream.arn());
        return false;
    }
    std::vector<std::string> old;
    for (int slot = 0; slot < kShardSlots; ++slot) {
        const store::Range range{recordKey(slot, 0), recordKey(slot, trimHorizon(now))};
        transaction.scan(stream.keyspace(), range, store::Direction::Forward,
            [&old](std::string_view key, std::string_view) {
                old.emplace_back(key);
                return old.size() < kTrimStep;
            });
    }
    for (const auto& key : old)
        transaction.erase(stream.keyspace(), key);
    return old.size() >= kTrimStep;
}

void StreamStore::forget(const Stream& stream)
{
    std::unique_lock lock(m_mutex);
    m_streams.erase(stream.storeKey());
}

void StreamStore::reload()
{
    std::map<std::string, StreamPtr, std::less<>> streams;
    const auto reader = m_store.read();
    reader->scan(kStreams, store::Range::all(), store::Direction::Forward,
        [&](std::string_view key, std::string_view text) {
            if (auto stream = fromStoredForm(*reader, text))
                streams.emplace(std::string(key), std::move(stream));
            else
                log::error("dynamodb", std::string(key) + ": a stream's description cannot be read");
            return true;
        });
    std::unique_lock lock(m_mutex);
    m_streams = std::move(streams);
}

}
