#include "core/dynamodb/item_update.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/update_eval.h"

#include <algorithm>
#include <set>

namespace core::dynamodb {

namespace {

using Kind = UpdateAction::Kind;

// AWS names the index that comes first in the alphabet.
std::vector<const Index*> indexesByName(const Table& table)
{
    std::vector<const Index*> indexes;
    for (const auto& index : table.indexes)
        indexes.push_back(&index);
    std::sort(indexes.begin(), indexes.end(),
        [](const Index* one, const Index* two) { return one->name < two->name; });
    return indexes;
}

Result<> checkIndexKey(const Attributes& item, const KeyAttribute& key, const Index& index)
{
    const auto* value = item.find(key.name);
    if (!value)
        return {};
    if (value->type() != key.type) {
        return fail(errors::validation(
            "The update expression attempted to update the secondary index key to unsupported type"));
    }
    if (key.type != AttributeType::N && value->text().empty())
        return fail(errors::emptyIndexKeyUpdate(key.name, key.type == AttributeType::B, index.name));
    return {};
}

// An index key may be set to a value of its type alone, and not to an empty one.
Result<> checkIndexKeys(const Attributes& item, const Table& table)
{
    for (const auto* index : indexesByName(table)) {
        Result<> result;
        index->keys.each([&](const KeyAttribute& key, bool) {
            result = checkIndexKey(item, key, *index);
            return result.has_value();
        });
        CORE_CHECK(result);
    }
    return {};
}

const AttributeValue* literalOf(const UpdateAction& action)
{
    return action.kind != Kind::Remove && action.value.isValue() ? &action.value.value : nullptr;
}

Result<> checkIndexTarget(const UpdateAction& action, const KeyAttribute& key, const Index& index)
{
    if (action.path.front().name != key.name)
        return {};
    if (action.path.size() > 1) {
        return fail(errors::validation(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are "
            "not allowed: IndexKey: "
            + key.name));
    }
    const auto* literal = literalOf(action);
    if (literal && literal->type() != key.type) {
        return fail(errors::indexKeyTypeMismatch(
            key.name, typeName(key.type), typeName(literal->type()), index.name));
    }
    return {};
}

// Observed of AWS (us-east-1, eu-west-2): UpdateItem alone measures what its clauses write, name and value of
// each attribute, plus 3 bytes, 19 for each SET or ADD (20 into a list) and 2 for each REMOVE or DELETE.
std::size_t writtenSize(const UpdateExpression& update, const Attributes& after)
{
    constexpr std::size_t kUpdate = 3;
    constexpr std::size_t kWrite = 19;
    constexpr std::size_t kTake = 2;
    std::size_t size = kUpdate;
    std::set<std::string_view> written;
    for (const auto& action : update.actions) {
        const bool writes = action.kind == Kind::Set || action.kind == Kind::Add;
        size += writes ? kWrite : kTake;
        if (!writes)
            continue;
        size += action.path.back().index ? 1U : 0U;
        written.insert(action.path.front().name);
    }
    for (const auto& name : written) {
        if (const auto* value = after.find(name))
            size += name.size() + value->storedSize();
    }
    return size;
}

// An update of nothing makes an item, one that only removes does not.
bool onlyTakesAway(const UpdateExpression& update)
{
    return !update.actions.empty()
        && std::all_of(update.actions.begin(), update.actions.end(), [](const UpdateAction& action) {
               return action.kind == Kind::Remove || action.kind == Kind::Delete;
           });
}

}

Result<> checkUpdateTargets(const UpdateExpression& update, const Table& table)
{
    for (const auto* key : {&table.keys.hash, &table.keys.range}) {
        for (const auto& action : update.actions) {
            if (!key->name.empty() && action.path.front().name == key->name) {
                return fail(errors::invalidParameters(
                    "Cannot update attribute " + key->name + ". This attribute is part of the key"));
            }
        }
    }
    for (const auto* index : indexesByName(table)) {
        for (const auto& action : update.actions) {
            Result<> result;
            index->keys.each([&](const KeyAttribute& key, bool) {
                result = checkIndexTarget(action, key, *index);
                return result.has_value();
            });
            CORE_CHECK(result);
        }
    }
    return {};
}

Result<> checkEmptyIndexKeys(const UpdateExpression& update, const Table& table)
{
    for (const auto& index : table.indexes) {
        for (const auto& action : update.actions) {
            const auto* literal = literalOf(action);
            const bool text =
                literal && (literal->type() == AttributeType::S || literal->type() == AttributeType::B);
            if (text && literal->text().empty() && action.path.size() == 1
                && index.keys.contains(action.path.front().name))
                return fail(errors::emptyIndexKeyInTransaction(literal->type() == AttributeType::B));
        }
    }
    return {};
}

Result<std::optional<ItemVersion>> updatedVersion(const UpdateExpression& update,
    std::optional<ItemVersion>& before, const Attributes& key, const Table& table, UpdateMeasure measure)
{
    CORE_TRY(auto item, applyUpdate(update, before ? before->attributes() : key));
    CORE_CHECK(checkIndexKeys(item, table));
    CORE_CHECK(checkDepth(item));
    if (!before && onlyTakesAway(update))
        return std::optional<ItemVersion>{};
    ItemVersion after;
    after.size = storedSize(item);
    if (after.size > kMaxItemBytes)
        return fail(errors::updatedItemTooLarge());
    // Far from the limit there is nothing to measure.
    if (measure == UpdateMeasure::Written && after.size > kMaxItemBytes / 2
        && writtenSize(update, item) > kMaxItemBytes)
        return fail(errors::updatedItemTooLarge());
    after.text = encoded(item);
    after.tree = std::move(item);
    return std::optional(std::move(after));
}

}
