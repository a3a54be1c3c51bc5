#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/condition_parser.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/legacy_parameters.h"
#include "core/dynamodb/page_reader.h"
#include "core/dynamodb/throttling.h"

namespace core::dynamodb {

namespace {

// The key conditions of a query, sorted into their places.
struct QueryKeys {
    const KeyCondition* hash = nullptr;
    const KeyCondition* range = nullptr;
};

const KeyCondition* conditionOn(const std::vector<KeyCondition>& conditions, const KeyAttribute& key)
{
    for (const auto& condition : conditions) {
        if (!key.name.empty() && condition.attribute == key.name)
            return &condition;
    }
    return nullptr;
}

Result<> checkType(const KeyCondition& condition, const KeyAttribute& key)
{
    for (const auto& value : condition.values) {
        if (value.type() != key.type)
            return fail(errors::invalidParameters("Condition parameter type does not match schema type"));
    }
    return {};
}

Result<QueryKeys> queryKeys(const std::vector<KeyCondition>& conditions, const KeySchema& keys)
{
    const QueryKeys result{conditionOn(conditions, keys.hash), conditionOn(conditions, keys.range)};
    if (!keys.hasRange() && conditions.size() > 1)
        return fail(errors::validation("Query key condition not supported"));
    if (!result.hash)
        return fail(errors::validation("Query condition missed key schema element: " + keys.hash.name));
    CORE_CHECK(checkType(*result.hash, keys.hash));
    if (result.hash->kind != KeyCondition::Kind::Equal && result.hash->kind != KeyCondition::Kind::Other)
        return fail(errors::validation("Query key condition not supported"));
    if (conditions.size() > 1 && !result.range)
        return fail(errors::validation("Query condition missed key schema element: " + keys.range.name));
    for (const auto& condition : conditions) {
        if (condition.kind == KeyCondition::Kind::Other) {
            return fail(errors::validation("Attempted conditional constraint is not an indexable operation"));
        }
    }
    if (result.range)
        CORE_CHECK(checkType(*result.range, keys.range));
    const auto& value = result.hash->values.front();
    if (value.type() != AttributeType::N && value.text().empty())
        return fail(errors::emptyKey(result.hash->attribute, value.type() == AttributeType::B));
    return result;
}

Result<> checkStartKey(const Attributes& startKey, const QueryKeys& query, const KeySchema& keys)
{
    const auto* hash = startKey.find(keys.hash.name);
    const bool samePartition = hash && *hash == query.hash->values.front();
    if (!query.range) {
        if (samePartition)
            return {};
        return fail(errors::validation(
            "The provided starting key is outside query boundaries based on provided conditions"));
    }
    const auto* range = startKey.find(keys.range.name);
    if (!range || !matches(*query.range, *range))
        return fail(errors::validation("The provided starting key does not match the range key predicate"));
    if (!samePartition)
        return fail(errors::validation("The query can return at most one row and cannot be restarted"));
    return {};
}

Result<> checkFilter(const std::optional<Condition>& filter, const KeySchema& keys, bool legacy)
{
    for (const auto* key : {&keys.hash, &keys.range}) {
        if (filter && !key->name.empty() && pathUse(*filter, key->name).asHead) {
            return fail(errors::validation((legacy ? "QueryFilter" : "Filter Expression")
                + std::string(" can only contain non-primary key attributes: Primary key attribute: ")
                + key->name));
        }
    }
    return {};
}

}

Result<aws::Outcome> query(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto page, planQuery(service, context, inputOf(request)));
    CORE_CHECK(admitPage(page, context.span));
    return readPage(page, service.store(), context.span);
}

Result<PageRequest> planQuery(DynamoDbService& service, aws::RequestContext& context, const JsonView& input)
{
    CORE_CHECK(checkExpressionUse(input, kQueryExpressions));
    CORE_TRY(auto legacy, parseLegacy(input));
    CORE_TRY(const auto startKey, readStartKey(input));
    if (!input.member("KeyConditionExpression") && !input.member("KeyConditions")) {
        return fail(errors::validation("Either the KeyConditions or KeyConditionExpression parameter must be "
                                       "specified in the request."));
    }
    CORE_TRY(auto expressions, parseExpressions(input, kQueryExpressions, std::move(legacy)));
    if (!expressions.keyConditions) {
        CORE_TRY(expressions.keyConditions, legacyKeyConditions(input));
    }
    CORE_TRY(auto table, findTable(service, context, textOf(input, "TableName")));
    CORE_TRY(auto page, readPageRequest(input, std::move(table), expressions, "Querying"));
    const auto& keys = page.index ? page.index->keys : page.table->keys;
    CORE_TRY(const auto conditions, queryKeys(*expressions.keyConditions, keys));
    const auto forward = input.member("ScanIndexForward");
    page.direction = forward && !forward->boolean() ? store::Direction::Backward : store::Direction::Forward;
    page.range = rowsMatching(conditions.hash->values.front(), conditions.range);
    if (startKey) {
        CORE_TRY(const auto row, startRow(*startKey, *page.table, page.index));
        CORE_CHECK(checkStartKey(*startKey, conditions, keys));
        continueBehind(page, row);
    }
    CORE_CHECK(checkFilter(page.filter, keys, input.member("QueryFilter").has_value()));
    CORE_CHECK(checkFilterIsProjected(page));
    if (context.span.recording()) {
        context.span.step("key condition",
            described(*conditions.hash) + (conditions.range ? ", " + described(*conditions.range) : ""));
    }
    return page;
}

}
