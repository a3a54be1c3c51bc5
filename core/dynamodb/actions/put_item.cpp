#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_write.h"
#include "core/dynamodb/legacy_parameters.h"

namespace core::dynamodb {

namespace {

class PutItem final : public ItemWrite {
public:
    PutItem(aws::RequestContext& context, TablePtr table, const JsonView& input, std::string key,
        std::optional<Condition> condition, ItemVersion item)
        : ItemWrite(context, std::move(table), input, std::move(key), std::move(condition))
        , m_item(std::move(item))
    {
    }

private:
    Result<std::optional<ItemVersion>> replace(std::optional<ItemVersion>& /*before*/) override
    {
        return std::optional(std::move(m_item));
    }
    std::string_view verb(bool existed) const override
    {
        return existed ? "replaced the item" : "put a new item";
    }

    ItemVersion m_item;
};

}

Result<aws::Outcome> putItem(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_CHECK(checkExpressionUse(input, kConditionOnly));
    CORE_TRY(auto item, readKey(input, "Item"));
    const auto returned = returnValuesOf(input);
    if (returned != ReturnValues::None && returned != ReturnValues::AllOld)
        return fail(errors::validation("ReturnValues can only be ALL_OLD or NONE"));
    ItemVersion version;
    version.size = storedSize(item);
    if (version.size > kMaxItemBytes)
        return fail(errors::itemTooLarge());
    CORE_TRY(auto legacy, parseLegacy(input));
    CORE_TRY(auto expressions, parseExpressions(input, kConditionOnly, std::move(legacy)));
    CORE_TRY(auto table, findTable(service, context, textOf(input, "TableName")));
    CORE_CHECK(checkItem(item, *table));
    auto key = itemKey(item, *table);
    version.text = encoded(item);
    version.tree = std::move(item);
    return std::make_unique<PutItem>(context, std::move(table), input, std::move(key),
        std::move(expressions.condition), std::move(version));
}

}
