#pragma once

#include "core/dynamodb/service.h"

#include <memory>
#include <optional>
#include <string>

namespace core::dynamodb {

// Where reads by primary key find items: the table, or a cache in front of it. Lives as long as one request.
class ItemSource {
public:
    struct Found {
        std::optional<std::string> text; // canonical JSON
        bool charged = true; // whether the table was read for it
    };

    virtual ~ItemSource() = default;
    // `row` is where the item with that key stands in the table.
    // Fails when the table's throughput does not allow it.
    virtual Result<Found> find(
        const TablePtr& table, const std::string& row, const Attributes& key, bool consistent) = 0;
};

// The tables themselves, or replicas that lag behind them.
class StoredItems final : public ItemSource {
public:
    StoredItems(store::Store& store, trace::SpanScope& span)
        : m_store(store)
        , m_span(span)
    {
    }

    Result<Found> find(
        const TablePtr& table, const std::string& row, const Attributes& key, bool consistent) override;
    // All that is found from now on is of one moment.
    void holdSnapshot() { m_snapshot = m_store.read(); }

private:
    store::Store& m_store;
    trace::SpanScope& m_span;
    std::unique_ptr<store::Reader> m_snapshot;
};

Result<aws::Outcome> getItemFrom(
    ItemSource& items, DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> batchGetItemFrom(
    ItemSource& items, DynamoDbService& service, aws::RequestContext& context, aws::Request& request);

}
