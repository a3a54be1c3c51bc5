#include "core/dynamodb/partiql/writes.h"

#include "core/dynamodb/condition_eval.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_update.h"
#include "core/dynamodb/key_condition.h"
#include "core/dynamodb/partiql/access_path.h"
#include "core/dynamodb/partiql/conditions.h"
#include "core/dynamodb/partiql/statement_errors.h"
#include "core/dynamodb/partiql/updates.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/throttling.h"
#include "core/dynamodb/update_eval.h"

namespace core::dynamodb::partiql {

namespace {

using Kind = Statement::Kind;

// "a = 'x'" on an attribute itself.
std::optional<KeyCondition> equalityOf(const Condition& condition)
{
    if (condition.kind != Condition::Kind::Equal)
        return std::nullopt;
    auto conditions = keyConditions(condition);
    return conditions ? std::optional(std::move(conditions->front())) : std::nullopt;
}

Result<> checkReturning(const Statement& statement)
{
    if (statement.kind != Kind::Delete || statement.returning == Returning::Nothing
        || statement.returning == Returning::AllOld)
        return {};
    return fail(
        errors::invalid("Invalid returning clause: RETURNING " + std::string(textOf(statement.returning))
            + " *. Only RETURNING ALL OLD * is allowed in DELETE statements."));
}

Result<> checkInsertedKey(const Attributes& item, const Table& table)
{
    for (const auto* key : {&table.keys.hash, &table.keys.range}) {
        if (key->name.empty())
            continue;
        const auto* value = item.find(key->name);
        if (!value)
            return fail(errors::keyAbsent(key->name));
        if (value->type() != key->type)
            return fail(errors::keyTypeMismatch(key->name));
    }
    return {};
}

Result<> planInsert(WritePlan& plan)
{
    auto& item = plan.statement.item;
    CORE_CHECK(checkInsertedKey(item, *plan.table));
    CORE_CHECK(checkItem(item, *plan.table));
    ItemVersion version;
    version.size = storedSize(item);
    if (version.size > kMaxItemBytes)
        return fail(dynamodb::errors::itemTooLarge());
    plan.key = dynamodb::keyOf(item, *plan.table);
    version.text = encoded(item);
    version.tree = std::move(item);
    plan.inserted = std::move(version);
    return {};
}

Error conditionFailed(const std::optional<ItemVersion>& before, bool returnsItem)
{
    return dynamodb::errors::conditionFailed(returnsItem && before ? "{\"Item\":" + before->text + "}" : "");
}

Result<> checkCondition(
    const WritePlan& plan, std::optional<ItemVersion>& before, trace::SpanScope& span, bool returnsItem)
{
    if (!plan.condition || !before)
        return {};
    const bool passes = holds(*plan.condition, before->attributes());
    if (span.recording()) {
        span.step(passes ? "condition holds" : "condition failed",
            passes ? described(*plan.condition) : failedPart(*plan.condition, before->attributes()),
            passes ? trace::Verdict::Pass : trace::Verdict::Fail);
    }
    if (!passes)
        return fail(conditionFailed(before, returnsItem));
    return {};
}

// PartiQL says this shorter than UpdateItem does.
Error shortened(Error error)
{
    if (error.message == dynamodb::errors::nestedTooDeep().message)
        error.message = "Nesting Levels have exceeded supported limits";
    return error;
}

Result<std::optional<ItemVersion>> replacementOf(
    WritePlan& plan, std::optional<ItemVersion>& before, trace::SpanScope& span, bool returnsItem)
{
    switch (plan.statement.kind) {
    case Kind::Insert:
        if (before)
            return fail(errors::duplicateItem());
        return std::move(plan.inserted);
    case Kind::Update: {
        if (!before) {
            if (span.recording())
                span.step("condition failed",
                    "UPDATE wants an item that is there: " + keyText(plan.key, *plan.table),
                    trace::Verdict::Fail);
            return fail(conditionFailed(before, returnsItem));
        }
        CORE_CHECK(checkCondition(plan, before, span, returnsItem));
        auto after =
            updatedVersion(plan.statement.update, before, plan.key, *plan.table, UpdateMeasure::Finished);
        if (!after)
            return fail(shortened(std::move(after).error()));
        return after;
    }
    default:
        CORE_CHECK(checkCondition(plan, before, span, returnsItem));
        return std::optional<ItemVersion>{};
    }
}

std::string returned(
    const WritePlan& plan, std::optional<ItemVersion>& before, std::optional<ItemVersion>& after)
{
    const auto returning = plan.statement.returning;
    const bool old = returning == Returning::AllOld || returning == Returning::ModifiedOld;
    auto& version = old ? before : after;
    if (returning == Returning::Nothing || !version)
        return {};
    if (returning == Returning::AllOld || returning == Returning::AllNew)
        return version->text;
    const auto parts = updatedParts(plan.statement.update, version->attributes());
    return parts.empty() ? std::string{} : encoded(parts);
}

std::string_view verbOf(Kind kind, bool existed)
{
    if (kind == Kind::Insert)
        return "put a new item";
    if (kind == Kind::Update)
        return "updated the item";
    return existed ? "deleted the item" : "no item has this key";
}

}

Result<WriteStatement> writeOf(const Statement& statement, const Parameters& parameters)
{
    if (statement.kind != Kind::Insert && !statement.index.empty())
        return fail(errors::invalid("This operation is not supported on an index"));
    CORE_CHECK(checkReturning(statement));
    CORE_CHECK(checkParameters(statement, parameters));
    WriteStatement write;
    write.kind = statement.kind;
    write.returning = statement.returning;
    if (statement.kind == Kind::Insert) {
        CORE_TRY(write.item, itemOf(statement.item, parameters));
        return write;
    }
    CORE_TRY(write.update, updateOf(statement.assignments, parameters));
    if (statement.where) {
        CORE_TRY(auto where, conditionOf(*statement.where, parameters));
        write.where = std::move(where);
    }
    return write;
}

Result<KeyAndRest> keyOf(const Condition* where, const Table& table, OtherValue other)
{
    KeyAndRest result;
    std::vector<const Condition*> rest;
    for (const auto* part : where ? conjuncts(*where) : std::vector<const Condition*>{}) {
        const auto equality = equalityOf(*part);
        if (!equality || !table.keys.contains(equality->attribute)) {
            rest.push_back(part);
            continue;
        }
        const auto& value = equality->values.front();
        const auto* known = result.key.find(equality->attribute);
        if (known && !(*known == value)) {
            if (other == OtherValue::Refused)
                return fail(errors::severalConditionsOn(equality->attribute));
            rest.push_back(part);
            continue;
        }
        result.key.set(equality->attribute, value);
    }
    for (const auto* key : {&table.keys.hash, &table.keys.range}) {
        if (!key->name.empty() && !result.key.find(key->name))
            return fail(errors::missingKeyEquality());
    }
    for (const auto* key : {&table.keys.hash, &table.keys.range}) {
        if (key->name.empty())
            continue;
        if (result.key.find(key->name)->type() != key->type)
            return fail(errors::keyTypeMismatch(key->name));
        CORE_CHECK(checkKeyAttribute(result.key, *key, key == &table.keys.hash));
    }
    result.rest = conjunction(rest);
    return result;
}

Result<WritePlan> planWrite(WriteStatement statement, TablePtr table)
{
    WritePlan plan;
    plan.statement = std::move(statement);
    plan.table = std::move(table);
    if (plan.statement.kind == Kind::Insert) {
        CORE_CHECK(planInsert(plan));
    } else {
        const auto& where = plan.statement.where;
        CORE_TRY(auto found, keyOf(where ? &*where : nullptr, *plan.table));
        plan.key = std::move(found.key);
        plan.condition = std::move(found.rest);
        CORE_CHECK(checkUpdateTargets(plan.statement.update, *plan.table));
    }
    plan.row = itemKey(plan.key, *plan.table);
    return plan;
}

Result<WriteResult> applyWrite(WritePlan& plan, store::Transaction& transaction, ItemWriter& writer,
    trace::SpanScope& span, bool returnsItem)
{
    if (plan.table->state->dropped)
        return fail(dynamodb::errors::tableNotFound());
    CORE_CHECK(admitWrite(plan.table, plan.row, span));
    auto before = readItem(transaction, *plan.table, plan.row);
    auto replaced = replacementOf(plan, before, span, returnsItem);
    if (!replaced) {
        spendWrite(plan.table, plan.row, writeUnits(before ? before->size : 0));
        return fail(std::move(replaced).error());
    }
    auto after = *std::move(replaced);
    CORE_CHECK(admitIndexWrites(plan.table, plan.row, before, after, span));
    WriteResult result;
    result.consumed = writer.write(transaction, plan.table, plan.row, before, after);
    spendWrite(plan.table, plan.row, before, after, result.consumed);
    result.item = returned(plan, before, after);
    if (span.recording()) {
        span.step(std::string(verbOf(plan.statement.kind, before.has_value())),
            keyText(plan.key, *plan.table) + ", " + unitsText(result.consumed.total()) + " WCU");
        noteReplication(span, *plan.table);
    }
    return result;
}

}
