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
    ChangePolicy(std::string arn, std::string policy, std::string expected, Micros now)
        : m_arn(std::move(arn))
        , m_policy(std::move(policy))
        , m_expected(std::move(expected))
        , m_revision(std::to_string(now / kMillisecond))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
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
    auto arn = input.value("ResourceArn", "");
    CORE_TRY(const auto table, findByArn(service, context, arn));
    auto policy = input.value("Policy", "");
    CORE_CHECK(checkPolicy(policy));
    context.span.step("keeps the policy of " + table->name, "nobody is refused by it", trace::Verdict::Warn);
    return std::make_unique<ChangePolicy>(
        std::move(arn), std::move(policy), input.value("ExpectedRevisionId", ""), context.now);
}

Result<aws::Outcome> getResourcePolicy(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto arn = std::string(textOf(inputOf(request), "ResourceArn"));
    CORE_TRY(const auto table, findByArn(service, context, arn));
    const auto found = findPolicy(*service.store().read(), arn);
    if (!found)
        return fail(errors::policyNotFound());
    return aws::Reply::of({{"Policy", found->policy}, {"RevisionId", found->revision}});
}

Result<aws::Outcome> deleteResourcePolicy(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    auto arn = input.value("ResourceArn", "");
    CORE_TRY(const auto table, findByArn(service, context, arn));
    return std::make_unique<ChangePolicy>(
        std::move(arn), std::string(), input.value("ExpectedRevisionId", ""), context.now);
}

}
