#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/function_name.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

namespace {

json statementsOf(const Function& function)
{
    return function.policy.empty() ? json::array() : json::parse(function.policy);
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

auto withId(json& statements, const json& id)
{
    return std::find_if(statements.begin(), statements.end(),
        [&id](const json& statement) { return statement.at("Sid") == id; });
}

void keepPolicy(Function& function, const json& statements)
{
    function.policy = statements.empty() ? "" : statements.dump();
    function.policyRevision = newUuid();
}

}

Result<Outcome> addPermission(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    if (name.qualifier == "$LATEST")
        return fail(errors::invalidParameter("We currently do not support adding policies for $LATEST."));
    const auto function = service.functions().find(name.key());
    if (!function || !name.qualifier.empty())
        return fail(errors::functionNotFound(name.arn(context)));
    CORE_TRY(const auto statement, statementOf(input, function->arn()));
    CORE_CHECK(service.functions().update(name.key(), [&](Function& changed) -> Result<> {
        const auto revision = input.value("RevisionId", "");
        if (!revision.empty() && revision != changed.policyRevision && revision != changed.revision)
            return fail(errors::staleRevision(changed.policy.empty() ? "GetFunction/GetAlias" : "GetPolicy"));
        auto statements = statementsOf(changed);
        const auto& id = input.at("StatementId");
        if (withId(statements, id) != statements.end())
            return fail(errors::statementExists(id.get<std::string>()));
        statements.push_back(statement);
        keepPolicy(changed, statements);
        return {};
    }));
    return aws::Reply::of({{"Statement", statement.dump()}});
}

Result<Outcome> removePermission(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    const auto function = service.functions().find(name.key());
    if (!function || !name.isLatest())
        return fail(errors::noPolicyFor(name.arn(context)));
    CORE_CHECK(service.functions().update(name.key(), [&](Function& changed) -> Result<> {
        if (changed.policy.empty())
            return fail(errors::noPolicy());
        auto statements = statementsOf(changed);
        const auto& id = input.at("StatementId");
        const auto found = withId(statements, id);
        if (found == statements.end())
            return fail(errors::statementNotFound(id.get<std::string>()));
        const auto revision = input.value("RevisionId", "");
        if (!revision.empty() && revision != changed.policyRevision)
            return fail(errors::staleRevision("GetFunction/GetAlias"));
        statements.erase(found);
        keepPolicy(changed, statements);
        return {};
    }));
    return aws::Reply{};
}

Result<Outcome> getPolicy(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    const auto function = service.functions().find(name.key());
    if (!function || !name.qualifier.empty() || function->policy.empty())
        return fail(errors::resourceNotFound());
    const json policy = {
        {"Version", "2012-10-17"}, {"Id", "default"}, {"Statement", statementsOf(*function)}};
    return aws::Reply::of({{"Policy", policy.dump()}, {"RevisionId", function->policyRevision}});
}

}
