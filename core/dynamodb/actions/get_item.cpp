#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_source.h"
#include "core/dynamodb/legacy_parameters.h"
#include "core/dynamodb/projection.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/throttling.h"

namespace core::dynamodb {

Result<aws::Outcome> getItem(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    StoredItems items(service.store(), context.span);
    return getItemFrom(items, service, context, request);
}

Result<aws::Outcome> getItemFrom(
    ItemSource& items, DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_CHECK(checkExpressionUse(input, kProjectionOnly));
    CORE_TRY(const auto key, readKey(input, "Key"));
    CORE_TRY(auto legacy, parseLegacy(input));
    CORE_TRY(const auto expressions, parseExpressions(input, kProjectionOnly, std::move(legacy)));
    CORE_TRY(const auto table, findTable(service, context, textOf(input, "TableName")));
    CORE_CHECK(checkKey(key, *table));
    const auto row = itemKey(key, *table);
    const bool consistent = flagOf(input, "ConsistentRead");
    CORE_TRY(const auto found, items.find(table, row, key, consistent));
    const auto& text = found.text;
    if (found.charged && isMetered(*table))
        spendRead(table, row, readUnits(text ? sizeOfStored(*text) : 0, consistent));
    if (context.span.recording())
        context.span.step(text ? "found by primary key" : "no item has this key", keyText(key, *table));

    aws::Reply reply;
    auto& body = reply.body;
    body.reserve((text ? text->size() : 0) + 128);
    body += '{';
    if (text) {
        body += "\"Item\":";
        if (expressions.projection)
            encode(body, project(*expressions.projection, decodeStored(*text)));
        else
            body += *text;
    }
    if (const auto detail = returnCapacityOf(input); detail != ReturnCapacity::None) {
        ConsumedCapacity consumed;
        if (found.charged)
            consumed.table = readUnits(text ? sizeOfStored(*text) : 0, consistent);
        body += text ? ",\"ConsumedCapacity\":" : "\"ConsumedCapacity\":";
        appendJson(body, consumed, *table, detail);
    }
    body += '}';
    return reply;
}

}
