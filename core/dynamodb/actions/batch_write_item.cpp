#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/changed_tables.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_write.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/throttling.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr std::size_t kMaxRequests = 25;

struct BatchEntry {
    Attributes attributes; // the item to put, or the key to delete
    bool put = false;
    std::string row;
    std::optional<ItemVersion> after;
    JsonView json; // as given
};

struct TableWrites {
    std::string name;
    TablePtr table;
    std::vector<BatchEntry> entries;
    ConsumedCapacity consumed;
    std::vector<std::string> metrics;
    std::string left; // JSON of the entries that were throttled
    std::size_t written = 0;
    std::optional<Error> throttled; // the last one
};

Result<BatchEntry> readEntry(const JsonView& json)
{
    const auto put = json.member("PutRequest");
    const auto remove = json.member("DeleteRequest");
    if (put.has_value() == remove.has_value()) {
        return fail(errors::validation(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly "
            "one of the supported datatypes"));
    }
    BatchEntry entry;
    entry.json = json;
    entry.put = put.has_value();
    CORE_TRY(entry.attributes, put ? readKey(*put, "Item") : readKey(*remove, "Key"));
    if (put && storedSize(entry.attributes) > kMaxItemBytes)
        return fail(errors::itemTooLarge());
    return entry;
}

Result<> checkCount(std::string_view name, const JsonView& entries)
{
    if (entries.size() >= 1 && entries.size() <= kMaxRequests)
        return {};
    return fail(
        errors::validation("1 validation error detected: Value '{" + std::string(name) + "=" + entries.json()
            + "}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member "
              "must have "
              "length less than or equal to 25, Member must have length greater than or equal to 1]"));
}

