#pragma once

#include <optional>
#include <string>
#include <vector>

// The statements that AddPermission of a queue or a topic writes into its policy. Pure.
namespace core::aws {

// What is granted: whom, what ("SQS:SendMessage") and on what; `label` is the statement's Sid.
struct Grant {
    std::string label;
    std::vector<std::string> accounts;
    std::vector<std::string> actions;
    std::string resource;
};

// The policy with the grant behind its statements; nothing when one has the label already. A list of one is
// written without brackets, as AWS does.
std::optional<std::string> withGrant(const std::string& policy, const Grant& grant);
// The policy without statements of the label; nothing when none has it.
std::optional<std::string> withoutLabel(const std::string& policy, const std::string& label);

}
