#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/projection.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/throttling.h"
#include "core/dynamodb/transaction.h"

#include <set>

namespace core::dynamodb {

namespace {

struct Get {
    std::string_view tableName;
    TablePtr table;
    Attributes key;
    std::optional<std::vector<Path>> projection;
    std::string row;
};

Result<Get> readGet(const JsonView& json)
{
    Get get;
    get.tableName = textOf(json, "TableName");
    CORE_CHECK(checkExpressionUse(json, kProjectionOnly));
    CORE_TRY(get.key, readKey(json, "Key"));
    CORE_TRY(auto expressions, parseExpressions(json, kProjectionOnly));
    get.projection = std::move(expressions.projection);
    return get;
}

Result<std::vector<Get>> readGets(const JsonView& items)
{
    std::vector<Get> gets;
    std::optional<Error> error;
    items.eachElement([&](JsonView json) {
        auto get = readGet(*json.member("Get"));
        if (get)
            gets.push_back(std::move(*get));
        else
            error = std::move(get).error();
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    return gets;
}

Result<> checkGets(std::vector<Get>& gets)
{
    for (const auto& get : gets)
        CORE_CHECK(checkNoEmptyKeys(get.key, *get.table));
    std::vector<CancellationReason> reasons(gets.size());
    for (std::size_t i = 0; i < gets.size(); ++i) {
        if (const auto fits = checkKey(gets[i].key, *gets[i].table); !fits) {
            reasons[i] = reasonOf(fits.error());
            return fail(transactionCancelled(reasons));
        }
    }
    std::set<std::pair<std::string_view, std::string>> rows;
    for (auto& get : gets) {
        get.row = itemKey(get.key, *get.table);
        if (!rows.emplace(get.table->keyspace, get.row).second)
            return fail(errors::sameItemTwice());
    }
    return {};
}

Result<> admitAll(const std::vector<Get>& gets, trace::SpanScope& span)
{
    std::vector<CancellationReason> reasons(gets.size());
    bool throttled = false;
    for (std::size_t i = 0; i < gets.size(); ++i) {
        if (const auto admitted = admitRead(gets[i].table, gets[i].row, span); !admitted) {
            reasons[i] = reasonOf(admitted.error());
            throttled = true;
        }
    }
    if (throttled)
        return fail(transactionCancelled(reasons));
    return {};
}

}

Result<aws::Outcome> transactGetItems(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_TRY(auto gets, readGets(*input.member("TransactItems")));
    for (auto& get : gets) {
        CORE_TRY(get.table, findTable(service, context, get.tableName));
    }
    CORE_CHECK(checkGets(gets));
    CORE_CHECK(admitAll(gets, context.span));

    const auto reader = service.store().read(); // one moment for all
    std::vector<TableUnits> units;
    std::string responses;
    std::size_t bytes = 0;
    for (const auto& get : gets) {
        const auto text = reader->get(get.table->keyspace, get.row);
        const auto size = text ? sizeOfStored(*text) : 0;
        bytes += size;
        const auto read = readUnits(size, true) * kTransactionFactor;
        spendRead(get.table, get.row, read);
        unitsOf(units, get.table).table += read;
        responses += responses.empty() ? "{" : ",{";
        if (text) {
            responses += "\"Item\":";
            if (get.projection)
                encode(responses, project(*get.projection, decodeStored(*text)));
            else
                responses += *text;
        }
        responses += '}';
    }
    if (bytes > kMaxTransactionBytes)
        return fail(errors::transactionTooLarge(bytes));
    if (context.span.recording())
        context.span.step("read " + counted(gets.size(), "item") + " at one moment",
            "from " + counted(units.size(), "table"));
    aws::Reply reply;
    reply.body = "{\"Responses\":[" + responses + "]";
    if (const auto detail = returnCapacityOf(input); detail != ReturnCapacity::None) {
        reply.body += ',';
        appendTransactionCapacity(reply.body, units, "Read", detail);
    }
    reply.body += '}';
    return reply;
}

}
