#include "core/dynamodb/page_reader.h"

#include "core/dynamodb/condition_eval.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/lagging_reader.h"
#include "core/dynamodb/projection.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/throttling.h"

#include <algorithm>
#include <set>

namespace core::dynamodb {

namespace {

// Walks one page. Rows that are answered as they are stored are copied without being parsed: an item's JSON
// is never shorter than its size, so that sizes need to be known only once the JSON of the page has grown to
// 1 MB.
class PageWalk {
public:
    PageWalk(const PageRequest& page, store::Reader& reader)
        : m_page(page)
        , m_reader(reader)
        , m_copies(!page.filter && !page.projection && !page.fetchesFromTable && page.select != Select::Count)
        , m_metered(isMetered(*page.table))
        , m_measures(!m_copies || m_metered || page.capacity != ReturnCapacity::None)
    {
    }

    void walk();
    std::string title() const;
    std::string summary() const;
    void pay() const;
    PageResult result();

private:
    void takeCopied(std::string_view row);
    void takeParsed(std::string_view row);
    void fetch(Attributes& item);
    void measureCopied();
    bool isFull() const { return m_scanned >= m_page.limit || m_size >= m_page.maxBytes; }
    ConsumedCapacity consumed() const;

    const PageRequest& m_page;
    store::Reader& m_reader;
    bool m_copies; // answers the stored JSON
    bool m_metered;
    bool m_measures; // knows exact sizes from the first row on
    std::string m_items; // the Items array, without its brackets
    std::vector<std::size_t> m_ends; // of copied rows in m_items
    std::string m_lastRow;
    std::size_t m_size = 0; // of what was read, exact or an upper bound
    std::size_t m_fetchedSize = 0; // the part of it that was fetched from the table
    std::size_t m_scanned = 0;
    std::size_t m_count = 0;
    double m_fetchUnits = 0;
    bool m_stopped = false;
    ReadTally m_tally; // when metered
};

void PageWalk::walk()
{
    const auto& keyspace = m_page.index ? m_page.index->keyspace : m_page.table->keyspace;
    const auto visit = [this](std::string_view key, std::string_view row) {
        ++m_scanned;
        const auto before = m_size;
        if (m_copies)
            takeCopied(row);
        else
            takeParsed(row);
        if (m_metered)
            m_tally.add(key, m_size - before);
        m_stopped = isFull();
        if (m_stopped)
            m_lastRow = row;
        return !m_stopped;
    };
    m_reader.scan(keyspace, m_page.range, m_page.direction, visit);
}

void PageWalk::takeCopied(std::string_view row)
{
    ++m_count;
    if (!m_items.empty())
        m_items += ',';
    m_items += row;
    m_size += m_measures ? sizeOfStored(row) : row.size();
    if (m_measures)
        return;
    m_ends.push_back(m_items.size());
    if (m_size >= m_page.maxBytes)
        measureCopied();
}

void PageWalk::measureCopied()
{
    m_size = 0;
    std::size_t begin = 0;
    for (const auto end : m_ends) {
        m_size += sizeOfStored(std::string_view(m_items).substr(begin, end - begin));
        begin = end + 1; // behind the comma
    }
    m_ends.clear();
    m_measures = true;
}

void PageWalk::takeParsed(std::string_view row)
{
    if (m_page.select == Select::Count && !m_page.filter && !m_page.fetchesFromTable) {
        m_size += sizeOfStored(row);
        ++m_count;
        return;
    }
    auto item = decodeStored(row);
    m_size += storedSize(item);
    const auto passes = [&] { return !m_page.filter || holds(*m_page.filter, item); };
    const bool before = !m_page.columns || passes();
    if (m_page.fetchesFromTable)
        fetch(item);
    if (!before || (!m_page.columns && !passes()))
        return;
    ++m_count;
    if (m_page.select == Select::Count)
        return;
    if (!m_items.empty())
        m_items += ',';
    if (!m_page.projection)
        encode(m_items, item);
    else
        encode(m_items,
            m_page.columns ? columnsOf(*m_page.projection, item) : project(*m_page.projection, item));
}

void PageWalk::fetch(Attributes& item)
{
    const auto whole = m_reader.get(m_page.table->keyspace, itemKey(item, *m_page.table));
    if (!whole)
        return;
    item = decodeStored(*whole);
    const auto size = storedSize(item);
    m_size += size;
    m_fetchedSize += size;
    m_fetchUnits += readUnits(size, m_page.consistent);
}

ConsumedCapacity PageWalk::consumed() const
{
    ConsumedCapacity consumed;
    const auto units = readUnits(m_size - m_fetchedSize, m_page.consistent);
    if (!m_page.index) {
        consumed.table = units;
        return consumed;
    }
    consumed.table = m_fetchUnits;
    const auto position = static_cast<std::size_t>(m_page.index - m_page.table->indexes.data());
    consumed.addIndex(position, m_page.table->indexes.size(), units);
    return consumed;
}

void PageWalk::pay() const
{
    if (m_metered)
        spendPage(m_page, m_tally, consumed().total());
}

PageResult PageWalk::result()
{
    PageResult result;
    result.count = m_count;
    result.scanned = m_scanned;
    result.bytes = m_size;
    result.consumed = consumed();
    if (m_stopped)
        result.lastKey = keyOf(decodeStored(m_lastRow), *m_page.table, m_page.index);
    result.items = std::move(m_items);
    return result;
}

std::string PageWalk::title() const
{
    const auto where = m_page.index ? " in index " + m_page.index->name : std::string{};
    return "read " + counted(m_scanned, "item") + where;
}

std::string PageWalk::summary() const
{
    auto text = m_page.filter ? "kept " + std::to_string(m_count) + " by filter" : std::string{};
    const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (m_page.fetchesFromTable)
        add("fetched the rest from the table");
    if (m_measures)
        add(unitsText(consumed().total()) + " RCU");
    if (m_stopped)
        add(m_scanned >= m_page.limit ? "stopped at Limit" : "stopped at 1 MB");
    return text;
}

void collectHeads(const Operand& operand, std::set<std::string>& heads)
{
    if (operand.isPath())
        heads.insert(operand.path.front().name);
    for (const auto& argument : operand.arguments)
        collectHeads(argument, heads);
}

void collectHeads(const Condition& condition, std::set<std::string>& heads)
{
    for (const auto& child : condition.children)
        collectHeads(child, heads);
    for (const auto& operand : condition.operands)
        collectHeads(operand, heads);
}

Select selectOf(const JsonView& input, const PageRequest& page)
{
    const auto text = textOf(input, "Select");
    if (text == "COUNT")
        return Select::Count;
    if (text == "SPECIFIC_ATTRIBUTES" || page.projection)
        return Select::Specific;
    if (text == "ALL_PROJECTED_ATTRIBUTES" || (text.empty() && page.index))
        return Select::AllProjected;
    return Select::AllAttributes;
}

Result<> checkSelect(const JsonView& input, const PageRequest& page, std::string_view verb)
{
    const auto text = textOf(input, "Select");
    if (text == "SPECIFIC_ATTRIBUTES" && !page.projection) {
        return fail(errors::invalidParameters(
            "Must specify the AttributesToGet or ProjectionExpression when choosing "
            "to get SPECIFIC_ATTRIBUTES"));
    }
    if (page.projection && !text.empty() && text != "SPECIFIC_ATTRIBUTES") {
        const std::string given =
            input.member("AttributesToGet") ? "AttributesToGet" : "ProjectionExpression";
        return fail(errors::invalidParameters("Cannot specify the " + given + " when choosing to get "
            + (text == "COUNT" ? std::string("only the Count") : std::string(text))));
    }
    if (text == "ALL_PROJECTED_ATTRIBUTES" && !page.index) {
        return fail(errors::invalidParameters(
            "ALL_PROJECTED_ATTRIBUTES can be used only when " + std::string(verb) + " using an IndexName"));
    }
    return {};
}

}

// Attributes wanted beyond what an index holds: a local index fetches them from the table, a global one
// cannot.
Result<> planIndex(PageRequest& page)
{
    const auto& index = *page.index;
    if (page.consistent && index.global)
        return fail(errors::validation("Consistent reads are not supported on global secondary indexes"));
    if (index.projection == ProjectionType::All)
        return {};
    std::string missing;
    if (page.projection) {
        for (const auto& path : *page.projection) {
            const auto& name = path.front().name;
            if (!isProjected(name, *page.table, index))
                missing += (missing.empty() ? "" : ", ") + name;
        }
    }
    if (index.global && page.select == Select::AllAttributes) {
        return fail(errors::invalidParameters(
            "Select type ALL_ATTRIBUTES is not supported for global secondary index " + index.name
            + " because its projection type is not ALL"));
    }
    if (index.global && !missing.empty()) {
        return fail(errors::invalidParameters(
            "Global secondary index " + index.name + " does not project [" + missing + "]"));
    }
    page.fetchesFromTable = !index.global && (page.select == Select::AllAttributes || !missing.empty());
    return {};
}

Result<PageRequest> readPageRequest(
    const JsonView& input, TablePtr table, Expressions& expressions, std::string_view verb)
{
    PageRequest page;
    page.table = std::move(table);
    if (const auto name = textOf(input, "IndexName"); !name.empty()) {
        page.index = page.table->findIndex(name);
        if (!page.index)
            return fail(errors::indexNotFound(name));
        if (!page.index->servesReads(page.table->now()))
            return fail(errors::indexStillFilling(name));
    }
    page.consistent = flagOf(input, "ConsistentRead");
    page.filter = std::move(expressions.filter);
    page.projection = std::move(expressions.projection);
    page.capacity = returnCapacityOf(input);
    page.select = selectOf(input, page);
    if (const auto limit = input.member("Limit"))
        page.limit = static_cast<std::size_t>(limit->integer());
    CORE_CHECK(checkSelect(input, page, verb));
    if (page.index)
        CORE_CHECK(planIndex(page));
    return page;
}

Result<> checkFilterIsProjected(const PageRequest& page)
{
    if (!page.index || !page.filter)
        return {};
    std::set<std::string> heads;
    collectHeads(*page.filter, heads);
    std::string missing;
    for (const auto& head : heads) {
        if (!isProjected(head, *page.table, *page.index))
            missing += (missing.empty() ? "" : ", ") + head;
    }
    if (missing.empty())
        return {};
    return fail(errors::invalidParameters("Secondary index " + page.index->name
        + " does not project one or more filter attributes: [" + missing + "]"));
}

Result<std::optional<Attributes>> readStartKey(const JsonView& input)
{
    const auto json = input.member("ExclusiveStartKey");
    if (!json)
        return std::optional<Attributes>{};
    auto key = decodeAttributes(*json);
    if (key)
        return std::optional(std::move(*key));
    auto error = std::move(key).error();
    // Observed of AWS: mistakes in numbers and sets keep their bare message.
    const auto bare = [&](std::string_view words) { return error.message.find(words) != std::string::npos; };
    if (error.code == "ValidationException" && !bare("contains duplicates") && !bare("number set")
        && !bare("numeric value") && !bare("significant digits") && !bare("number with magnitude"))
        error = errors::invalidStartKey(error.message);
    return fail(std::move(error));
}

Result<std::string> startRow(const Attributes& startKey, const Table& table, const Index* index)
{
    std::size_t wanted = table.keys.hasRange() ? 2 : 1;
    if (index) {
        index->keys.each([&](const KeyAttribute& key, bool) {
            wanted += table.keys.contains(key.name) ? 0 : 1;
            return true;
        });
    }
    if (startKey.size() != wanted) {
        return fail(
            errors::invalidStartKey(index ? "" : "The provided key element does not match the schema"));
    }
    if (index) {
        Result<> checked;
        index->keys.each([&](const KeyAttribute& key, bool isHash) {
            checked = startKey.find(key.name) ? checkKeyAttribute(startKey, key, isHash)
                                              : Result<>(fail(errors::invalidStartKey()));
            return checked.has_value();
        });
        CORE_CHECK(checked);
    }
    if (auto checked = checkKey(keyOf(startKey, table), table); !checked)
        return fail(errors::invalidStartKey(checked.error().message));
    return index ? indexKey(startKey, table, *index).value_or("") : itemKey(startKey, table);
}

void continueBehind(PageRequest& page, const std::string& row)
{
    if (page.direction == store::Direction::Forward)
        page.range.from = std::max(page.range.from, row + '\0');
    else if (page.range.to.empty() || row < page.range.to)
        page.range.to = row;
}

PageResult walkPage(const PageRequest& page, store::Reader& reader, trace::SpanScope& span)
{
    PageWalk walk(page, reader);
    // A range whose end lies before its beginning is empty, and not every engine takes it for that.
    if (page.range.to.empty() || page.range.from < page.range.to)
        walk.walk();
    if (span.recording())
        span.step(walk.title(), walk.summary());
    walk.pay();
    return walk.result();
}

PageAnswer readAnswer(const PageRequest& page, store::Store& store, trace::SpanScope& span)
{
    const auto snapshot = store.read();
    ReadView view(*snapshot, *page.table, page.consistent, span);
    auto result = walkPage(page, view.reader(), span);
    PageAnswer answer;
    answer.consumed = std::move(result.consumed);
    auto& body = answer.body;
    body.reserve(result.items.size() + 256);
    body += '{';
    if (page.select != Select::Count) {
        body += "\"Items\":[";
        body += result.items;
        body += "],";
    }
    body +=
        "\"Count\":" + std::to_string(result.count) + ",\"ScannedCount\":" + std::to_string(result.scanned);
    if (result.lastKey) {
        body += ",\"LastEvaluatedKey\":";
        encode(body, *result.lastKey);
    }
    return answer;
}

aws::Reply replyWith(const PageRequest& page, std::string body, const ConsumedCapacity& consumed)
{
    aws::Reply reply;
    reply.body = std::move(body);
    if (page.capacity != ReturnCapacity::None) {
        reply.body += ",\"ConsumedCapacity\":";
        appendJson(reply.body, consumed, *page.table, page.capacity);
    }
    reply.body += '}';
    return reply;
}

aws::Reply readPage(const PageRequest& page, store::Store& store, trace::SpanScope& span)
{
    auto answer = readAnswer(page, store, span);
    return replyWith(page, std::move(answer.body), answer.consumed);
}

}
