#include "tests/core/dynamodb/item_model.h"

#include <algorithm>
#include <set>

namespace tests {

using nlohmann::json;

namespace {

json keySchema(const char* hash, const char* range)
{
    auto schema = json::array({{{"AttributeName", hash}, {"KeyType", "HASH"}}});
    if (*range)
        schema.push_back({{"AttributeName", range}, {"KeyType", "RANGE"}});
    return schema;
}

int intOf(const json& value)
{
    return std::stoi(value["N"].get<std::string>());
}

std::set<std::string> tagsOf(const json& item)
{
    return item.contains("tags") ? item["tags"]["SS"].get<std::set<std::string>>() : std::set<std::string>{};
}

// Whole numbers alone.
std::size_t numberSize(std::string digits)
{
    const bool negative = digits.starts_with('-');
    digits.erase(0, negative ? 1 : 0);
    while (digits.size() > 1 && digits.ends_with('0'))
        digits.pop_back();
    return digits == "0" ? 1 : 1 + (digits.size() + 1) / 2 + (negative ? 1 : 0);
}

std::size_t valueSize(const json& value)
{
    const auto& type = value.begin().key();
    const auto& content = value.begin().value();
    if (type == "S")
        return content.get<std::string>().size();
    if (type == "N")
        return numberSize(content.get<std::string>());
    std::size_t size = type == "L" ? 3 : 0;
    for (const auto& entry : content)
        size += type == "L" ? 1 + valueSize(entry) : entry.get<std::string>().size();
    return size;
}

}

json text(const std::string& value)
{
    return {{"S", value}};
}

json number(int value)
{
    return {{"N", std::to_string(value)}};
}

const std::vector<ModelIndex>& modelIndexes()
{
    static const std::vector<ModelIndex> indexes{
        {"byRank", "pk", "rank", {}, true, false},
        {"byNote", "pk", "note", {}, false, false},
        {"byOwner", "owner", "rank", {"note", "n"}, false, true},
        {"byFlag", "flag", "", {}, false, true},
    };
    return indexes;
}

json modelTable()
{
    json definitions = json::array();
    for (const auto& [name, type] : std::map<std::string, std::string>{
             {"pk", "S"}, {"sk", "N"}, {"owner", "S"}, {"rank", "N"}, {"flag", "S"}, {"note", "S"}})
        definitions.push_back({{"AttributeName", name}, {"AttributeType", type}});
    json table = {{"TableName", "Model"}, {"BillingMode", "PAY_PER_REQUEST"},
        {"AttributeDefinitions", definitions}, {"KeySchema", keySchema("pk", "sk")}};
    for (const auto& index : modelIndexes()) {
        json projection = {{"ProjectionType",
            index.all                 ? "ALL"
                : index.shown.empty() ? "KEYS_ONLY"
                                      : "INCLUDE"}};
        if (!index.shown.empty())
            projection["NonKeyAttributes"] = index.shown;
        table[index.global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes"].push_back(
            {{"IndexName", index.name}, {"KeySchema", keySchema(index.hash, index.range)},
                {"Projection", projection}});
    }
    return table;
}

bool ModelCondition::holds(const json& item) const
{
    if (form == 0)
        return item.is_null();
    if (item.is_null())
        return false;
    if (form == 1)
        return item.contains("n") && intOf(item["n"]) >= value;
    return (item.contains("rank") && intOf(item["rank"]) == value) || item.contains("tags");
}

void ModelCondition::addTo(json& request) const
{
    constexpr const char* kTexts[] = {"attribute_not_exists(pk)", "attribute_exists(pk) AND n >= :cv",
        "#rank = :cv OR attribute_type(tags, :ct)"};
    request["ConditionExpression"] = kTexts[form];
    if (form > 0)
        request["ExpressionAttributeValues"][":cv"] = number(value);
    if (form == 2) {
        request["ExpressionAttributeNames"]["#rank"] = "rank";
        request["ExpressionAttributeValues"][":ct"] = text("SS");
    }
}

json ModelUpdate::applied(json item, const json& key) const
{
    if (item.is_null() && onlyTakes())
        return nullptr;
    if (item.is_null())
        item = key;
    if (add)
        item["n"] = number((item.contains("n") ? intOf(item["n"]) : 0) + *add);
    if (note)
        item["note"] = text(*note);
    auto tags = tagsOf(item);
    if (newTag)
        tags.insert(*newTag);
    if (oldTag)
        tags.erase(*oldTag);
    item.erase("tags");
    if (!tags.empty())
        item["tags"] = {{"SS", tags}};
    if (append) {
        if (!item.contains("list"))
            item["list"] = {{"L", json::array()}};
        item["list"]["L"].push_back(number(*append));
    }
    if (removeRank)
        item.erase("rank");
    if (removeFlag)
        item.erase("flag");
    return item;
}

void ModelUpdate::addTo(json& request) const
{
    std::string sets;
    std::string removes;
    std::string expression;
    auto& values = request["ExpressionAttributeValues"];
    const auto addPart = [](std::string& list, const char* part) {
        list += (list.empty() ? "" : ", ") + std::string(part);
    };
    if (add) {
        addPart(sets, "n = if_not_exists(n, :zero) + :add");
        values[":zero"] = number(0);
        values[":add"] = number(*add);
    }
    if (note) {
        addPart(sets, "note = :note");
        values[":note"] = text(*note);
    }
    if (append) {
        addPart(sets, "#list = list_append(if_not_exists(#list, :none), :more)");
        request["ExpressionAttributeNames"]["#list"] = "list";
        values[":none"] = {{"L", json::array()}};
        values[":more"] = {{"L", json::array({number(*append)})}};
    }
    if (removeRank) {
        addPart(removes, "#rank");
        request["ExpressionAttributeNames"]["#rank"] = "rank";
    }
    if (removeFlag)
        addPart(removes, "flag");
    if (newTag)
        values[":new"] = {{"SS", {*newTag}}};
    if (oldTag)
        values[":old"] = {{"SS", {*oldTag}}};
    if (values.empty())
        request.erase("ExpressionAttributeValues");
    expression += sets.empty() ? "" : " SET " + sets;
    expression += removes.empty() ? "" : " REMOVE " + removes;
    expression += newTag ? " ADD tags :new" : "";
    expression += oldTag ? " DELETE tags :old" : "";
    request["UpdateExpression"] = expression;
}

json ItemModel::keyJson(const Key& key)
{
    return {{"pk", text(key.first)}, {"sk", number(key.second)}};
}

json ItemModel::find(const Key& key) const
{
    const auto found = m_items.find(key);
    return found == m_items.end() ? json() : found->second;
}

void ItemModel::store(const Key& key, const json& item)
{
    if (item.is_null())
        erase(key);
    else
        put(key, item);
}

std::vector<json> ItemModel::inIndex(const ModelIndex& index) const
{
    std::vector<json> found;
    for (const auto& [key, item] : m_items) {
        if (!item.contains(index.hash) || (*index.range && !item.contains(index.range)))
            continue;
        json shown;
        for (const auto& [name, value] : item.items()) {
            const bool isKey = name == "pk" || name == "sk" || name == index.hash || name == index.range;
            if (index.all || isKey
                || std::find(index.shown.begin(), index.shown.end(), name) != index.shown.end())
                shown[name] = value;
        }
        found.push_back(std::move(shown));
    }
    return found;
}

std::size_t ItemModel::sizeOf(const json& item)
{
    std::size_t size = 0;
    for (const auto& [name, value] : item.items())
        size += name.size() + valueSize(value);
    return size;
}

json ModelRandom::item(const ItemModel::Key& key)
{
    auto item = ItemModel::keyJson(key);
    if (!oneIn(3))
        item["owner"] = text("o" + word());
    if (!oneIn(3))
        item["rank"] = number(upTo(20) - 5);
    if (oneIn(3))
        item["flag"] = text("f" + word());
    if (!oneIn(3))
        item["note"] = text(word() + word());
    if (!oneIn(3))
        item["n"] = number(upTo(2000) - 1000);
    if (oneIn(4))
        item["tags"] = {{"SS", std::set<std::string>{word(), word()}}};
    if (oneIn(30))
        item["big"] = text(std::string(static_cast<std::size_t>(upTo(5000)), 'x'));
    return item;
}

ModelUpdate ModelRandom::update()
{
    ModelUpdate update;
    while (update.isEmpty()) {
        if (oneIn(3))
            update.add = upTo(20) - 10;
        if (oneIn(4))
            update.note = word();
        if (oneIn(4))
            update.newTag = word();
        else if (oneIn(3))
            update.oldTag = word();
        if (oneIn(6))
            update.append = upTo(100);
        update.removeRank = oneIn(6);
        update.removeFlag = oneIn(6);
    }
    return update;
}

}
