#pragma once

#include <string>
#include <string_view>

namespace core::aws {

// A service that wants to use another's resource on behalf of one of its own.
struct ActingService {
    std::string principal; // "s3.amazonaws.com"
    std::string sourceArn; // of the bucket, of the rule
    std::string sourceAccount;
};

// What it wants, and the words for it.
struct WantedUse {
    std::string_view action; // "sqs:SendMessage"
    std::string_view resource; // ARN
    std::string_view policyName; // "the queue's policy"
    std::string_view verb; // "send"
    std::string_view remedy; // "allow sqs:SendMessage in its attribute Policy"
};

// Whether a resource policy lets the service do that; `why` names the statement, or what is missing. Pure.
bool policyAllows(
    std::string_view policy, const ActingService& service, const WantedUse& wanted, std::string& why);

}
