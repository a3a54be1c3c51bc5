#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_write.h"
#include "core/dynamodb/update_eval.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

// An index key may be set to a value of its type alone, and not to an empty one.
Result<> checkIndexKeys(const Attributes& item, const Table& table)
{
    for (const auto& index : table.indexes) {
        for (const auto* key : {&index.keys.hash, &index.keys.range}) {
            const auto* value = key->name.empty() ? nullptr : item.find(key->name);
            if (!value)
                continue;
            if (value->type() != key->type) {
                return fail(errors::validation(
                    "The update expression attempted to update the secondary index key to unsupported type"));
            }
            if (key->type != AttributeType::N && value->text().empty())
                return fail(
                    errors::emptyIndexKeyUpdate(key->name, key->type == AttributeType::B, index.name));
        }
    }
    return {};
}

class UpdateItem final : public ItemWrite {
public:
    UpdateItem(aws::RequestContext& context, TablePtr table, const JsonView& input, std::string storeKey,
        std::optional<Condition> condition, UpdateExpression update, Attributes key)
        : ItemWrite(context, std::move(table), input, std::move(storeKey), std::move(condition))
        , m_update(std::move(update))
        , m_key(std::move(key))
    {
    }

private:
    Result<std::optional<ItemVersion>> replace(std::optional<ItemVersion>& before) override;
    std::string returned(std::optional<ItemVersion>& before, std::optional<ItemVersion>& after) override;
    std::string_view verb(bool existed) const override
    {
        return existed ? "updated the item" : "put a new item";
    }

    UpdateExpression m_update;
    Attributes m_key;
};

Result<std::optional<ItemVersion>> UpdateItem::replace(std::optional<ItemVersion>& before)
{
    CORE_TRY(auto item, applyUpdate(m_update, before ? before->attributes() : m_key));
    CORE_CHECK(checkIndexKeys(item, table()));
    CORE_CHECK(checkDepth(item));
    ItemVersion after;
    after.size = storedSize(item);
    if (after.size > kMaxItemBytes)
        return fail(errors::updatedItemTooLarge());
    after.text = encoded(item);
    after.tree = std::move(item);
    return std::optional(std::move(after));
}

std::string UpdateItem::returned(std::optional<ItemVersion>& before, std::optional<ItemVersion>& after)
{
    switch (returnValues()) {
    case ReturnValues::AllOld:
        return before ? before->text : std::string{};
    case ReturnValues::AllNew:
        return after->text;
    case ReturnValues::UpdatedOld:
    case ReturnValues::UpdatedNew: {
        auto& version = returnValues() == ReturnValues::UpdatedOld ? before : after;
        if (!version)
            return {};
        const auto parts = updatedParts(m_update, version->attributes());
        return parts.empty() ? std::string{} : encoded(parts);
    }
    case ReturnValues::None:
        break;
    }
    return {};
}

std::optional<AttributeType> literalType(const UpdateAction& action)
{
    if (action.kind == UpdateAction::Kind::Remove || !action.value.isValue())
        return std::nullopt;
    return action.value.value.type();
}

Result<> checkIndexTarget(const UpdateAction& action, const KeyAttribute& key, const Index& index)
{
    if (key.name.empty() || action.path.front().name != key.name)
        return {};
    if (action.path.size() > 1) {
        return fail(errors::validation(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are "
            "not allowed: IndexKey: "
            + key.name));
    }
    const auto type = literalType(action);
    if (type && *type != key.type)
        return fail(errors::indexKeyTypeMismatch(key.name, typeName(key.type), typeName(*type), index.name));
    return {};
}

// What an update may not do to keys shows before the item is read.
Result<> checkTargets(const UpdateExpression& update, const Table& table)
{
    for (const auto* key : {&table.keys.hash, &table.keys.range}) {
        for (const auto& action : update.actions) {
            if (!key->name.empty() && action.path.front().name == key->name) {
                return fail(errors::invalidParameters(
                    "Cannot update attribute " + key->name + ". This attribute is part of the key"));
            }
        }
    }
    for (const auto& index : table.indexes) {
        for (const auto& action : update.actions) {
            CORE_CHECK(checkIndexTarget(action, index.keys.hash, index));
            CORE_CHECK(checkIndexTarget(action, index.keys.range, index));
        }
    }
    return {};
}

}

Result<aws::Outcome> updateItem(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_CHECK(checkExpressionUse(input, kUpdateExpressions));
    CORE_TRY(auto key, readKey(input, "Key"));
    CORE_TRY(auto expressions, parseExpressions(input, kUpdateExpressions));
    auto update = expressions.update ? std::move(*expressions.update) : UpdateExpression{};
    CORE_TRY(auto table, findTable(service, context, textOf(input, "TableName")));
    CORE_CHECK(checkKey(key, *table));
    CORE_CHECK(checkTargets(update, *table));
    auto storeKey = itemKey(key, *table);
    return std::make_unique<UpdateItem>(context, std::move(table), input, std::move(storeKey),
        std::move(expressions.condition), std::move(update), std::move(key));
}

}
