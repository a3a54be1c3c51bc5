#include "core/aws/policy.h"

#include "core/aws/json_text.h"
#include "core/aws/policy_conditions.h"
#include "core/aws/session.h"
#include "core/base/arn.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::aws {

using nlohmann::json;

namespace {

tl::unexpected<Error> malformed(std::string what)
{
    return fail(ErrorKind::Invalid, "MalformedPolicyDocument", std::move(what));
}

// A text or a list of texts, as most elements are; booleans and numbers in conditions may stand bare.
Result<std::vector<std::string>> texts(const json& value, const std::string& element)
{
    std::vector<std::string> result;
    const auto add = [&result](const json& entry) {
        if (entry.is_string())
            result.push_back(entry.get<std::string>());
        else if (entry.is_boolean() || entry.is_number())
            result.push_back(entry.dump());
        else
            return false;
        return true;
    };
    if (!value.is_array()) {
        if (!add(value))
            return malformed(element + " must be a string or a list of strings");
        return result;
    }
    for (const auto& entry : value) {
        if (!add(entry))
            return malformed(element + " must be a string or a list of strings");
    }
    return result;
}

struct Matcher {
    std::vector<std::string> texts;
    bool negated = false;
    bool present = false;
};

// An element or its Not… twin, but not both.
Result<Matcher> element(const json& statement, const std::string& name)
{
    const bool plain = statement.contains(name);
    const bool negated = statement.contains("Not" + name);
    if (plain && negated)
        return malformed("A statement has both " + name + " and Not" + name);
    Matcher matcher;
    if (!plain && !negated)
        return matcher;
    const auto key = negated ? "Not" + name : name;
    CORE_TRY(matcher.texts, texts(statement.at(key), key));
    matcher.negated = negated;
    matcher.present = true;
    return matcher;
}

struct Principals {
    std::map<std::string, std::vector<std::string>> kinds; // "AWS", "Service", …; "*" for everybody
    bool negated = false;
};

bool isPrincipalKind(const std::string& kind)
{
    return kind == "AWS" || kind == "Service" || kind == "Federated" || kind == "CanonicalUser";
}

Result<Principals> principals(const json& statement, PolicyDocument::Kind kind)
{
    const bool plain = statement.contains("Principal");
    const bool negated = statement.contains("NotPrincipal");
    if (kind == PolicyDocument::Kind::Identity) {
        if (plain || negated)
            return malformed("Policy document should not specify a principal.");
        return Principals{};
    }
    if (plain == negated)
        return malformed("Missing required field Principal");
    Principals result;
    result.negated = negated;
    const auto& value = statement.at(plain ? "Principal" : "NotPrincipal");
    if (value == "*") {
        result.kinds["*"];
        return result;
    }
    if (!value.is_object() || value.empty())
        return malformed("Invalid principal in policy");
    for (const auto& [name, list] : value.items()) {
        if (!isPrincipalKind(name))
            return malformed("Invalid principal in policy: " + name);
        CORE_TRY(result.kinds[name], texts(list, "Principal"));
    }
    return result;
}

bool isAccount(std::string_view text)
{
    return text.size() == 12
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A role names its sessions, whatever path it has.
bool namesRoleOf(const Arn& named, const std::string& principal)
{
    const auto role = Arn::parse(principalOf(principal));
    if (!role || !role->resource.starts_with("role/") || !named.resource.starts_with("role/"))
        return false;
    const auto plain = "role/" + named.resource.substr(named.resource.rfind('/') + 1);
    return named.account == role->account && plain == role->resource;
}

bool isAwsPrincipal(const std::string& named, const PolicyRequest& request)
{
    if (named == "*")
        return true;
    if (request.principalAccount.empty() && request.principalArn.empty())
        return false;
    if (isAccount(named))
        return named == request.principalAccount;
    const auto arn = Arn::parse(named);
    if (arn && arn->service == "iam" && arn->resource == "root")
        return arn->account == request.principalAccount;
    return named == request.principalArn || (arn && namesRoleOf(*arn, request.principalArn));
}

bool covers(const Principals& all, const PolicyRequest& request)
{
    if (all.kinds.contains("*"))
        return true;
    for (const auto& [kind, names] : all.kinds) {
        for (const auto& name : names) {
            if (kind == "AWS" && isAwsPrincipal(name, request))
                return true;
            if (kind == "Service" && !request.principalService.empty() && name == request.principalService)
                return true;
        }
    }
    return false;
}

bool matchesAny(
    const Matcher& matcher, const std::string& text, const PolicyRequest& request, bool ignoreCase)
{
    if (!matcher.present)
        return true;
    const auto subject = ignoreCase ? toLower(text) : text;
    const bool any = std::any_of(matcher.texts.begin(), matcher.texts.end(), [&](const std::string& wanted) {
        return matchesPolicyPattern(policyPattern(ignoreCase ? toLower(wanted) : wanted, request), subject);
    });
    return any != matcher.negated;
}

Result<std::vector<PolicyCondition>> conditions(const json& statement)
{
    std::vector<PolicyCondition> result;
    const auto block = statement.find("Condition");
    if (block == statement.end())
        return result;
    if (!block->is_object())
        return malformed("Condition must be an object");
    for (const auto& [operation, keys] : block->items()) {
        if (!keys.is_object())
            return malformed("Condition " + operation + " must be an object");
        for (const auto& [key, given] : keys.items()) {
            CORE_TRY(auto values, texts(given, "Condition " + key));
            auto condition = PolicyCondition::make(operation, key, std::move(values));
            if (!condition)
                return malformed("Invalid Condition type : " + operation);
            for (const auto& value : condition->values) {
                if (condition->operation.ends_with("ipaddress") && !addressInRange("0.0.0.0", value))
                    return malformed("Invalid IP address in condition: " + value);
            }
            result.push_back(*std::move(condition));
        }
    }
    return result;
}

}

struct PolicyDocument::Statement {
    std::string name;
    bool allows = false;
    Principals principals;
    bool anyPrincipal = false;
    Matcher action;
    Matcher resource;
    std::vector<PolicyCondition> conditions;

