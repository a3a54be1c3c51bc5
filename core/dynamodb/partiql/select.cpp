#include "core/dynamodb/partiql/select.h"

#include "core/dynamodb/condition_eval.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/lagging_reader.h"
#include "core/dynamodb/partiql/conditions.h"
#include "core/dynamodb/partiql/next_token.h"
#include "core/dynamodb/partiql/statement_errors.h"
#include "core/dynamodb/projection.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/throttling.h"

#include <algorithm>
#include <array>

namespace core::dynamodb::partiql {

namespace {

void collectNames(const Operand& operand, std::vector<std::string>& names)
{
    if (operand.isPath() && std::find(names.begin(), names.end(), operand.path.front().name) == names.end())
        names.push_back(operand.path.front().name);
    for (const auto& argument : operand.arguments)
        collectNames(argument, names);
}

void collectNames(const Condition& condition, std::vector<std::string>& names)
{
    for (const auto& child : condition.children)
        collectNames(child, names);
    for (const auto& operand : condition.operands)
        collectNames(operand, names);
}

// The order in which AWS lists a set of names, which is that of Java's HashSet: by the low bits of each
// string's hash, then as they came.
void sortAsHashSet(std::vector<std::string>& names)
{
    std::size_t buckets = 16;
    while (names.size() * 4 > buckets * 3)
        buckets *= 2;
    const auto bucket = [buckets](const std::string& name) {
        std::uint32_t hash = 0;
        for (const char c : name)
            hash = hash * 31 + static_cast<unsigned char>(c);
        return (hash ^ (hash >> 16)) & (buckets - 1);
    };
    std::stable_sort(names.begin(), names.end(),
        [&bucket](const std::string& a, const std::string& b) { return bucket(a) < bucket(b); });
}

// A read by an index's key may not filter by what the index does not hold. Of several reads AWS minds the
// first.
Result<> checkFilter(const SelectPlan& plan)
{
    if (!plan.index || plan.path.scans || !plan.path.reads.front().filter)
        return {};
    std::vector<std::string> names;
    collectNames(*plan.path.reads.front().filter, names);
    std::erase_if(
        names, [&plan](const std::string& name) { return isProjected(name, *plan.table, *plan.index); });
    if (names.empty())
        return {};
    sortAsHashSet(names);
    std::string listed;
    for (const auto& name : names)
        listed += (listed.empty() ? "" : ", ") + name;
    return fail(dynamodb::errors::invalidParameters("Secondary index " + plan.index->name
        + " does not project one or more filter attributes: [" + listed + "]"));
}

void note(trace::SpanScope& span, const SelectPlan& plan)
{
    if (!span.recording())
        return;
    const auto& keys = plan.keys();
    const auto where = plan.index ? " of index " + plan.index->name : std::string(" of the table");
    const auto& reads = plan.path.reads;
    if (plan.path.scans) {
        span.step("runs as a Scan",
            (plan.path.filter ? "WHERE does not say by = or IN which " : "no WHERE clause says which ")
                + keys.hash.name + where + " is wanted: every item is read"
                + (plan.path.filter ? ", filter " + described(*plan.path.filter) : std::string{}),
            trace::Verdict::Warn);
    } else if (reads.size() == 1) {
        const bool single = !plan.index && reads.front().single(keys);
        span.step(single ? "runs as a read of one item" : "runs as a Query",
            "key" + where + ": " + described(reads.front(), keys)
                + (reads.front().filter ? ", filter " + described(*reads.front().filter) : std::string{}));
    } else {
        span.step("runs as " + counted(reads.size(), "read"),
            "WHERE names several keys" + where + ", from " + described(reads.front(), keys) + " to "
                + described(reads.back(), keys));
    }
}

PageRequest pageOf(const SelectPlan& plan, const SelectPage& request)
{
    PageRequest page;
    page.table = plan.table;
    page.index = plan.index;
    page.direction = plan.path.direction;
    page.consistent = request.consistent;
    page.columns = true;
    page.select = plan.index ? Select::AllProjected : Select::AllAttributes;
    if (!plan.columns.empty()) {
        page.projection = plan.columns;
        page.select = Select::Specific;
    }
    page.capacity = request.capacity;
    if (request.limit)
        page.limit = static_cast<std::size_t>(*request.limit);
    return page;
}

// One page over all reads of a SELECT: from a place to where the limit or 1 MB ends it.
class PageRun {
public:
    PageRun(const SelectPlan& plan, PageRequest page, ReadPlace from)
        : m_plan(plan)
        , m_page(std::move(page))
        , m_place(std::move(from))
    {
    }

    // Whether the read that comes first may begin.
    Result<> admit(trace::SpanScope& span);
    void run(store::Reader& reader, trace::SpanScope& span);

    std::string items;
    ConsumedCapacity consumed;
    std::optional<Attributes> lastKey;
    std::optional<ReadPlace> next; // nothing when all was read

private:
    std::size_t readCount() const { return m_plan.path.scans ? 1 : m_plan.path.reads.size(); }
    void aim();
    std::string rowOf(const Attributes& key) const;

