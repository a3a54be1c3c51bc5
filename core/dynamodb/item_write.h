#pragma once

#include "core/aws/request.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/item_writer.h"

#include <optional>
#include <string>

namespace core::dynamodb {

enum class ReturnValues { None, AllOld, AllNew, UpdatedOld, UpdatedNew };
ReturnValues returnValuesOf(const JsonView& input);

// What PutItem, UpdateItem and DeleteItem have in common: read the item, check the condition, write, answer.
// An action says what becomes of the item. Owned by the call; committer thread, then the answering thread.
class ItemWrite : public aws::PendingWrite {
public:
    ItemWrite(aws::RequestContext& context, TablePtr table, const JsonView& input, std::string key,
        std::optional<Condition> condition);

    Result<> apply(store::Transaction& transaction) override;
    Result<aws::Reply> answer() override;

protected:
    // The item that replaces `before`; nothing deletes it.
    virtual Result<std::optional<ItemVersion>> replace(std::optional<ItemVersion>& before) = 0;
    // The Attributes member: canonical JSON, "" for none. Called when anything is to be returned.
    virtual std::string returned(std::optional<ItemVersion>& before, std::optional<ItemVersion>& after);
    // What happened, for the track.
    virtual std::string_view verb(bool existed) const = 0;

    const Table& table() const { return *m_table; }
    ReturnValues returnValues() const { return m_returnValues; }

private:
    Result<> checkCondition(std::optional<ItemVersion>& before);
    void note(const std::optional<ItemVersion>& before, const ConsumedCapacity& consumed);

    aws::RequestContext& m_context;
    TablePtr m_table;
    std::string m_key;
    std::optional<Condition> m_condition;
    ReturnValues m_returnValues;
    ReturnCapacity m_returnCapacity;
    bool m_returnOnFailure;
    bool m_returnMetrics;
    ItemWriter m_writer;
    std::string m_body;
};

// ItemCollectionMetrics of one partition key: `"ItemCollectionKey":{…},"SizeEstimateRangeGB":[0.0,1.0]` in
// braces.
std::string collectionMetrics(store::Reader& reader, const Table& table, const std::string& itemKey,
    const std::string& partitionKeyJson);

}