    bool isAbout(const PolicyRequest& request) const
    {
        return (anyPrincipal || covers(principals, request) != principals.negated)
            && matchesAny(action, request.action, request, true)
            && matchesAny(resource, request.resource, request, false)
            && std::all_of(conditions.begin(), conditions.end(),
                [&](const PolicyCondition& condition) { return condition.holds(request); });
    }
};

namespace {

Result<PolicyDocument::Statement> readStatement(const json& from, PolicyDocument::Kind kind)
{
    if (!from.is_object())
        return malformed("A statement must be an object");
    for (const auto& [name, value] : from.items()) {
        static constexpr std::string_view kElements[] = {"Sid", "Effect", "Principal", "NotPrincipal",
            "Action", "NotAction", "Resource", "NotResource", "Condition"};
        if (std::find(std::begin(kElements), std::end(kElements), name) == std::end(kElements))
            return malformed("Unknown field " + name);
    }
    PolicyDocument::Statement statement;
    if (const auto sid = from.find("Sid"); sid != from.end() && sid->is_string())
        statement.name = sid->get<std::string>();
    const auto effect = from.find("Effect");
    if (effect == from.end() || (*effect != "Allow" && *effect != "Deny"))
        return malformed("Invalid effect: Effect must be Allow or Deny");
    statement.allows = *effect == "Allow";
    statement.anyPrincipal = kind == PolicyDocument::Kind::Identity;
    CORE_TRY(statement.principals, principals(from, kind));
    CORE_TRY(statement.action, element(from, "Action"));
    if (!statement.action.present)
        return malformed("Missing required field Action");
    CORE_TRY(statement.resource, element(from, "Resource"));
    if (!statement.resource.present && kind == PolicyDocument::Kind::Identity)
        return malformed("Missing required field Resource");
    CORE_TRY(statement.conditions, conditions(from));
    return statement;
}

}

Result<PolicyDocument> PolicyDocument::parse(std::string_view text, Kind kind)
{
    CORE_TRY(const json document, parseJson(text));
    if (!document.is_object())
        return malformed("A policy must be an object");
    const auto version = document.find("Version");
    if (version != document.end() && *version != "2012-10-17" && *version != "2008-10-17")
        return malformed("The policy must contain a valid version string");
    const auto statements = document.find("Statement");
    if (statements == document.end() || (!statements->is_array() && !statements->is_object()))
        return malformed("Missing required field Statement");
    PolicyDocument result;
    const auto add = [&](const json& from) -> Result<> {
        CORE_TRY(auto statement, readStatement(from, kind));
        if (statement.name.empty())
            statement.name = std::to_string(result.m_statements.size() + 1);
        result.m_statements.push_back(std::make_shared<const Statement>(std::move(statement)));
        return {};
    };
    if (statements->is_object()) {
        CORE_CHECK(add(*statements));
        return result;
    }
    for (const auto& from : *statements)
        CORE_CHECK(add(from));
    return result;
}

PolicyVerdict PolicyDocument::evaluate(const PolicyRequest& request) const
{
    PolicyVerdict verdict;
    for (const auto& statement : m_statements) {
        if (!statement->isAbout(request))
            continue;
        if (!statement->allows)
            return {PolicyEffect::Deny, statement->name};
        if (verdict.effect == PolicyEffect::None)
            verdict = {PolicyEffect::Allow, statement->name};
    }
    return verdict;
}

}
