#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/changed_tables.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/lagging_reader.h"
#include "core/dynamodb/partiql/parser.h"
#include "core/dynamodb/partiql/select.h"
#include "core/dynamodb/partiql/statement_errors.h"
#include "core/dynamodb/partiql/writes.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/throttling.h"
#include "core/dynamodb/transaction_tokens.h"

#include <algorithm>
#include <variant>

namespace core::dynamodb {

namespace {

// One statement of a batch: what it asks for, or why it cannot be.
struct Entry {
    JsonView input;
    partiql::Parameters parameters;
    std::optional<partiql::Statement> statement;
    TablePtr table; // once found
    std::variant<std::monostate, partiql::SelectPlan, partiql::WritePlan> plan;
    std::optional<Error> error;
    std::string item; // canonical JSON, "" for none
};

// What a batch has used of each table, in order of the first statement on it.
class Units {
public:
    void add(const TablePtr& table, const ConsumedCapacity& consumed)
    {
        const auto known = std::find_if(m_units.begin(), m_units.end(),
            [&table](const TableUnits& units) { return units.table == table; });
        if (known != m_units.end())
            known->consumed.add(consumed);
        else
            m_units.push_back({table, consumed});
    }

    std::vector<std::string_view> tables() const
    {
        std::vector<std::string_view> names;
        for (const auto& units : m_units)
            names.push_back(units.table->name);
        return names;
    }

    std::string json(ReturnCapacity detail) const
    {
        std::string out;
        for (const auto& units : m_units) {
            out += out.empty() ? "" : ",";
            appendJson(out, units.consumed, *units.table, detail);
        }
        return "[" + out + "]";
    }

private:
    std::vector<TableUnits> m_units;
};

Result<> parse(Entry& entry)
{
    CORE_TRY(entry.parameters, partiql::readParameters(entry.input.member("Parameters")));
    CORE_TRY(auto statement, partiql::parseStatement(textOf(entry.input, "Statement")));
    if (statement.kind == partiql::Statement::Kind::Exists)
        return fail(partiql::errors::existsOutsideTransaction());
    entry.statement = std::move(statement);
    return {};
}

Result<> planRead(Entry& entry, DynamoDbService& service, aws::RequestContext& context)
{
    const auto& statement = *entry.statement;
    entry.table = service.tables().find(context.region, statement.table);
    CORE_TRY(auto plan,
        partiql::planSelect(
            service, context, statement, entry.parameters, flagOf(entry.input, "ConsistentRead")));
    if (!plan.itemRow()) {
        return fail(partiql::errors::invalid("Select statements within BatchExecuteStatement must specify "
                                             "the primary key in the where clause."));
    }
    entry.plan = std::move(plan);
    return {};
}

Result<> planWrite(Entry& entry, DynamoDbService& service, aws::RequestContext& context)
{
    CORE_TRY(auto write, partiql::writeOf(*entry.statement, entry.parameters));
    CORE_TRY(entry.table, findTable(service, context, entry.statement->table));
    CORE_TRY(auto plan, partiql::planWrite(std::move(write), entry.table));
    entry.plan = std::move(plan);
    return {};
}

void keepError(Entry& entry, Result<> result)
{
    if (!result)
        entry.error = std::move(result).error();
}

// BatchStatementErrorCodeEnum has its own names for the errors.
std::string codeOf(const Error& error)
{
    constexpr std::string_view kSuffix = "Exception";
    if (error.code == "ValidationException" || error.code == "SerializationException")
        return "ValidationError";
    if (error.code == "ThrottlingException")
        return "ThrottlingError";
    if (isThrottled(error) && !error.code.ends_with(kSuffix))
        return error.code; // RequestLimitExceeded
    return error.code.ends_with(kSuffix) ? error.code.substr(0, error.code.size() - kSuffix.size())
                                         : "InternalServerError";
}

void appendResponse(std::string& out, const Entry& entry)
{
    std::string members;
    const auto add = [&members](std::string_view name, const std::string& json) {
        members += members.empty() ? "\"" : ",\"";
        members += name;
        members += "\":" + json;
    };
    const auto text = [](std::string_view plain) {
        std::string json;
        appendJsonString(json, plain);
        return json;
    };
    if (entry.error) {
        auto error = "{\"Code\":" + text(codeOf(*entry.error)) + ",\"Message\":" + text(entry.error->message);
        const bool throttled = isThrottled(*entry.error); // there is no place for its reasons
        if (const auto& more = entry.error->members;
            more.size() > 2 && !throttled) // a failed condition's item
            error += "," + more.substr(1, more.size() - 2);
        add("Error", error + "}");
    }
    if (entry.table)
        add("TableName", text(entry.table->name));
    if (!entry.item.empty())
        add("Item", entry.item);
    out += "{" + members + "}";
}

std::string answer(const std::vector<Entry>& entries, const Units& units, ReturnCapacity capacity)
{
    std::string body = "{\"Responses\":[";
    for (const auto& entry : entries) {
        body += &entry == entries.data() ? "" : ",";
        appendResponse(body, entry);
    }
    body += ']';
    if (capacity != ReturnCapacity::None)
        body += ",\"ConsumedCapacity\":" + units.json(capacity);
    return body + "}";
}

void note(aws::RequestContext& context, const std::vector<Entry>& entries)
{
    if (!context.span.recording())
        return;
    const auto failed = std::count_if(
        entries.begin(), entries.end(), [](const Entry& entry) { return entry.error.has_value(); });
    context.span.step("ran " + counted(entries.size(), "statement"),
        failed > 0 ? std::to_string(failed) + " failed, the others stand" : std::string{},
        failed > 0 ? trace::Verdict::Warn : trace::Verdict::Pass);
}

// The writes of one batch; each stands or fails alone. Owned by the call; committer thread, then the
// answering thread.
class BatchWrite final : public aws::PendingWrite {
public:
    BatchWrite(aws::RequestContext& context, std::vector<Entry> entries, ReturnCapacity capacity,
        Publisher<aws::ResourceChanged>& changes)
        : m_context(context)
        , m_changes(changes)
        , m_entries(std::move(entries))
        , m_capacity(capacity)
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        for (auto& entry : m_entries) {
            auto* plan = std::get_if<partiql::WritePlan>(&entry.plan);
            if (!plan)
                continue;
            const bool returnsItem = textOf(entry.input, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
            auto result = partiql::applyWrite(*plan, transaction, m_writer, m_context.span, returnsItem);
            if (!result) {
                entry.error = std::move(result).error();
                continue;
            }
            entry.item = std::move(result->item);
            m_units.add(plan->table, result->consumed);
        }
        note(m_context, m_entries);
        m_body = dynamodb::answer(m_entries, m_units, m_capacity);
        return {};
    }

