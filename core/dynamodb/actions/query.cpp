#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/condition_parser.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/legacy_parameters.h"
#include "core/dynamodb/page_reader.h"
#include "core/dynamodb/throttling.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

// The key conditions of a query, in the order of the schema.
struct QueryKeys {
    std::vector<const KeyCondition*> hashes;
    std::vector<const KeyCondition*> ranges; // equalities, but for the last one
};

const KeyCondition* conditionOn(const std::vector<KeyCondition>& conditions, const KeyAttribute& key)
{
    for (const auto& condition : conditions) {
        if (condition.attribute == key.name)
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

Result<std::vector<const KeyCondition*>> hashConditions(
    const std::vector<KeyCondition>& conditions, const KeySchema& keys)
{
    std::vector<const KeyCondition*> found;
    for (const auto* key : keys.hashes()) {
        found.push_back(conditionOn(conditions, *key));
        if (!found.back())
            return fail(errors::missingKeyCondition(key->name));
        CORE_CHECK(checkType(*found.back(), *key));
        const auto kind = found.back()->kind;
        if (kind != KeyCondition::Kind::Equal && kind != KeyCondition::Kind::Other)
            return fail(errors::validation("Query key condition not supported"));
    }
    return found;
}

// Sort keys are given from the left, without a gap; only the last one may be other than equal.
Result<std::vector<const KeyCondition*>> rangeConditions(
    const std::vector<KeyCondition>& conditions, const KeySchema& keys)
{
    const auto ranges = keys.ranges();
    std::vector<const KeyCondition*> found;
    std::size_t given = 0; // up to the last one with a condition
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        found.push_back(conditionOn(conditions, *ranges[i]));
        if (found.back())
            given = i + 1;
    }
    found.resize(given);
    std::string wanting;
    for (std::size_t i = 0; i + 1 < given; ++i) {
        if (!found[i] || found[i]->kind != KeyCondition::Kind::Equal)
            wanting += (wanting.empty() ? "" : ", ") + ranges[i]->name;
    }
    if (!wanting.empty())
        return fail(errors::rangeEqualityMissing(wanting, ranges[given - 1]->name));
    for (std::size_t i = 0; i < given; ++i)
        CORE_CHECK(checkType(*found[i], *ranges[i]));
    return found;
}

Result<> checkAllAreKeys(const std::vector<KeyCondition>& conditions, const KeySchema& keys)
{
    for (const auto& condition : conditions) {
        if (keys.contains(condition.attribute))
            continue;
        for (const auto* key : keys.ranges()) {
            if (!conditionOn(conditions, *key))
                return fail(errors::missingKeyCondition(key->name));
        }
    }
    return {};
}

Result<QueryKeys> queryKeys(const std::vector<KeyCondition>& conditions, const KeySchema& keys)
{
    constexpr std::size_t kUsual = 2;
    if (conditions.size() > std::max(kUsual, keys.size()))
        return fail(errors::tooManyKeyConditions(conditions.size(), keys.size()));
    if (conditions.size() > keys.size())
        return fail(errors::validation("Query key condition not supported"));
    QueryKeys result;
    CORE_TRY(result.hashes, hashConditions(conditions, keys));
    CORE_CHECK(checkAllAreKeys(conditions, keys));
    for (const auto& condition : conditions) {
        if (condition.kind == KeyCondition::Kind::Other) {
            return fail(errors::validation("Attempted conditional constraint is not an indexable operation"));
        }
    }
    CORE_TRY(result.ranges, rangeConditions(conditions, keys));
    for (const auto* condition : result.hashes) {
        const auto& value = condition->values.front();
        if (value.type() != AttributeType::N && value.text().empty())
            return fail(errors::emptyKey(condition->attribute, value.type() == AttributeType::B));
    }
    return result;
}

store::Range rowsOf(const QueryKeys& query)
{
    std::vector<const AttributeValue*> partition;
    for (const auto* condition : query.hashes)
        partition.push_back(&condition->values.front());
    auto prefix = keys::partition(partition);
    for (std::size_t i = 0; i + 1 < query.ranges.size(); ++i)
        keys::append(prefix, query.ranges[i]->values.front());
    return rowsMatching(prefix, query.ranges.empty() ? nullptr : query.ranges.back());
}

Result<> checkStartKey(const Attributes& startKey, const QueryKeys& query)
{
    const auto holds = [&](const KeyCondition* condition) {
        const auto* value = startKey.find(condition->attribute);
        return value && matches(*condition, *value);
    };
    const bool samePartition = std::all_of(query.hashes.begin(), query.hashes.end(), holds);
    if (query.ranges.empty()) {
        if (samePartition)
            return {};
        return fail(errors::validation(
            "The provided starting key is outside query boundaries based on provided conditions"));
    }
    if (!std::all_of(query.ranges.begin(), query.ranges.end(), holds))
        return fail(errors::validation("The provided starting key does not match the range key predicate"));
    if (!samePartition)
        return fail(errors::validation("The query can return at most one row and cannot be restarted"));
    return {};
}

std::string described(const QueryKeys& query)
{
    std::string text;
    for (const auto* list : {&query.hashes, &query.ranges}) {
        for (const auto* condition : *list)
            text += (text.empty() ? "" : ", ") + dynamodb::described(*condition);
    }
    return text;
}

Result<> checkFilter(const std::optional<Condition>& filter, const KeySchema& keys, bool legacy)
{
    Result<> result;
    keys.each([&](const KeyAttribute& key, bool) {
        if (filter && pathUse(*filter, key.name).asHead) {
            result = fail(errors::validation((legacy ? "QueryFilter" : "Filter Expression")
                + std::string(" can only contain non-primary key attributes: Primary key attribute: ")
                + key.name));
        }
        return result.has_value();
    });
    return result;
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
    page.range = rowsOf(conditions);
    if (startKey) {
        CORE_TRY(const auto row, startRow(*startKey, *page.table, page.index));
        CORE_CHECK(checkStartKey(*startKey, conditions));
        continueBehind(page, row);
    }
    CORE_CHECK(checkFilter(page.filter, keys, input.member("QueryFilter").has_value()));
    CORE_CHECK(checkFilterIsProjected(page));
    if (context.span.recording()) {
        context.span.step("key condition", described(conditions));
    }
    return page;
}

}
