#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <optional>

namespace core::lambda {

using nlohmann::json;

namespace {

json statementsOf(const std::string& policy)
{
    return policy.empty() ? json::array() : json::parse(policy);
}

// The function, version or alias whose policy it is.
struct PolicyHolder {
    std::string arn;
    std::string policy;
    std::string policyRevision;
    std::string revision; // its own
    std::function<Result<>(const std::string& policy, const std::string& revision)> keep;

    Result<> change(const json& statements) const
    {
        return keep(statements.empty() ? "" : statements.dump(), newUuid());
    }
};

template <typename Record> PolicyHolder holderOf(const Record& record, std::string arn)
{
    PolicyHolder holder;
    holder.arn = std::move(arn);
    holder.policy = record.policy;
    holder.policyRevision = record.policyRevision;
    holder.revision = record.revision;
    return holder;
}

template <typename Record> auto keeper(aws::RecordStore<Record>& store, const Record& record)
{
    return [&store, before = Record(record)](
               const std::string& policy, const std::string& revision) -> Result<> {
        auto changed = before;
        changed.policy = policy;
        changed.policyRevision = changed.revision =
            revision; // as recorded: whose policy changes is new itself
        const auto kept = store.put(std::move(changed));
        return kept ? Result<>() : fail(kept.error());
    };
}

// The caller holds changing(). Nothing when there is no such resource.
std::optional<PolicyHolder> findHolder(LambdaService& service, const FunctionName& name)
{
    const auto found = service.resolve(name.key(), name.qualifier);
    if (!found.function || name.qualifier == kLatest)
        return std::nullopt;
    if (found.alias) {
        auto holder = holderOf(*found.alias, found.alias->arn());
        holder.keep = keeper(service.aliases(), *found.alias);
        return holder;
    }
    if (!found.function->isLatest()) {
        auto holder = holderOf(*found.function, found.function->arn() + ':' + found.function->version);
        holder.keep = keeper(service.versions(), *found.function);
        return holder;
    }
    auto holder = holderOf(*found.function, found.function->arn());
    holder.keep = [&service, key = name.key()](
                      const std::string& policy, const std::string& revision) -> Result<> {
        const auto kept = service.functions().update(key, [&](Function& function) -> Result<> {
            function.policy = policy;
            function.policyRevision = function.revision = revision;
            return {};
        });
        return kept ? Result<>() : fail(kept.error());
    };
    return holder;
}

bool isAliasName(const std::string& qualifier)
{
    return !qualifier.empty() && !isVersionNumber(qualifier) && qualifier.find('$') == std::string::npos;
}

bool isAccount(const std::string& text)
{
    return text.size() == 12 && parseInteger(text);
}

Result<json> principalOf(const std::string& given)
{
    if (given == "*")
        return json("*");
    if (given.ends_with(".amazonaws.com") || given.find(".amazon.com") != std::string::npos)
        return json{{"Service", given}};
    if (isAccount(given))
        return json{{"AWS", "arn:aws:iam::" + given + ":root"}};
    if (given.starts_with("arn:"))
        return json{{"AWS", given}};
    return fail(errors::invalidParameter(
        "The provided principal was invalid. Please check the principal and try again."));
}

json conditionOf(const json& input)
{
    json condition = json::object();
    const auto equals = [&](const char* member, const char* key) {
        if (input.contains(member))
            condition["StringEquals"][key] = input.at(member);
    };
    equals("SourceAccount", "AWS:SourceAccount");
    equals("PrincipalOrgID", "aws:PrincipalOrgID");
    equals("FunctionUrlAuthType", "lambda:FunctionUrlAuthType");
    equals("EventSourceToken", "lambda:EventSourceToken");
    if (input.contains("InvokedViaFunctionUrl"))
        condition["Bool"]["lambda:InvokedViaFunctionUrl"] =
            input.at("InvokedViaFunctionUrl") ? "true" : "false";
    if (input.contains("SourceArn"))
        condition["ArnLike"]["AWS:SourceArn"] = input.at("SourceArn");
    return condition;
}

Result<json> statementOf(const json& input, const std::string& resource)
{
    CORE_TRY(auto principal, principalOf(input.at("Principal")));
    json statement = {{"Sid", input.at("StatementId")}, {"Effect", "Allow"},
        {"Principal", std::move(principal)}, {"Action", input.at("Action")}, {"Resource", resource}};
    if (auto condition = conditionOf(input); !condition.empty())
        statement["Condition"] = std::move(condition);
    return statement;
}

constexpr std::size_t kMaxPolicyBytes = 20'480;

Result<> checkPolicySize(const json& statements)
{
    const auto size = statements.dump().size();
    if (size > kMaxPolicyBytes)
        return fail(ErrorKind::Invalid, "PolicyLengthExceededException",
            "The final policy size (" + std::to_string(size) + ") is bigger than the limit ("
                + std::to_string(kMaxPolicyBytes) + ").");
    return {};
}

auto withId(json& statements, const json& id)
{
    return std::find_if(statements.begin(), statements.end(),
        [&id](const json& statement) { return statement.at("Sid") == id; });
}

}

Result<Outcome> addPermission(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    if (name.qualifier == kLatest)
        return fail(errors::invalidParameter("We currently do not support adding policies for $LATEST."));
    const std::lock_guard guard(service.changing());
    const auto holder = findHolder(service, name);
    if (!holder)
        return fail(isAliasName(name.qualifier) && service.functions().find(name.key())
                ? errors::aliasNotFound(name.arn(context))
                : errors::functionNotFound(name.arn(context)));
    CORE_TRY(const auto statement, statementOf(input, holder->arn));
    const auto revision = input.value("RevisionId", "");
    if (!revision.empty() && revision != holder->policyRevision && revision != holder->revision)
        return fail(errors::staleRevision(holder->policy.empty() ? "GetFunction/GetAlias" : "GetPolicy"));
    auto statements = statementsOf(holder->policy);
    const auto& id = input.at("StatementId");
    if (withId(statements, id) != statements.end())
        return fail(errors::statementExists(id.get<std::string>()));
    statements.push_back(statement);
    CORE_CHECK(checkPolicySize(statements));
    CORE_CHECK(holder->change(statements));
    return aws::Reply::of({{"Statement", statement.dump()}});
}

Result<Outcome> removePermission(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(auto name, functionNameOf(context, request));
    context.touch(name.name);
    const std::lock_guard guard(service.changing());
    if (name.qualifier == kLatest)
        name.qualifier.clear();
    const auto holder = findHolder(service, name);
    if (!holder)
        return fail(isAliasName(name.qualifier) && service.functions().find(name.key())
                ? errors::aliasNotFound(name.arn(context))
                : errors::noPolicyFor(name.arn(context)));
    if (holder->policy.empty())
        return fail(errors::noPolicy());
    auto statements = statementsOf(holder->policy);
    const auto& id = input.at("StatementId");
    const auto found = withId(statements, id);
    if (found == statements.end())
        return fail(errors::statementNotFound(id.get<std::string>()));
    const auto revision = input.value("RevisionId", "");
    if (!revision.empty() && revision != holder->policyRevision && revision != holder->revision)
        return fail(errors::staleRevision("GetFunction/GetAlias"));
    statements.erase(found);
    CORE_CHECK(holder->change(statements));
    return aws::Reply{};
}

Result<Outcome> getPolicy(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    const std::lock_guard guard(service.changing());
    const auto holder = findHolder(service, name);
    if (!holder || holder->policy.empty())
        return fail(errors::resourceNotFound());
    const json policy = {
        {"Version", "2012-10-17"}, {"Id", "default"}, {"Statement", statementsOf(holder->policy)}};
    return aws::Reply::of({{"Policy", policy.dump()}, {"RevisionId", holder->policyRevision}});
}

}