    const SelectPlan& m_plan;
    PageRequest m_page;
    ReadPlace m_place;
};

// Points the page at the read it is to make.
void PageRun::aim()
{
    if (m_plan.path.scans) {
        m_page.range = store::Range::all();
        m_page.filter = m_plan.path.filter;
    } else {
        const auto& read = m_plan.path.reads[m_place.read];
        m_page.range = read.rows();
        m_page.filter = read.filter;
    }
    if (!m_place.row.empty())
        continueBehind(m_page, m_place.row);
}

std::string PageRun::rowOf(const Attributes& key) const
{
    return m_plan.index ? indexKey(key, *m_plan.table, *m_plan.index).value_or("")
                        : itemKey(key, *m_plan.table);
}

Result<> PageRun::admit(trace::SpanScope& span)
{
    if (m_place.read < readCount())
        aim();
    return admitPage(m_page, span);
}

void PageRun::run(store::Reader& reader, trace::SpanScope& span)
{
    if (readCount() > 1 && m_page.capacity == ReturnCapacity::None)
        m_page.capacity = ReturnCapacity::Total; // exact sizes add up to the page's 1 MB
    while (m_place.read < readCount()) {
        aim();
        auto result = walkPage(m_page, reader, span);
        if (!items.empty() && !result.items.empty())
            items += ',';
        items += result.items;
        consumed.add(result.consumed);
        if (result.lastKey) {
            next = ReadPlace{m_place.read, rowOf(*result.lastKey)};
            lastKey = std::move(result.lastKey);
            return;
        }
        m_page.limit -= std::min(m_page.limit, result.scanned);
        m_page.maxBytes -= std::min(m_page.maxBytes, result.bytes);
        m_place = {m_place.read + 1, {}};
    }
}

}

std::optional<std::string> SelectPlan::itemRow() const
{
    if (index || path.scans || path.reads.size() != 1 || path.reads.front().filter
        || !path.reads.front().single(table->keys))
        return std::nullopt;
    const auto& read = path.reads.front();
    Attributes key;
    key.set(table->keys.hash.name, read.hash);
    if (read.range)
        key.set(table->keys.range.name, read.range->values.front());
    return itemKey(key, *table);
}

std::string SelectPlan::shown(const std::string& item) const
{
    return columns.empty() ? item : encoded(columnsOf(columns, decodeStored(item)));
}

Result<SelectPlan> planSelect(DynamoDbService& service, aws::RequestContext& context,
    const Statement& statement, const Parameters& parameters, bool consistent)
{
    CORE_CHECK(checkParameters(statement, parameters));
    std::optional<Condition> where;
    if (statement.where) {
        CORE_TRY(auto condition, conditionOf(*statement.where, parameters));
        where = std::move(condition);
    }
    SelectPlan plan;
    CORE_TRY(plan.table, findTable(service, context, statement.table));
    plan.columns = statement.columns;
    if (!statement.index.empty()) {
        plan.index = plan.table->findIndex(statement.index);
        if (!plan.index)
            return fail(errors::noSuchIndex());
        if (plan.index->keys.hasSeveralOfAKind())
            return fail(errors::multiAttributeIndex());
        if (!plan.index->servesReads(plan.table->now()))
            return fail(core::dynamodb::errors::indexStillFilling(statement.index));
        // Query says it in other words.
        if (consistent && plan.index->global) {
            return fail(
                errors::invalid("Strongly consistent read is not supported on Global Secondary Indexes"));
        }
    }
    CORE_TRY(plan.path, accessPathOf(where, statement.order, plan.keys()));
    CORE_CHECK(checkFilter(plan));
    return plan;
}

Result<aws::Reply> readSelect(
    DynamoDbService& service, aws::RequestContext& context, const SelectPlan& plan, const SelectPage& request)
{
    auto page = pageOf(plan, request);
    if (plan.index)
        CORE_CHECK(planIndex(page));
    ReadPlace place;
    if (!request.token.empty()) {
        CORE_TRY(place, placeOf(request.token, request.digest, context.now));
    }
    note(context.span, plan);
    const auto snapshot = service.store().read();
    PageRun run(plan, std::move(page), std::move(place));
    CORE_CHECK(run.admit(context.span));
    {
        ReadView view(*snapshot, *plan.table, request.consistent, context.span);
        run.run(view.reader(), context.span);
    }

    aws::Reply reply;
    auto& body = reply.body;
    body = "{\"Items\":[" + run.items + "]";
    if (run.next) {
        body += ",\"NextToken\":\"" + tokenOf(*run.next, request.digest, context.now) + "\"";
        body += ",\"LastEvaluatedKey\":";
        encode(body, *run.lastKey);
    }
    if (request.capacity != ReturnCapacity::None) {
        body += ",\"ConsumedCapacity\":";
        appendJson(body, run.consumed, *plan.table, request.capacity);
    }
    body += '}';
    return reply;
}

}
