#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/resource_arn.h"
#include "core/dynamodb/table_change.h"
#include "core/dynamodb/table_tags.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

class ChangeTags final : public TableChange {
public:
    ChangeTags(DynamoDbService& service, aws::RequestContext& context, TablePtr table, json input)
        : TableChange(service, context, std::move(table))
        , m_input(std::move(input))
    {
    }

private:
    Result<> change(store::Transaction&, const Table& before, Table& after) override
    {
        CORE_CHECK(checkIdle(before, context().now));
        auto definition = json::parse(before.definition);
        auto tags = definition.value("Tags", json::array());
        if (m_input.contains("Tags")) {
            CORE_TRY(tags, mergeTags(tags, m_input["Tags"]));
        } else {
            const auto removed = m_input["TagKeys"].get<std::vector<std::string>>();
            json kept = json::array();
            for (const auto& tag : tags) {
                if (std::find(removed.begin(), removed.end(), tag.value("Key", "")) == removed.end())
                    kept.push_back(tag);
            }
            tags = std::move(kept);
        }
        after.tags.clear();
        for (const auto& tag : tags)
            after.tags.emplace_back(tag.value("Key", ""), tag.value("Value", ""));
        definition["Tags"] = std::move(tags);
        after.definition = definition.dump();
        return {};
    }

    json output(const Table&) override { return nullptr; }

    json m_input;
};

}

Result<aws::Outcome> tagResource(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    auto input = jsonOf(request);
    if (input["Tags"].empty())
        return fail(errors::validation("Atleast one Tag needs to be provided as Input."));
    CORE_TRY(auto table, findByArn(service, context, input.value("ResourceArn", "")));
    CORE_CHECK(mergeTags(json::array(), input["Tags"]));
    return std::make_unique<ChangeTags>(service, context, std::move(table), std::move(input));
}

Result<aws::Outcome> untagResource(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    auto input = jsonOf(request);
    if (input["TagKeys"].empty())
        return fail(errors::validation("Atleast one Tag Key needs to be provided as Input."));
    CORE_TRY(auto table, findByArn(service, context, input.value("ResourceArn", "")));
    for (const auto& key : input["TagKeys"])
        CORE_CHECK(checkTagKey(key.get<std::string>()));
    return std::make_unique<ChangeTags>(service, context, std::move(table), std::move(input));
}

Result<aws::Outcome> listTagsOfResource(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto table, findByArn(service, context, textOf(inputOf(request), "ResourceArn")));
    auto tags = json::array();
    for (const auto& [key, value] : table->tags)
        tags.push_back({{"Key", key}, {"Value", value}});
    return aws::Reply::of({{"Tags", std::move(tags)}});
}

}
