#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_write.h"
#include "core/dynamodb/legacy_parameters.h"

namespace core::dynamodb {

namespace {

class DeleteItem final : public ItemWrite {
public:
    using ItemWrite::ItemWrite;

private:
    Result<std::optional<ItemVersion>> replace(std::optional<ItemVersion>& /*before*/) override
    {
        return std::optional<ItemVersion>{};
    }
    std::string_view verb(bool existed) const override
    {
        return existed ? "deleted the item" : "no item has this key";
    }
};

}

Result<aws::Outcome> deleteItem(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_CHECK(checkExpressionUse(input, kConditionOnly));
    CORE_TRY(const auto key, readKey(input, "Key"));
    const auto returned = returnValuesOf(input);
    if (returned != ReturnValues::None && returned != ReturnValues::AllOld)
        return fail(errors::validation("ReturnValues can only be ALL_OLD or NONE"));
    CORE_TRY(auto legacy, parseLegacy(input));
    CORE_TRY(auto expressions, parseExpressions(input, kConditionOnly, std::move(legacy)));
    CORE_TRY(auto table, findTable(service, context, textOf(input, "TableName")));
    CORE_CHECK(checkKey(key, *table));
    auto storeKey = itemKey(key, *table);
    return std::make_unique<DeleteItem>(
        context, std::move(table), input, std::move(storeKey), std::move(expressions.condition));
}

}
