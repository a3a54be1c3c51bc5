#include "core/dynamodb/resource_policy.h"

#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

namespace {

constexpr std::string_view kPolicies = "dynamodb/policies";
constexpr std::size_t kMostBytes = 20'480;

Error invalidPolicy(const std::string& why)
{
    return errors::invalidParameters("Invalid policy document: " + why);
}

}

Result<> checkPolicy(const std::string& text)
{
    if (text.size() > kMostBytes)
        return fail(errors::invalidParameters("Maximum policy size of 20480 bytes exceeded"));
    const auto policy = nlohmann::json::parse(text, nullptr, false);
    if (!policy.is_object())
        return fail(invalidPolicy("This policy contains invalid Json"));
    const auto statements = policy.value("Statement", nlohmann::json::array());
    if (statements.empty())
        return fail(invalidPolicy("Could not parse the policy: Statement is empty!"));
    for (const auto& statement : statements.is_array() ? statements : nlohmann::json::array({statements})) {
        for (const auto* member : {"Effect", "Principal", "Action", "Resource"}) {
            if (!statement.is_object() || !statement.contains(member))
                return fail(invalidPolicy("Missing required field " + std::string(member)));
        }
    }
    return {};
}

std::optional<ResourcePolicy> findPolicy(store::Reader& reader, const std::string& arn)
{
    const auto text = reader.get(kPolicies, arn);
    if (!text)
        return std::nullopt;
    const auto stored = nlohmann::json::parse(*text, nullptr, false);
    return ResourcePolicy{stored.value("Policy", ""), stored.value("RevisionId", "")};
}

void putPolicy(store::Transaction& transaction, const std::string& arn, const ResourcePolicy& policy)
{
    transaction.createKeyspace(kPolicies);
    transaction.put(
        kPolicies, arn, nlohmann::json{{"Policy", policy.policy}, {"RevisionId", policy.revision}}.dump());
}

void erasePolicy(store::Transaction& transaction, const std::string& arn)
{
    transaction.erase(kPolicies, arn);
}

}
