#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/transaction.h"

namespace core::dynamodb {

namespace {

using Kind = TransactAction::Kind;

struct Entry {
    TransactAction action;
    std::string_view tableName;
};

struct Form {
    std::string_view member;
    Kind kind;
    std::string_view attributes; // the member with the item or the key
    std::span<const std::string_view> expressions;
};

constexpr Form kForms[] = {
    {"ConditionCheck", Kind::Check, "Key", kConditionOnly},
    {"Put", Kind::Put, "Item", kConditionOnly},
    {"Delete", Kind::Delete, "Key", kConditionOnly},
    {"Update", Kind::Update, "Key", kUpdateExpressions},
};

Result<Entry> readEntry(const Form& form, const JsonView& json)
{
    Entry entry;
    entry.tableName = textOf(json, "TableName");
    auto& action = entry.action;
    action.kind = form.kind;
    CORE_CHECK(checkExpressionUse(json, form.expressions));
    CORE_TRY(action.attributes, readKey(json, form.attributes));
    if (form.kind == Kind::Put && storedSize(action.attributes) > kMaxItemBytes)
        return fail(errors::itemTooLarge());
    CORE_TRY(auto expressions, parseExpressions(json, form.expressions));
    action.condition = std::move(expressions.condition);
    if (expressions.update)
        action.update = std::move(*expressions.update);
    action.returnsItem = textOf(json, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
    return entry;
}

Result<Entry> readEntry(const JsonView& json)
{
    const Form* given = nullptr;
    for (const auto& form : kForms) {
        if (!json.member(form.member))
            continue;
        if (given)
            return fail(errors::severalOperations());
        given = &form;
    }
    if (!given)
        return fail(errors::noOperation());
    return readEntry(*given, *json.member(given->member));
}

Result<std::vector<Entry>> readEntries(const JsonView& items)
{
    std::vector<Entry> entries;
    std::optional<Error> error;
    items.eachElement([&](JsonView json) {
        auto entry = readEntry(json);
        if (entry)
            entries.push_back(std::move(*entry));
        else
            error = std::move(entry).error();
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    return entries;
}

std::optional<TransactionToken> tokenOf(const JsonView& input, const aws::RequestContext& context)
{
    const auto token = textOf(input, "ClientRequestToken");
    if (token.empty())
        return std::nullopt;
    return TransactionToken{context.region + "/" + context.principal.account + "/TransactWriteItems",
        std::string(token), digestOf(*input.member("TransactItems")), context.now};
}

}

Result<aws::Outcome> transactWriteItems(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_TRY(auto entries, readEntries(*input.member("TransactItems")));
    std::vector<TransactAction> actions;
    for (auto& entry : entries) {
        CORE_TRY(entry.action.table, findTable(service, context, entry.tableName));
        actions.push_back(std::move(entry.action));
    }
    auto detail = transactionDetailOf(input);
    detail.changes = &service.host().changes;
    return TransactWrite::make(context, std::move(actions), detail, tokenOf(input, context));
}

}
