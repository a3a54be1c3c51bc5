#include "core/dynamodb/action_input.h"

#include "core/base/arn.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_decoder.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr std::size_t kMinName = 3;
constexpr std::size_t kMaxName = 255;

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'
        || c == '-';
}

// A null member is as good as none.
void removeNulls(nlohmann::json& json)
{
    for (auto at = json.begin(); json.is_object() && at != json.end();)
        at = at->is_null() ? json.erase(at) : std::next(at);
    if (json.is_structured()) {
        for (auto& inner : json)
            removeNulls(inner);
    }
}

Error invalidTableName(std::string_view value, std::string_view constraint)
{
    return errors::validation("1 validation error detected: Value '" + std::string(value)
        + "' at 'tableName' failed to satisfy constraint: " + std::string(constraint));
}

}

JsonView inputOf(const aws::Request& request)
{
    return static_cast<const JsonDocument*>(request.prepared.get())->root();
}

nlohmann::json jsonOf(const aws::Request& request)
{
    auto json = nlohmann::json::parse(request.body, nullptr, false);
    removeNulls(json);
    return json;
}

Result<std::string> tableNameOf(std::string_view nameOrArn, std::string_view region)
{
    if (nameOrArn.starts_with("arn:")) {
        const auto arn = Arn::parse(nameOrArn);
        if (!arn || arn->service != "dynamodb" || !arn->resource.starts_with("table/"))
            return fail(errors::validation("Invalid TableArn: " + std::string(nameOrArn)));
        if (!region.empty() && arn->region != region) {
            return fail(errors::validation(
                "1 validation error detected: Invalid AWS region in '" + std::string(nameOrArn) + "'"));
        }
        nameOrArn = std::string_view(nameOrArn).substr(nameOrArn.find("table/") + 6);
    }
    if (nameOrArn.size() > kMaxName)
        return fail(invalidTableName(nameOrArn, "Member must have length less than or equal to 255"));
    if (!std::all_of(nameOrArn.begin(), nameOrArn.end(), isNameCharacter)) {
        return fail(
            invalidTableName(nameOrArn, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"));
    }
    return std::string(nameOrArn);
}

Result<TablePtr> findTable(DynamoDbService& service, aws::RequestContext& context, std::string_view nameOrArn)
{
    CORE_TRY(auto name, tableNameOf(nameOrArn, context.region));
    auto table = service.tables().find(context.region, name);
    context.touch(std::move(name));
    if (!table || !table->servesItems(context.now))
        return fail(errors::tableNotFound());
    return table;
}

Result<> checkTableNames(const JsonView& requestItems)
{
    bool good = true;
    requestItems.eachMember([&good](std::string_view name, JsonView) {
        good = name.starts_with("arn:")
            || (name.size() >= kMinName && name.size() <= kMaxName
                && std::all_of(name.begin(), name.end(), isNameCharacter));
        return good;
    });
    if (good)
        return {};
    return fail(errors::validation("1 validation error detected: Value '" + std::string(requestItems.json())
        + "' at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint: [Member must "
          "have "
          "length less than or equal to 255, Member must have length greater than or equal to 3, Member must "
          "satisfy regular expression pattern: [a-zA-Z0-9_.-]+]"));
}

std::string_view textOf(const JsonView& input, std::string_view member)
{
    const auto value = input.member(member);
    return value ? value->text() : std::string_view{};
}

bool flagOf(const JsonView& input, std::string_view member)
{
    const auto value = input.member(member);
    return value && value->boolean();
}

ReturnCapacity returnCapacityOf(const JsonView& input)
{
    const auto text = textOf(input, "ReturnConsumedCapacity");
    return text == "TOTAL"  ? ReturnCapacity::Total
        : text == "INDEXES" ? ReturnCapacity::Indexes
                            : ReturnCapacity::None;
}

Result<Attributes> readKey(const JsonView& input, std::string_view member)
{
    const auto key = input.member(member);
    if (!key)
        return Attributes{};
    return decodeAttributes(*key);
}

double millisOf(Micros duration)
{
    return static_cast<double>(duration) / static_cast<double>(kMillisecond);
}

std::string counted(std::size_t count, std::string_view noun)
{
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}
