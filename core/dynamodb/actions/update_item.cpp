#include "core/dynamodb/actions.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_update.h"
#include "core/dynamodb/item_write.h"
#include "core/dynamodb/legacy_parameters.h"
#include "core/dynamodb/update_eval.h"

namespace core::dynamodb {

namespace {

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
    return updatedVersion(m_update, before, m_key, table(), UpdateMeasure::Written);
}

std::string UpdateItem::returned(std::optional<ItemVersion>& before, std::optional<ItemVersion>& after)
{
    switch (returnValues()) {
    case ReturnValues::AllOld:
        return before ? before->text : std::string{};
    case ReturnValues::AllNew:
        return after ? after->text : std::string{};
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

}

Result<aws::Outcome> updateItem(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_CHECK(checkExpressionUse(input, kUpdateExpressions));
    CORE_TRY(auto key, readKey(input, "Key"));
    CORE_TRY(auto legacy, parseLegacy(input));
    CORE_TRY(auto expressions, parseExpressions(input, kUpdateExpressions, std::move(legacy)));
    auto update = expressions.update ? std::move(*expressions.update) : UpdateExpression{};
    CORE_TRY(auto table, findTable(service, context, textOf(input, "TableName")));
    CORE_CHECK(checkKey(key, *table));
    CORE_CHECK(checkUpdateTargets(update, *table));
    auto storeKey = itemKey(key, *table);
    return std::make_unique<UpdateItem>(context, std::move(table), input, std::move(storeKey),
        std::move(expressions.condition), std::move(update), std::move(key));
}

}
