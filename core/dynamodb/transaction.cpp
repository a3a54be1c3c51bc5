#include "core/dynamodb/transaction.h"

#include "core/dynamodb/changed_tables.h"
#include "core/dynamodb/condition_eval.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_update.h"
#include "core/dynamodb/item_write.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/throttling.h"

#include <algorithm>
#include <set>

namespace core::dynamodb {

namespace {

using Kind = TransactAction::Kind;

const Attributes& noAttributes()
{
    static const Attributes none;
    return none;
}

std::size_t literalSize(const Operand& operand)
{
    std::size_t size = operand.isValue() ? operand.value.storedSize() : 0;
    for (const auto& argument : operand.arguments)
        size += literalSize(argument);
    return size;
}

// What AWS counts of an action: what the request brings, not what is stored.
std::size_t payloadOf(const TransactAction& action)
{
    auto size = storedSize(action.attributes);
    for (const auto& part : action.update.actions)
        size += literalSize(part.value);
    return size;
}

// Mistakes that refuse the whole request.
Result<> checkValues(const TransactAction& action)
{
    CORE_CHECK(checkNoEmptyKeys(action.attributes, *action.table));
    if (action.kind == Kind::Put)
        return checkNoEmptyIndexKeys(action.attributes, *action.table);
    return checkEmptyIndexKeys(action.update, *action.table);
}

// Mistakes that cancel it, as a reason.
Result<> checkFit(const TransactAction& action)
{
    if (action.kind == Kind::Put)
        return checkItem(action.attributes, *action.table);
    CORE_CHECK(checkKey(action.attributes, *action.table));
    return checkUpdateTargets(action.update, *action.table);
}

void appendUnits(std::string& out, double units, std::string_view axis)
{
    const auto text = unitsText(units);
    out += "\"CapacityUnits\":" + text + ",\"" + std::string(axis) + "CapacityUnits\":" + text;
}

void appendIndexUnits(std::string& out, const TableUnits& units, bool global, std::string_view axis)
{
    std::string inside;
    for (std::size_t i = 0; i < units.consumed.indexes.size(); ++i) {
        const auto& index = units.table->indexes[i];
        if (units.consumed.indexes[i] <= 0 || index.global != global)
            continue;
        inside += inside.empty() ? "" : ",";
        appendJsonString(inside, index.name);
        inside += ":{";
        appendUnits(inside, units.consumed.indexes[i], axis);
        inside += '}';
    }
    if (!inside.empty())
        out += std::string(",\"") + (global ? "Global" : "Local") + "SecondaryIndexes\":{" + inside + "}";
}

std::string_view verbOf(Kind kind)
{
    switch (kind) {
    case Kind::Put:
        return "Put";
    case Kind::Update:
        return "Update";
    case Kind::Delete:
        return "Delete";
    case Kind::Check:
        break;
    }
    return "ConditionCheck";
}

}

ConsumedCapacity& unitsOf(std::vector<TableUnits>& all, const TablePtr& table)
{
    for (auto& units : all) {
        if (units.table->keyspace == table->keyspace)
            return units.consumed;
    }
    return all.emplace_back(TableUnits{table, {}}).consumed;
}

CancellationReason reasonOf(const Error& error)
{
    if (error.code == "ProvisionedThroughputExceededException")
        return {"ProvisionedThroughputExceeded", error.message, {}};
    if (isThrottled(error))
        return {"ThrottlingError", error.message, {}};
    const bool condition = error.code == "ConditionalCheckFailedException";
    return {condition ? "ConditionalCheckFailed" : "ValidationError", error.message, {}};
}

Error transactionCancelled(const std::vector<CancellationReason>& reasons)
{
    std::string codes;
    std::string json = "[";
    for (const auto& reason : reasons) {
        codes += (codes.empty() ? "" : ", ") + reason.code;
        json += json.size() > 1 ? ",{\"Code\":" : "{\"Code\":";
        appendJsonString(json, reason.code);
        if (!reason.item.empty())
            json += ",\"Item\":" + reason.item;
        if (!reason.message.empty()) {
            json += ",\"Message\":";
            appendJsonString(json, reason.message);
        }
        json += '}';
    }
    return errors::transactionCancelled(codes, json + "]");
}

void appendTransactionCapacity(
    std::string& out, const std::vector<TableUnits>& units, std::string_view axis, ReturnCapacity detail)
{
    out += "\"ConsumedCapacity\":[";
    bool first = true;
    for (const auto& entry : units) {
        out += std::exchange(first, false) ? "{\"TableName\":" : ",{\"TableName\":";
        appendJsonString(out, entry.table->name);
        out += ',';
        appendUnits(out, entry.consumed.total(), axis);
        if (detail == ReturnCapacity::Indexes) {
            out += ",\"Table\":{";
            appendUnits(out, entry.consumed.table, axis);
            out += '}';
            appendIndexUnits(out, entry, true, axis);
            appendIndexUnits(out, entry, false, axis);
        }
        out += '}';
    }
    out += ']';
}

TransactionDetail transactionDetailOf(const JsonView& input)
{
    return {returnCapacityOf(input), textOf(input, "ReturnItemCollectionMetrics") == "SIZE"};
}

Result<std::unique_ptr<TransactWrite>> TransactWrite::make(aws::RequestContext& context,
    std::vector<TransactAction> actions, TransactionDetail detail, std::optional<TransactionToken> token)
{
    std::size_t payload = 0;
    for (const auto& action : actions) {
        CORE_CHECK(checkValues(action));
        payload += payloadOf(action);
    }
    if (payload > kMaxTransactionBytes)
        return fail(errors::transactionTooLarge(payload));
    std::vector<CancellationReason> reasons(actions.size());
    for (std::size_t i = 0; i < actions.size(); ++i) {
        // AWS looks no further than to the first.
        if (const auto fits = checkFit(actions[i]); !fits) {
            reasons[i] = reasonOf(fits.error());
            return fail(dynamodb::transactionCancelled(reasons));
        }
    }
    std::set<std::pair<std::string_view, std::string>> rows;
    std::vector<Step> steps;
    for (auto& action : actions) {
        Step step;
        step.number = steps.size() + 1;
        step.row = itemKey(action.attributes, *action.table);
        if (!rows.emplace(action.table->keyspace, step.row).second)
            return fail(errors::sameItemTwice());
        step.action = std::move(action);
        steps.push_back(std::move(step));
    }
    return std::unique_ptr<TransactWrite>(
        new TransactWrite(context, std::move(steps), detail, std::move(token)));
}

TransactWrite::TransactWrite(aws::RequestContext& context, std::vector<Step> steps, TransactionDetail detail,
    std::optional<TransactionToken> token)
    : m_context(context)
    , m_steps(std::move(steps))
    , m_detail(detail)
    , m_token(std::move(token))
{
}

Result<> TransactWrite::apply(store::Transaction& transaction)
{
    if (const auto record = m_token ? findToken(transaction, *m_token) : std::nullopt) {
        if (record->digest != m_token->digest)
            return fail(errors::tokenUsedDifferently());
        answerAgain(*record);
        return {};
    }
    bool cancelled = false;
    for (auto& step : m_steps) {
        if (step.action.table->state->dropped)
            return fail(errors::tableNotFound());
        prepare(step, transaction);
        cancelled = cancelled || step.reason.code != "None";
    }
    if (cancelled) {
        std::vector<CancellationReason> reasons;
        for (auto& step : m_steps) {
            payForNothing(step);
            reasons.push_back(std::move(step.reason));
        }
        return fail(dynamodb::transactionCancelled(reasons));
    }
    for (auto& step : m_steps)
        write(step, transaction);
    finish(transaction);
    return {};
}

void TransactWrite::prepare(Step& step, store::Reader& reader)
{
    const auto& table = step.action.table;
    if (const auto admitted = admitWrite(table, step.row, m_context.span); !admitted) {
        step.reason = reasonOf(admitted.error());
        return;
    }
    step.before = readItem(reader, *table, step.row);
    if (step.action.inserts && step.before) {
        step.reason = {"DuplicateItem", "Duplicate primary key exists in table", {}};
        return;
    }
    if (!conditionHolds(step)) {
        step.reason = reasonOf(errors::conditionFailed());
        if (step.action.returnsItem && step.before)
            step.reason.item = step.before->text;
        return;
    }
    if (const auto replaced = replace(step); !replaced) {
        step.reason = reasonOf(replaced.error());
        return;
    }
    if (const auto admitted = admitIndexWrites(table, step.row, step.before, step.after, m_context.span);
        !admitted)
        step.reason = reasonOf(admitted.error());
}

bool TransactWrite::conditionHolds(Step& step)
{
    const auto& condition = step.action.condition;
    if (!condition)
        return true;
    const auto& item = step.before ? step.before->attributes() : noAttributes();
    const bool passes = holds(*condition, item);
    if (m_context.span.recording()) {
        const auto title = "condition of action " + std::to_string(step.number);
        if (passes)
            m_context.span.step(title + " holds", described(*condition), trace::Verdict::Pass);
        else
            m_context.span.step(title + " failed", failedPart(*condition, item), trace::Verdict::Fail);
    }
    return passes;
}

Result<> TransactWrite::replace(Step& step)
{
    auto& action = step.action;
    switch (action.kind) {
    case Kind::Put:
        step.after.emplace();
        step.after->text = encoded(action.attributes);
        step.after->size = storedSize(action.attributes);
        step.after->tree = action.attributes;
        break;
    case Kind::Update: {
        CORE_TRY(step.after,
            updatedVersion(
                action.update, step.before, action.attributes, *action.table, UpdateMeasure::Finished));
        break;
    }
    case Kind::Delete:
        break;
    case Kind::Check:
        step.after = step.before;
        break;
    }
    return {};
}

// What a cancelled transaction has prepared was work too. How much AWS takes for it is not published.
void TransactWrite::payForNothing(const Step& step)
{
    const bool throttled =
        step.reason.code == "ProvisionedThroughputExceeded" || step.reason.code == "ThrottlingError";
    if (!throttled)
        spendWrite(step.action.table, step.row, writeUnits(step.before ? step.before->size : 0));
}

void TransactWrite::write(Step& step, store::Transaction& transaction)
{
    const auto& table = step.action.table;
    const auto size = std::max(step.before ? step.before->size : 0, step.after ? step.after->size : 0);
    ConsumedCapacity consumed;
    if (step.action.kind == Kind::Check)
        consumed.table = writeUnits(size);
    else
        consumed = m_writer.write(transaction, table, step.row, step.before, step.after);
    // Observed of AWS: the table's units double, those of its indexes do not.
    consumed.table *= kTransactionFactor;
    spendWrite(table, step.row, step.before, step.after, consumed);
    if (m_context.span.recording()) {
        m_context.span.step(
            "action " + std::to_string(step.number) + ": " + std::string(verbOf(step.action.kind)),
            keyText(step.action.attributes, *table) + ", " + unitsText(consumed.total()) + " WCU");
    }
    unitsOf(m_written, table).add(consumed);
    unitsOf(m_read, table).table += readUnits(size, true) * kTransactionFactor;
}

void TransactWrite::collectMetrics(Step& step, store::Reader& reader)
{
    const auto& table = *step.action.table;
    auto& present = step.after ? step.after : step.before;
    if (step.action.kind == Kind::Check || !table.hasLocalIndexes() || !present)
        return;
    std::string key;
    encode(key, *present->attributes().find(table.keys.hash.name));
    auto json = collectionMetrics(reader, table, step.row, key);
    auto found = std::find_if(
        m_metrics.begin(), m_metrics.end(), [&](const auto& entry) { return entry.first == table.name; });
    if (found == m_metrics.end())
        found = m_metrics.emplace(m_metrics.end(), table.name, std::vector<std::string>{});
    if (std::find(found->second.begin(), found->second.end(), json) == found->second.end())
        found->second.push_back(std::move(json));
}

void TransactWrite::finish(store::Transaction& transaction)
{
    if (m_detail.metrics) {
        for (auto& step : m_steps)
            collectMetrics(step, transaction);
    }
    if (m_token) {
        TokenRecord record{m_token->digest, m_token->now, {}};
        for (const auto& units : m_read)
            record.readUnits.emplace_back(units.table->name, units.consumed.table);
        keepToken(transaction, *m_token, record);
    }
    if (m_context.span.recording()) {
        for (const auto& units : m_written)
            noteReplication(m_context.span, *units.table);
    }
    m_body = body(m_written, "Write");
}

void TransactWrite::answerAgain(const TokenRecord& record)
{
    if (m_context.span.recording())
        m_context.span.step("nothing written", "this ClientRequestToken has done its work before");
    std::vector<TableUnits> units;
    for (const auto& [name, read] : record.readUnits) {
        const auto step = std::find_if(m_steps.begin(), m_steps.end(),
            [&name = name](const Step& one) { return one.action.table->name == name; });
        if (step != m_steps.end())
            unitsOf(units, step->action.table).table += read;
    }
    m_body = body(units, "Read");
}

std::string TransactWrite::body(const std::vector<TableUnits>& units, std::string_view axis) const
{
    std::string json = m_detail.responses ? "{\"Responses\":[]" : "{";
    if (m_detail.capacity != ReturnCapacity::None) {
        json += json.size() > 1 ? "," : "";
        appendTransactionCapacity(json, units, axis, m_detail.capacity);
    }
    if (!m_metrics.empty()) {
        json += json.size() > 1 ? ",\"ItemCollectionMetrics\":{" : "\"ItemCollectionMetrics\":{";
        for (const auto& [table, collections] : m_metrics) {
            json += json.back() == '{' ? "" : ",";
            appendJsonString(json, table);
            json += ":[";
            for (const auto& collection : collections)
                json += (json.back() == '[' ? "" : ",") + collection;
            json += ']';
        }
        json += '}';
    }
    return json + "}";
}

// Tables that were only looked at are not among those that changed.
void TransactWrite::publish()
{
    std::vector<std::string_view> tables;
    for (const auto& step : m_steps) {
        const std::string_view name = step.action.table->name;
        if (step.action.kind != Kind::Check && std::find(tables.begin(), tables.end(), name) == tables.end())
            tables.push_back(name);
    }
    if (m_written.empty() || tables.empty()) {
        m_context.onlyRead = true;
        return;
    }
    m_context.resource = std::string(tables.front());
    if (m_detail.changes)
        publishOthers(*m_detail.changes, m_context, m_detail.action, tables);
}

Result<aws::Reply> TransactWrite::answer()
{
    m_writer.becameDurable();
    publish();
    aws::Reply reply;
    reply.body = std::move(m_body);
    return reply;
}

}
