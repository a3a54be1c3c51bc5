#include "core/dynamodb/table_tags.h"

#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kMostTags = 50;
constexpr std::size_t kMostKeyCharacters = 128;
constexpr std::size_t kMostValueCharacters = 256;

// Letters, digits and spaces of any script, and + - = . _ : / @
bool isTagText(std::string_view text, std::size_t most)
{
    std::size_t characters = 0;
    for (const auto c : text) {
        const auto byte = static_cast<unsigned char>(c);
        characters += (byte & 0xc0U) != 0x80U ? 1 : 0;
        if (byte < 0x80 && !std::isalnum(byte)
            && std::string_view(" +-=._:/@").find(c) == std::string_view::npos)
            return false;
    }
    return characters <= most;
}

}

Result<> checkTagKey(std::string_view key)
{
    if (key.empty() || !isTagText(key, kMostKeyCharacters))
        return fail(errors::validation("The Tag Key provided is invalid, Key: " + std::string(key)));
    if (key.starts_with("aws:"))
        return fail(errors::validation("Tag Key cannot be prefixed with aws:, Key: " + std::string(key)));
    return {};
}

Result<json> mergeTags(const json& before, const json& added)
{
    auto tags = before;
    std::set<std::string> keys;
    for (const auto& tag : added) {
        const auto key = tag.value("Key", "");
        CORE_CHECK(checkTagKey(key));
        if (!tag.contains("Value") || !isTagText(tag.value("Value", ""), kMostValueCharacters))
            return fail(errors::validation(
                "The Tag Value provided is invalid, Value: " + tag.value("Value", "null")));
        if (!keys.insert(key).second)
            return fail(
                errors::validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key));
        const auto known = std::find_if(
            tags.begin(), tags.end(), [&](const json& one) { return one.value("Key", "") == key; });
        if (known != tags.end())
            (*known)["Value"] = tag["Value"];
        else
            tags.push_back({{"Key", key}, {"Value", tag["Value"]}});
    }
    if (tags.size() > kMostTags)
        return fail(
            errors::validation("Number of Tags exceed the current limit for the provided ResourceArn"));
    return tags;
}

}
