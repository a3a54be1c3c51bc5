#include "core/dynamodb/item_write.h"

#include "core/dynamodb/condition_eval.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/throttling.h"

#include <cmath>

namespace core::dynamodb {

namespace {

const Attributes& noAttributes()
{
    static const Attributes none;
    return none;
}

void addMember(std::string& body, std::string_view name, std::string_view json)
{
    body += body.size() > 1 ? ",\"" : "\"";
    body += name;
    body += "\":";
    body += json;
}

}

ReturnValues returnValuesOf(const JsonView& input)
{
    const auto text = textOf(input, "ReturnValues");
    if (text == "ALL_OLD")
        return ReturnValues::AllOld;
    if (text == "ALL_NEW")
        return ReturnValues::AllNew;
    if (text == "UPDATED_OLD")
        return ReturnValues::UpdatedOld;
    return text == "UPDATED_NEW" ? ReturnValues::UpdatedNew : ReturnValues::None;
}

ItemWrite::ItemWrite(aws::RequestContext& context, TablePtr table, const JsonView& input, std::string key,
    std::optional<Condition> condition)
    : m_context(context)
    , m_table(std::move(table))
    , m_key(std::move(key))
    , m_condition(std::move(condition))
    , m_returnValues(returnValuesOf(input))
    , m_returnCapacity(returnCapacityOf(input))
    , m_returnOnFailure(textOf(input, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD")
    , m_returnMetrics(textOf(input, "ReturnItemCollectionMetrics") == "SIZE")
{
}

Result<> ItemWrite::checkCondition(std::optional<ItemVersion>& before)
{
    if (!m_condition)
        return {};
    const auto& item = before ? before->attributes() : noAttributes();
    if (holds(*m_condition, item)) {
        if (m_context.span.recording())
            m_context.span.step("condition holds", described(*m_condition), trace::Verdict::Pass);
        return {};
    }
    if (m_context.span.recording())
        m_context.span.step("condition failed", failedPart(*m_condition, item), trace::Verdict::Fail);
    spendWrite(m_table, m_key, writeUnits(before ? before->size : 0));
    return fail(
        errors::conditionFailed(m_returnOnFailure && before ? "{\"Item\":" + before->text + "}" : ""));
}

void ItemWrite::note(const std::optional<ItemVersion>& before, const ConsumedCapacity& consumed)
{
    if (!m_context.span.recording())
        return;
    std::size_t indexes = 0;
    for (const auto units : consumed.indexes)
        indexes += units > 0 ? 1 : 0;
    auto detail = unitsText(consumed.total()) + " WCU";
    if (indexes > 0)
        detail += ", " + std::to_string(indexes) + (indexes == 1 ? " index" : " indexes") + " changed";
    m_context.span.step(std::string(verb(before.has_value())), detail);
    noteReplication(m_context.span, *m_table);
}

Result<> ItemWrite::apply(store::Transaction& transaction)
{
    if (m_table->state->dropped)
        return fail(errors::tableNotFound());
    CORE_CHECK(admitWrite(m_table, m_key, m_context.span));
    auto before = readItem(transaction, *m_table, m_key);
    CORE_CHECK(checkCondition(before));
    CORE_TRY(auto after, replace(before));
    CORE_CHECK(admitIndexWrites(m_table, m_key, before, after, m_context.span));
    const auto consumed = m_writer.write(transaction, m_table, m_key, before, after);
    spendWrite(m_table, m_key, before, after, consumed);
    note(before, consumed);
    m_body.assign(1, '{');
    if (m_returnValues != ReturnValues::None) {
        if (const auto attributes = returned(before, after); !attributes.empty())
            addMember(m_body, "Attributes", attributes);
    }
    if (m_returnCapacity != ReturnCapacity::None) {
        std::string json;
        appendJson(json, consumed, *m_table, m_returnCapacity);
        addMember(m_body, "ConsumedCapacity", json);
    }
    auto& present = after ? after : before;
    if (m_returnMetrics && m_table->hasLocalIndexes() && present) {
        std::string key;
        encode(key, *present->attributes().find(m_table->keys.hash.name));
        addMember(m_body, "ItemCollectionMetrics", collectionMetrics(transaction, *m_table, m_key, key));
    }
    m_body += '}';
    return {};
}

Result<aws::Reply> ItemWrite::answer()
{
    m_writer.becameDurable();
    aws::Reply reply;
    reply.body = std::move(m_body);
    return reply;
}

std::string ItemWrite::returned(std::optional<ItemVersion>& before, std::optional<ItemVersion>& /*after*/)
{
    return m_returnValues == ReturnValues::AllOld && before ? before->text : std::string{};
}

std::string collectionMetrics(store::Reader& reader, const Table& table, const std::string& itemKey,
    const std::string& partitionKeyJson)
{
    const auto partition = store::Range::prefix(itemKey.substr(0, keys::partitionLength(itemKey)));
    std::size_t bytes = 0;
    const auto add = [&bytes](std::string_view, std::string_view value) {
        bytes += value.size();
        return true;
    };
    reader.scan(table.keyspace, partition, store::Direction::Forward, add);
    for (const auto& index : table.indexes) {
        if (!index.global)
            reader.scan(index.keyspace, partition, store::Direction::Forward, add);
    }
    constexpr double kGigabyte = 1024.0 * 1024.0 * 1024.0;
    const auto low = std::floor(static_cast<double>(bytes) / kGigabyte);
    std::string json = "{\"ItemCollectionKey\":{";
    appendJsonString(json, table.keys.hash.name);
    json += ":" + partitionKeyJson + "},\"SizeEstimateRangeGB\":[" + unitsText(low) + "," + unitsText(low + 1)
        + "]}";
    return json;
}

}
