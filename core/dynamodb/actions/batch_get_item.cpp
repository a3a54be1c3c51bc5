#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_source.h"
#include "core/dynamodb/legacy_parameters.h"
#include "core/dynamodb/projection.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/throttling.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr std::size_t kMaxKeys = 100;
constexpr std::size_t kMaxAnswerBytes = 16 * 1024 * 1024;

// What is wanted of one table.
struct TableReads {
    std::string name; // as given
    JsonView json;
    TablePtr table;
    std::vector<Attributes> keys;
    std::vector<std::string> rows;
    std::optional<std::vector<Path>> projection;
    bool consistent = false;
    ConsumedCapacity consumed;
    std::string items;
    std::vector<std::size_t> left; // keys that no longer fit or were throttled
    std::optional<Error> throttled; // the last one
};

Result<TableReads> readRequest(std::string_view name, const JsonView& json, std::size_t& total)
{
    TableReads reads;
    reads.name = std::string(name);
    reads.json = json;
    CORE_CHECK(checkExpressionUse(json, kProjectionOnly));
    CORE_TRY(auto legacy, parseLegacy(json));
    CORE_TRY(auto expressions, parseExpressions(json, kProjectionOnly, std::move(legacy)));
    reads.projection = std::move(expressions.projection);
    reads.consistent = flagOf(json, "ConsistentRead");
    std::optional<Error> error;
    json.member("Keys")->eachElement([&](JsonView element) {
        auto key = decodeAttributes(element);
        if (!key)
            error = std::move(key).error();
        else if (++total > kMaxKeys)
            error = errors::validation("Too many items requested for the BatchGetItem call");
        else
            reads.keys.push_back(std::move(*key));
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    for (std::size_t i = 0; i < reads.keys.size(); ++i) {
        if (std::find(reads.keys.begin(), reads.keys.begin() + static_cast<std::ptrdiff_t>(i), reads.keys[i])
            != reads.keys.begin() + static_cast<std::ptrdiff_t>(i))
            return fail(errors::validation("Provided list of item keys contains duplicates"));
    }
    return reads;
}

Result<> resolve(TableReads& reads, DynamoDbService& service, aws::RequestContext& context)
{
    CORE_TRY(reads.table, findTable(service, context, reads.name));
    for (const auto& key : reads.keys) {
        CORE_CHECK(checkKey(key, *reads.table));
        reads.rows.push_back(itemKey(key, *reads.table));
    }
    return {};
}

void read(TableReads& reads, ItemSource& items, std::size_t& bytes)
{
    for (std::size_t i = 0; i < reads.rows.size(); ++i) {
        if (bytes >= kMaxAnswerBytes) {
            reads.left.push_back(i);
            continue;
        }
        auto found = items.find(reads.table, reads.rows[i], reads.keys[i], reads.consistent);
        if (!found) {
            reads.throttled = std::move(found).error();
            reads.left.push_back(i);
            continue;
        }
        const auto& text = found->text;
        const auto size = text ? sizeOfStored(*text) : 0;
        if (bytes + size > kMaxAnswerBytes && bytes > 0) {
            reads.left.push_back(i);
            bytes = kMaxAnswerBytes;
            continue;
        }
        if (found->charged) {
            const auto units = readUnits(size, reads.consistent);
            spendRead(reads.table, reads.rows[i], units);
            reads.consumed.table += units;
        }
        bytes += size;
        if (!text)
            continue;
        reads.items += reads.items.empty() ? "" : ",";
        if (reads.projection)
            encode(reads.items, project(*reads.projection, decodeStored(*text)));
        else
            reads.items += *text;
    }
}

// A batch of which nothing could be done fails as a single request does.
Result<> checkAnyRead(const std::vector<TableReads>& all)
{
    for (const auto& reads : all) {
        if (reads.left.size() < reads.rows.size() || !reads.throttled)
            return {};
    }
    return fail(*all.front().throttled);
}

// AWS refuses to read one table by an expression and another one by the older parameter.
Result<> checkNotMixed(const std::vector<TableReads>& all)
{
    const auto given = [&all](std::string_view member) {
        return std::any_of(all.begin(), all.end(),
            [&](const TableReads& one) { return one.json.member(member).has_value(); });
    };
    if (given("AttributesToGet") && given("ProjectionExpression"))
        return fail(errors::mixedParameters("AttributesToGet", "ProjectionExpression"));
    return {};
}

// The request again for the keys that did not fit.
void appendLeft(std::string& out, const TableReads& reads)
{
    appendJsonString(out, reads.name);
    out += ":{\"Keys\":[";
    for (std::size_t i = 0; i < reads.left.size(); ++i) {
        out += i > 0 ? "," : "";
        encode(out, reads.keys[reads.left[i]]);
    }
    out += ']';
    for (const auto* member :
        {"AttributesToGet", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames"}) {
        if (const auto value = reads.json.member(member))
            out += ",\"" + std::string(member) + "\":" + value->json();
    }
    out += '}';
}

std::string answer(const std::vector<TableReads>& all, ReturnCapacity capacity)
{
    std::string responses;
    std::string left;
    std::string consumed;
    for (const auto& reads : all) {
        responses += responses.empty() ? "" : ",";
        appendJsonString(responses, reads.name);
        responses += ":[" + reads.items + "]";
        if (!reads.left.empty()) {
            left += left.empty() ? "" : ",";
            appendLeft(left, reads);
        }
        if (capacity != ReturnCapacity::None) {
            consumed += consumed.empty() ? "" : ",";
            appendJson(consumed, reads.consumed, *reads.table, capacity);
        }
    }
    auto body = "{\"Responses\":{" + responses + "},\"UnprocessedKeys\":{" + left + "}";
    if (capacity != ReturnCapacity::None)
        body += ",\"ConsumedCapacity\":[" + consumed + "]";
    return body + "}";
}

}

Result<aws::Outcome> batchGetItem(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    StoredItems items(service.store(), context.span);
    items.holdSnapshot();
    return batchGetItemFrom(items, service, context, request);
}

Result<aws::Outcome> batchGetItemFrom(
    ItemSource& items, DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    std::vector<TableReads> all;
    std::optional<Error> error;
    std::size_t total = 0;
    CORE_CHECK(checkTableNames(*input.member("RequestItems")));
    input.member("RequestItems")->eachMember([&](std::string_view name, JsonView json) {
        auto reads = readRequest(name, json, total);
        if (reads)
            all.push_back(std::move(*reads));
        else
            error = std::move(reads).error();
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    if (all.empty())
        return fail(errors::validation("The requestItems parameter is required for BatchGetItem"));
    CORE_CHECK(checkNotMixed(all));
    for (auto& reads : all)
        CORE_CHECK(resolve(reads, service, context));
    std::size_t bytes = 0;
    for (auto& reads : all)
        read(reads, items, bytes);
    CORE_CHECK(checkAnyRead(all));
    if (context.span.recording())
        context.span.step("looked up " + counted(total, "key"), "in " + counted(all.size(), "table"));
    aws::Reply reply;
    reply.body = answer(all, returnCapacityOf(input));
    return reply;
}

}
