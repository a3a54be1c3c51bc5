#pragma once

#include "core/base/result.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace core::aws {

// What is held against a policy document: who wants to do what with which resource.
struct PolicyRequest {
    std::string action; // "execute-api:Invoke"
    std::string resource; // an ARN
    // Who asks. Both empty for an anonymous caller.
    std::string principalArn; // "arn:aws:iam::000000000000:root"
    std::string principalAccount;
    std::string principalService; // "apigateway.amazonaws.com" where a service asks
    // Condition keys in lower case with their values: "aws:sourceip" → {"127.0.0.1"}.
    std::map<std::string, std::vector<std::string>> keys;
};

enum class PolicyEffect { None, Allow, Deny }; // None: no statement is about it, an implicit denial

struct PolicyVerdict {
    PolicyEffect effect = PolicyEffect::None;
    std::string statement; // its Sid, else its number from 1; "" for None
};

// A policy in IAM's language, taken apart once. Deny goes over Allow. Immutable; any thread. Follows "Policy
// evaluation logic" and "IAM JSON policy elements" of the IAM user guide: Action, NotAction, Resource,
// NotResource, Principal, NotPrincipal, Condition with every operator, IfExists, ForAllValues and
// ForAnyValue, and policy variables.
class PolicyDocument {
public:
    enum class Kind {
        Identity, // of a user or an authorizer's answer: statements name no principal and hold for the caller
        Resource, // statements must name a principal
    };

    // What the document says is wrong is told in the error's message.
    static Result<PolicyDocument> parse(std::string_view json, Kind kind);

    PolicyVerdict evaluate(const PolicyRequest& request) const;

    struct Statement;

private:
    std::vector<std::shared_ptr<const Statement>> m_statements;
};

}