    Result<aws::Reply> answer() override
    {
        m_writer.becameDurable();
        const auto tables = m_units.tables();
        m_context.onlyRead = tables.empty();
        if (!tables.empty())
            m_context.resource = std::string(tables.front());
        publishOthers(m_changes, m_context, "BatchExecuteStatement", tables);
        aws::Reply reply;
        reply.body = std::move(m_body);
        return reply;
    }

private:
    aws::RequestContext& m_context;
    Publisher<aws::ResourceChanged>& m_changes;
    std::vector<Entry> m_entries;
    ReturnCapacity m_capacity;
    Units m_units;
    ItemWriter m_writer;
    std::string m_body;
};

aws::Reply read(DynamoDbService& service, aws::RequestContext& context, std::vector<Entry>& entries,
    ReturnCapacity capacity)
{
    const auto reader = service.store().read();
    Units units;
    for (auto& entry : entries) {
        const auto* plan = std::get_if<partiql::SelectPlan>(&entry.plan);
        if (!plan)
            continue;
        const auto row = *plan->itemRow();
        if (auto admitted = admitRead(plan->table, row, context.span); !admitted) {
            entry.error = std::move(admitted).error();
            continue;
        }
        const bool consistent = flagOf(entry.input, "ConsistentRead");
        ReadView view(*reader, *plan->table, consistent, context.span);
        const auto item = view.reader().get(plan->table->keyspace, row);
        ConsumedCapacity consumed;
        consumed.table = readUnits(item ? sizeOfStored(*item) : 0, consistent);
        spendRead(plan->table, row, consumed.table);
        units.add(plan->table, consumed);
        if (item)
            entry.item = plan->shown(*item);
    }
    note(context, entries);
    aws::Reply reply;
    reply.body = answer(entries, units, capacity);
    return reply;
}

}

Result<aws::Outcome> batchExecuteStatement(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    std::vector<Entry> entries;
    input.member("Statements")->eachElement([&entries](JsonView json) {
        entries.emplace_back();
        entries.back().input = json;
        keepError(entries.back(), parse(entries.back()));
        return true;
    });
    const auto reads = [](const Entry& entry) { return entry.statement && entry.statement->reads(); };
    const auto writes = [](const Entry& entry) { return entry.statement && !entry.statement->reads(); };
    const bool anyWrites = std::any_of(entries.begin(), entries.end(), writes);
    if (anyWrites && std::any_of(entries.begin(), entries.end(), reads)) {
        return fail(
            partiql::errors::invalid("Read and write requests together in the same batch is not supported."));
    }
    for (auto& entry : entries) {
        if (entry.statement)
            keepError(entry, (anyWrites ? planWrite : planRead)(entry, service, context));
    }
    const auto capacity = returnCapacityOf(input);
    if (anyWrites)
        return std::make_unique<BatchWrite>(context, std::move(entries), capacity, service.host().changes);
    context.onlyRead = true;
    return read(service, context, entries, capacity);
}

}