Result<std::vector<TableWrites>> readRequests(const JsonView& input)
{
    std::vector<TableWrites> all;
    std::optional<Error> error;
    std::size_t total = 0;
    CORE_CHECK(checkTableNames(*input.member("RequestItems")));
    input.member("RequestItems")->eachMember([&](std::string_view name, JsonView entries) {
        if (auto checked = checkCount(name, entries); !checked)
            error = std::move(checked).error();
        all.emplace_back().name = std::string(name);
        entries.eachElement([&](JsonView json) {
            if (error)
                return false;
            auto entry = readEntry(json);
            if (!entry)
                error = std::move(entry).error();
            else if (++total > kMaxRequests)
                error = errors::validation("Too many items requested for the BatchWriteItem call");
            else
                all.back().entries.push_back(std::move(*entry));
            return !error;
        });
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    if (all.empty())
        return fail(errors::validation("The requestItems parameter is required for BatchWriteItem"));
    return all;
}

// A batch's put says of a wrong key what a Key would say.
Result<> checkPut(const Attributes& item, const Table& table)
{
    CORE_CHECK(checkKeyAttribute(item, table.keys.hash, true));
    if (table.keys.hasRange())
        CORE_CHECK(checkKeyAttribute(item, table.keys.range, false));
    return checkItem(item, table);
}

Result<> resolve(TableWrites& writes, DynamoDbService& service, aws::RequestContext& context)
{
    CORE_TRY(writes.table, findTable(service, context, writes.name));
    std::vector<std::string_view> rows;
    for (auto& entry : writes.entries) {
        CORE_CHECK(entry.put ? checkPut(entry.attributes, *writes.table)
                             : checkKey(entry.attributes, *writes.table));
        entry.row = itemKey(entry.attributes, *writes.table);
        if (entry.put) {
            ItemVersion version;
            version.text = encoded(entry.attributes);
            version.size = storedSize(entry.attributes);
            version.tree = entry.attributes;
            entry.after = std::move(version);
        }
        rows.push_back(entry.row);
    }
    std::sort(rows.begin(), rows.end());
    if (std::adjacent_find(rows.begin(), rows.end()) != rows.end())
        return fail(errors::validation("Provided list of item keys contains duplicates"));
    return {};
}

// All writes of a batch in one change of the store.
class BatchWrite final : public aws::PendingWrite {
public:
    BatchWrite(aws::RequestContext& context, std::vector<TableWrites> all, const JsonView& input,
        Publisher<aws::ResourceChanged>& changes)
        : m_context(context)
        , m_changes(changes)
        , m_all(std::move(all))
        , m_capacity(returnCapacityOf(input))
        , m_returnMetrics(textOf(input, "ReturnItemCollectionMetrics") == "SIZE")
    {
    }

    Result<> apply(store::Transaction& transaction) override;
    Result<aws::Reply> answer() override;

private:
    void apply(store::Transaction& transaction, TableWrites& writes);
    Result<> apply(store::Transaction& transaction, TableWrites& writes, BatchEntry& entry);
    std::string unprocessed() const;
    std::string metrics() const;

    aws::RequestContext& m_context;
    Publisher<aws::ResourceChanged>& m_changes;
    std::vector<TableWrites> m_all;
    ReturnCapacity m_capacity;
    bool m_returnMetrics;
    ItemWriter m_writer;
};

Result<> BatchWrite::apply(store::Transaction& transaction)
{
    for (const auto& writes : m_all) {
        if (writes.table->state->dropped)
            return fail(errors::tableNotFound());
    }
    std::size_t written = 0;
    for (auto& writes : m_all) {
        apply(transaction, writes);
        written += writes.written;
    }
    // A batch of which nothing could be done fails as a single request does.
    if (written == 0 && m_all.front().throttled)
        return fail(*m_all.front().throttled);
    return {};
}

Result<> BatchWrite::apply(store::Transaction& transaction, TableWrites& writes, BatchEntry& entry)
{
    auto& span = m_context.span;
    CORE_CHECK(admitWrite(writes.table, entry.row, span));
    auto before = readItem(transaction, *writes.table, entry.row);
    CORE_CHECK(admitIndexWrites(writes.table, entry.row, before, entry.after, span));
    const auto consumed = m_writer.write(transaction, writes.table, entry.row, before, entry.after);
    spendWrite(writes.table, entry.row, before, entry.after, consumed);
    writes.consumed.add(consumed);
    ++writes.written;
    return {};
}

void BatchWrite::apply(store::Transaction& transaction, TableWrites& writes)
{
    for (auto& entry : writes.entries) {
        if (auto done = apply(transaction, writes, entry); !done) {
            writes.throttled = std::move(done).error();
            writes.left += (writes.left.empty() ? "" : ",") + entry.json.json();
            continue;
        }
        if (m_returnMetrics && writes.table->hasLocalIndexes()) {
            std::string key;
            encode(key, *entry.attributes.find(writes.table->keys.hash.name));
            writes.metrics.push_back(collectionMetrics(transaction, *writes.table, entry.row, key));
        }
    }
    if (m_context.span.recording()) {
        m_context.span.step("wrote " + counted(writes.written, "item") + " of " + writes.name,
            unitsText(writes.consumed.total()) + " WCU");
        noteReplication(m_context.span, *writes.table);
    }
}

std::string BatchWrite::unprocessed() const
{
    std::string json;
    for (const auto& writes : m_all) {
        if (writes.left.empty())
            continue;
        json += json.empty() ? "" : ",";
        appendJsonString(json, writes.name);
        json += ":[" + writes.left + "]";
    }
    return json;
}

std::string BatchWrite::metrics() const
{
    std::string json;
    for (const auto& writes : m_all) {
        if (writes.metrics.empty())
            continue;
        json += json.empty() ? "" : ",";
        appendJsonString(json, writes.name);
        json += ":[";
        for (std::size_t i = 0; i < writes.metrics.size(); ++i)
            json += (i > 0 ? "," : "") + writes.metrics[i];
        json += "]";
    }
    return json;
}

Result<aws::Reply> BatchWrite::answer()
{
    m_writer.becameDurable();
    std::vector<std::string_view> tables;
    for (const auto& writes : m_all) {
        if (writes.written > 0)
            tables.push_back(writes.table->name);
    }
    publishOthers(m_changes, m_context, "BatchWriteItem", tables);
    aws::Reply reply;
    reply.body = "{\"UnprocessedItems\":{" + unprocessed() + "}";
    if (m_capacity != ReturnCapacity::None) {
        reply.body += ",\"ConsumedCapacity\":[";
        for (std::size_t i = 0; i < m_all.size(); ++i) {
            reply.body += i > 0 ? "," : "";
            appendJson(reply.body, m_all[i].consumed, *m_all[i].table, m_capacity);
        }
        reply.body += "]";
    }
    if (const auto json = metrics(); !json.empty())
        reply.body += ",\"ItemCollectionMetrics\":{" + json + "}";
    reply.body += "}";
    return reply;
}

}

Result<aws::Outcome> batchWriteItem(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_TRY(auto all, readRequests(input));
    for (auto& writes : all)
        CORE_CHECK(resolve(writes, service, context));
    return std::make_unique<BatchWrite>(context, std::move(all), input, service.host().changes);
}

}
