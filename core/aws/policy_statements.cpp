#include "core/aws/policy_statements.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::aws {

using nlohmann::ordered_json;

namespace {

ordered_json read(const std::string& text)
{
    auto policy = ordered_json::parse(text, nullptr, false);
    if (!policy.is_object())
        policy = ordered_json::object();
    if (!policy["Statement"].is_array())
        policy["Statement"] = policy["Statement"].is_object() ? ordered_json::array({policy["Statement"]})
                                                              : ordered_json::array();
    return policy;
}

std::string write(const ordered_json& policy)
{
    return policy.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

bool isLabelled(const ordered_json& statement, const std::string& label)
{
    return statement.is_object() && statement.contains("Sid") && statement.at("Sid") == label;
}

ordered_json oneOrAll(const std::vector<std::string>& list)
{
    return list.size() == 1 ? ordered_json(list.front()) : ordered_json(list);
}

}

std::optional<std::string> withGrant(const std::string& policy, const Grant& grant)
{
    auto document = read(policy);
    auto& statements = document["Statement"];
    if (std::ranges::any_of(statements, [&](const auto& one) { return isLabelled(one, grant.label); }))
        return std::nullopt;
    std::vector<std::string> principals;
    for (const auto& account : grant.accounts)
        principals.push_back("arn:aws:iam::" + account + ":root");
    statements.push_back(
        {{"Sid", grant.label}, {"Effect", "Allow"}, {"Principal", {{"AWS", oneOrAll(principals)}}},
            {"Action", oneOrAll(grant.actions)}, {"Resource", grant.resource}});
    return write(document);
}

std::optional<std::string> withoutLabel(const std::string& policy, const std::string& label)
{
    auto document = read(policy);
    auto kept = ordered_json::array();
    for (const auto& statement : document["Statement"]) {
        if (!isLabelled(statement, label))
            kept.push_back(statement);
    }
    if (kept.size() == document["Statement"].size())
        return std::nullopt;
    document["Statement"] = std::move(kept);
    return write(document);
}

}
