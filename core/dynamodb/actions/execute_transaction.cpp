#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/partiql/conditions.h"
#include "core/dynamodb/partiql/parser.h"
#include "core/dynamodb/partiql/select.h"
#include "core/dynamodb/partiql/statement_errors.h"
#include "core/dynamodb/partiql/writes.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/throttling.h"
#include "core/dynamodb/transaction.h"

#include <algorithm>
#include <set>

namespace core::dynamodb {

namespace {

using StatementKind = partiql::Statement::Kind;

// One statement on its way.
struct Entry {
    JsonView input;
    partiql::Parameters parameters;
    partiql::Statement statement;
    partiql::WriteStatement write; // INSERT, UPDATE, DELETE
    std::optional<Condition> where; // EXISTS
    TablePtr table;
    CancellationReason reason;
};

Error at(const Entry& entry, const std::vector<Entry>& entries, Error error)
{
    if (error.code == "ValidationException") {
        error.message = "Validation failed in TransactStatements[" + std::to_string(&entry - entries.data())
            + "]: " + error.message;
    }
    return error;
}

Result<std::vector<Entry>> readEntries(const JsonView& input)
{
    std::vector<Entry> entries;
    std::optional<Error> error;
    input.member("TransactStatements")->eachElement([&](JsonView json) {
        auto parameters = partiql::readParameters(json.member("Parameters"));
        if (!parameters) {
            error = std::move(parameters).error();
            return false;
        }
        entries.emplace_back();
        entries.back().input = json;
        entries.back().parameters = std::move(*parameters);
        return true;
    });
    if (error)
        return fail(std::move(*error));
    return entries;
}

Result<> translate(Entry& entry)
{
    const auto& statement = entry.statement;
    switch (statement.kind) {
    case StatementKind::Select:
        return {}; // planned with its table
    case StatementKind::Exists: {
        CORE_CHECK(partiql::checkParameters(statement, entry.parameters));
        if (!statement.index.empty())
            return fail(partiql::errors::invalid("Operations on indices are not supported in transactions"));
        if (statement.where) {
            CORE_TRY(auto where, partiql::conditionOf(*statement.where, entry.parameters));
            entry.where = std::move(where);
        }
        return {};
    }
    default: {
        CORE_TRY(entry.write, partiql::writeOf(statement, entry.parameters));
        return {};
    }
    }
}

// What a transaction refuses of a statement once it knows that its table is there.
Result<> checkSupported(const Entry& entry)
{
    if (entry.statement.returning != partiql::Returning::Nothing)
        return fail(partiql::errors::invalid("RETURNING clause is not supported in ExecuteTransaction."));
    if (entry.statement.reads() && !entry.statement.index.empty())
        return fail(partiql::errors::invalid("Reads on indices are not supported within transactions."));
    return {};
}

bool anyReason(const std::vector<Entry>& entries)
{
    return std::any_of(
        entries.begin(), entries.end(), [](const Entry& entry) { return entry.reason.code != "None"; });
}

Error cancelled(const std::vector<Entry>& entries)
{
    std::vector<CancellationReason> reasons;
    for (const auto& entry : entries)
        reasons.push_back(entry.reason);
    return transactionCancelled(reasons);
}

Result<> findTables(std::vector<Entry>& entries, DynamoDbService& service, aws::RequestContext& context)
{
    for (auto& entry : entries) {
        auto table = findTable(service, context, entry.statement.table);
        if (!table) {
            entry.reason = {"ResourceNotFound", table.error().message, {}};
            continue;
        }
        entry.table = std::move(*table);
        if (auto supported = checkSupported(entry); !supported)
            return fail(at(entry, entries, std::move(supported).error()));
    }
    if (anyReason(entries))
        return fail(cancelled(entries));
    return {};
}

bool isKeyType(const Error& error, const KeySchema& keys)
{
    return error.message == partiql::errors::keyTypeMismatch(keys.hash.name).message
        || error.message == partiql::errors::keyTypeMismatch(keys.range.name).message;
}

Result<std::vector<partiql::SelectPlan>> planReads(
    std::vector<Entry>& entries, DynamoDbService& service, aws::RequestContext& context)
{
    std::vector<partiql::SelectPlan> plans;
    for (auto& entry : entries) {
        auto plan = partiql::planSelect(service, context, entry.statement, entry.parameters, false);
        if (!plan && isKeyType(plan.error(), entry.table->keys)) {
            entry.reason = reasonOf(errors::keyMismatch());
            continue;
        }
        if (!plan)
            return fail(at(entry, entries, std::move(plan).error()));
        if (!plan->itemRow()) {
            return fail(at(entry, entries,
                partiql::errors::invalid("Select statements within ExecuteTransaction must specify the "
                                         "primary key in the where clause.")));
        }
        plans.push_back(std::move(*plan));
    }
    if (anyReason(entries))
        return fail(cancelled(entries));
    std::set<std::pair<std::string_view, std::string>> rows;
    for (const auto& plan : plans) {
        if (!rows.emplace(plan.table->keyspace, *plan.itemRow()).second)
            return fail(errors::sameItemTwice());
    }
    return plans;
}

Result<> admitReads(
    std::vector<Entry>& entries, const std::vector<partiql::SelectPlan>& plans, trace::SpanScope& span)
{
    for (std::size_t i = 0; i < plans.size(); ++i) {
        if (const auto admitted = admitRead(plans[i].table, *plans[i].itemRow(), span); !admitted)
            entries[i].reason = reasonOf(admitted.error());
    }
    if (anyReason(entries))
        return fail(cancelled(entries));
    return {};
}

Result<aws::Outcome> read(DynamoDbService& service, aws::RequestContext& context, std::vector<Entry>& entries,
    ReturnCapacity capacity)
{
    context.onlyRead = true;
    CORE_TRY(const auto plans, planReads(entries, service, context));
    CORE_CHECK(admitReads(entries, plans, context.span));
    const auto reader = service.store().read(); // one moment for all
    std::vector<TableUnits> units;
    std::string responses;
    std::size_t bytes = 0;
    for (const auto& plan : plans) {
        const auto item = reader->get(plan.table->keyspace, *plan.itemRow());
        const auto size = item ? sizeOfStored(*item) : 0;
        bytes += size;
        const auto used = readUnits(size, true) * kTransactionFactor;
        spendRead(plan.table, *plan.itemRow(), used);
        unitsOf(units, plan.table).table += used;
        responses += responses.empty() ? "{" : ",{";
        if (item)
            responses += "\"Item\":" + plan.shown(*item);
        responses += '}';
    }
    if (bytes > kMaxTransactionBytes)
        return fail(errors::transactionTooLarge(bytes));
    if (context.span.recording())
        context.span.step("read " + counted(plans.size(), "item") + " at one moment",
            "from " + counted(units.size(), "table"));
    aws::Reply reply;
    reply.body = "{\"Responses\":[" + responses + "]";
    if (capacity != ReturnCapacity::None) {
        reply.body += ',';
        appendTransactionCapacity(reply.body, units, "Read", capacity);
    }
    reply.body += '}';
    return reply;
}

Condition hasKey(const Table& table, bool wanted)
{
    Operand path;
    path.path = {{table.keys.hash.name, {}}};
    Operand call;
    call.kind = Operand::Kind::Function;
    call.name = wanted ? "attribute_exists" : "attribute_not_exists";
    call.arguments.push_back(std::move(path));
    Condition condition{Condition::Kind::Function, {}, {}};
    condition.operands.push_back(std::move(call));
    return condition;
}

std::optional<Condition> joined(Condition::Kind kind, Condition first, std::optional<Condition> second)
{
    if (!second)
        return kind == Condition::Kind::And ? std::optional(std::move(first)) : std::nullopt;
    Condition both{kind, {}, {}};
    both.children.push_back(std::move(first));
    both.children.push_back(std::move(*second));
    return both;
}

// EXISTS(SELECT …) as a condition check.
Result<TransactAction> checkOf(const Entry& entry)
{
    TransactAction action;
    action.kind = TransactAction::Kind::Check;
    auto found =
        partiql::keyOf(entry.where ? &*entry.where : nullptr, *entry.table, partiql::OtherValue::Condition);
    const bool partial = found ? !found->rest.has_value()
                               : found.error().message == partiql::errors::missingKeyEquality().message;
    if (partial) {
        return fail(
            partiql::errors::invalid("EXISTS() must contain a single item read with additional condition"));
    }
    if (!found)
        return fail(errors::keyMismatch());
    action.attributes = std::move(found->key);
    action.condition = std::move(found->rest);
    return action;
}

Result<TransactAction> actionOf(Entry& entry)
{
    TransactAction action;
    auto& write = entry.write;
    if (entry.statement.kind == StatementKind::Insert) {
        CORE_CHECK(checkItem(write.item, *entry.table));
        if (storedSize(write.item) > kMaxItemBytes)
            return fail(errors::itemTooLarge());
        action.kind = TransactAction::Kind::Put;
        action.inserts = true;
        action.attributes = std::move(write.item);
        return action;
    }
    auto found = partiql::keyOf(write.where ? &*write.where : nullptr, *entry.table);
    if (!found)
        return fail(errors::keyMismatch());
    action.attributes = std::move(found->key);
    if (entry.statement.kind == StatementKind::Update) {
        action.kind = TransactAction::Kind::Update;
        action.update = std::move(write.update);
        action.condition = joined(Condition::Kind::And, hasKey(*entry.table, true), std::move(found->rest));
    } else {
        action.kind = TransactAction::Kind::Delete;
        action.condition = joined(Condition::Kind::Or, hasKey(*entry.table, false), std::move(found->rest));
    }
    return action;
}

Result<std::vector<TransactAction>> actionsOf(std::vector<Entry>& entries)
{
    std::vector<TransactAction> actions;
    for (auto& entry : entries) {
        const bool exists = entry.statement.kind == StatementKind::Exists;
        auto action = exists ? checkOf(entry) : actionOf(entry);
        if (!action && exists && action.error().message.starts_with("EXISTS"))
            return fail(at(entry, entries, std::move(action).error()));
        if (!action) {
            entry.reason = reasonOf(action.error());
            continue;
        }
        action->table = entry.table;
        action->returnsItem = textOf(entry.input, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
        actions.push_back(std::move(*action));
    }
    if (anyReason(entries))
        return fail(cancelled(entries));
    return actions;
}

std::optional<TransactionToken> tokenOf(const JsonView& input, const aws::RequestContext& context)
{
    const auto token = textOf(input, "ClientRequestToken");
    if (token.empty())
        return std::nullopt;
    return TransactionToken{context.region + "/" + context.principal.account + "/ExecuteTransaction",
        std::string(token), digestOf(*input.member("TransactStatements")), context.now};
}

}

Result<aws::Outcome> executeTransaction(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_TRY(auto entries, readEntries(input));
    for (auto& entry : entries) {
        auto statement = partiql::parseStatement(textOf(entry.input, "Statement"));
        if (!statement)
            return fail(at(entry, entries, std::move(statement).error()));
        entry.statement = std::move(*statement);
    }
    const auto reads = std::count_if(
        entries.begin(), entries.end(), [](const Entry& entry) { return entry.statement.reads(); });
    if (reads > 0 && static_cast<std::size_t>(reads) < entries.size()) {
        return fail(partiql::errors::invalid("ExecuteTransaction API does not support both read and write "
                                             "operations in the same request."));
    }
    for (auto& entry : entries) {
        if (auto translated = translate(entry); !translated)
            return fail(at(entry, entries, std::move(translated).error()));
    }
    CORE_CHECK(findTables(entries, service, context));
    if (reads > 0)
        return read(service, context, entries, returnCapacityOf(input));
    CORE_TRY(auto actions, actionsOf(entries));
    TransactionDetail detail;
    detail.capacity = returnCapacityOf(input);
    detail.responses = true;
    detail.changes = &service.host().changes;
    detail.action = "ExecuteTransaction";
    return TransactWrite::make(context, std::move(actions), detail, tokenOf(input, context));
}

}
