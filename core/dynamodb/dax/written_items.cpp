#include "core/dynamodb/dax/written_items.h"

#include "core/dynamodb/action_input.h"
#include "core/dynamodb/dax/cached_reads.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/item_keys.h"

#include <optional>

namespace core::dynamodb::dax {

namespace {

struct WrittenItem {
    TablePtr table;
    std::string row;
    std::string name; // its key, for people
    Cache::Value value; // as committed
};

// The items that a request names, which was found right before.
class WrittenItems {
public:
    WrittenItems(DynamoDbService& service, const std::string& region)
        : m_service(service)
        , m_region(region)
    {
    }

    std::vector<WrittenItem> namedBy(std::string_view action, const JsonView& input)
    {
        if (action == "BatchWriteItem")
            addBatch(input);
        else if (action == "TransactWriteItems")
            addTransaction(input);
        else
            add(textOf(input, "TableName"), input.member(action == "PutItem" ? "Item" : "Key"));
        return std::move(m_items);
    }

private:
    void add(std::string_view tableName, const std::optional<JsonView>& attributes);
    void addBatch(const JsonView& input);
    void addTransaction(const JsonView& input);

    DynamoDbService& m_service;
    const std::string& m_region;
    std::vector<WrittenItem> m_items;
};

void WrittenItems::add(std::string_view tableName, const std::optional<JsonView>& attributes)
{
    const auto name = tableNameOf(tableName);
    auto table = name ? m_service.tables().find(m_region, *name) : nullptr;
    if (!table || !attributes)
        return;
    const auto given = decodeAttributes(*attributes);
    if (!given)
        return;
    m_items.push_back({table, itemKey(*given, *table), keyText(*given, *table), nullptr});
}

void WrittenItems::addBatch(const JsonView& input)
{
    input.member("RequestItems")->eachMember([this](std::string_view table, JsonView requests) {
        requests.eachElement([&](JsonView request) {
            const auto put = request.member("PutRequest");
            add(table, put ? put->member("Item") : request.member("DeleteRequest")->member("Key"));
            return true;
        });
        return true;
    });
}

void WrittenItems::addTransaction(const JsonView& input)
{
    input.member("TransactItems")->eachElement([this](JsonView entry) {
        for (const auto* operation : {"Put", "Update", "Delete"}) {
            if (const auto write = entry.member(operation))
                add(textOf(*write, "TableName"),
                    write->member(operation == std::string_view("Put") ? "Item" : "Key"));
        }
        return true;
    });
}

// DynamoDB's own write, then the cache's. Owned by the call; committer thread, then the answering thread.
class WriteThrough final : public aws::PendingWrite {
public:
    WriteThrough(std::unique_ptr<aws::PendingWrite> write, std::vector<WrittenItem> items, ClusterPtr cluster,
        aws::RequestContext& context)
        : m_write(std::move(write))
        , m_items(std::move(items))
        , m_cluster(std::move(cluster))
        , m_context(context)
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        CORE_CHECK(m_write->apply(transaction));
        for (auto& item : m_items) {
            if (auto text = transaction.get(item.table->keyspace, item.row))
                item.value = std::make_shared<const std::string>(*std::move(text));
        }
        return {};
    }

    Result<aws::Reply> answer() override
    {
        CORE_TRY(auto reply, m_write->answer());
        for (const auto& item : m_items)
            m_cluster->cache.put(
                {EntryKind::Item, item.table->id, item.row}, item.name, item.value, m_context.now);
        if (m_context.span.recording() && !m_items.empty())
            m_context.span.step("written through to the item cache", described());
        return reply;
    }

private:
    std::string described() const
    {
        const auto what = m_items.size() == 1 ? m_items.front().name : counted(m_items.size(), "item");
        return what + keptFor(*m_cluster, EntryKind::Item) + "; the query cache is left as it is";
    }

    std::unique_ptr<aws::PendingWrite> m_write;
    std::vector<WrittenItem> m_items;
    ClusterPtr m_cluster;
    aws::RequestContext& m_context;
};

}

Result<aws::Outcome> writeThrough(DynamoDbService& service, const ClusterPtr& cluster, std::size_t index,
    aws::RequestContext& context, aws::Request& request)
{
    const auto& row = DynamoDbService::rows()[index];
    CORE_TRY(auto outcome, row.run(service, context, request));
    auto* write = std::get_if<std::unique_ptr<aws::PendingWrite>>(&outcome);
    if (!write)
        return outcome;
    auto items = WrittenItems(service, context.region).namedBy(row.info.name, inputOf(request));
    return std::make_unique<WriteThrough>(std::move(*write), std::move(items), cluster, context);
}

}
