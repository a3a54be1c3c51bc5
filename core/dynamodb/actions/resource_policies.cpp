#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/resource_arn.h"
#include "core/dynamodb/resource_policy.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::string_view kNoPolicy = "NO_POLICY"; // an expected revision: there must be none

// Puts a policy, or with none removes the one that is there.
class ChangePolicy final : public aws::PendingWrite {
public:
    ChangePolicy(TablePtr table, const json& input, std::string policy, Micros now)
        : m_table(std::move(table))
        , m_given(input.value("ResourceArn", ""))
        , m_arn(ownArn(*m_table, m_given))
        , m_policy(std::move(policy))
        , m_expected(input.value("ExpectedRevisionId", ""))
        , m_revision(std::to_string(now / kMillisecond))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        // It may have been deleted since the request found it.
        if (m_table->state->dropped)
            return fail(errors::resourceNotFound(m_given));
        const auto before = findPolicy(transaction, m_arn);
        const auto revision = before ? before->revision : std::string(kNoPolicy);
        if (!m_expected.empty() && m_expected != revision)
            return fail(errors::policyNotFound());
        if (before && before->policy == m_policy)
            m_revision = before->revision;
        else if (before && before->revision >= m_revision)
            m_revision = std::to_string(std::stoll(before->revision) + 1);
        if (m_policy.empty()) {
            m_revision = before ? before->revision : std::string();
            erasePolicy(transaction, m_arn);
        } else {
            putPolicy(transaction, m_arn, {m_policy, m_revision});
        }
        return {};
    }

    Result<aws::Reply> answer() override
    {
        json output = json::object();
        if (!m_revision.empty())
            output["RevisionId"] = m_revision;
        return aws::Reply::of(std::move(output));
    }

private:
    TablePtr m_table;
    std::string m_given;
    std::string m_arn;
    std::string m_policy;
    std::string m_expected;
    std::string m_revision;
};

}

Result<aws::Outcome> putResourcePolicy(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    CORE_TRY(auto table, findByArn(service, context, input.value("ResourceArn", "")));
    auto policy = input.value("Policy", "");
    CORE_CHECK(checkPolicy(policy));
    context.span.step("keeps the policy of " + table->name, "nobody is refused by it", trace::Verdict::Warn);
    return std::make_unique<ChangePolicy>(std::move(table), input, std::move(policy), context.now);
}

Result<aws::Outcome> getResourcePolicy(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto arn = std::string(textOf(inputOf(request), "ResourceArn"));
    CORE_TRY(const auto table, findByArn(service, context, arn));
    const auto found = findPolicy(*service.store().read(), ownArn(*table, arn));
    if (!found)
        return fail(errors::policyNotFound());
    return aws::Reply::of({{"Policy", found->policy}, {"RevisionId", found->revision}});
}

Result<aws::Outcome> deleteResourcePolicy(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    CORE_TRY(auto table, findByArn(service, context, input.value("ResourceArn", "")));
    return std::make_unique<ChangePolicy>(std::move(table), input, std::string(), context.now);
}

}
