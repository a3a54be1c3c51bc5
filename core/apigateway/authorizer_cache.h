#pragma once

#include "core/apigateway/access.h"
#include "core/aws/policy.h"
#include "core/base/clock.h"

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace core::apigateway {

// What a Lambda authorizer said about an identity: it holds for every method that the authorizer guards.
struct AuthorizerVerdict {
    AuthorizerAnswer answer;
    aws::PolicyDocument policy;
    std::string policyText;
};

using VerdictPtr = std::shared_ptr<const AuthorizerVerdict>;

// Verdicts by stage, authorizer and identity values, until their time on the chamber's clock is over.
// Bounded: the one that was used longest ago goes first. Any thread.
class AuthorizerCache {
public:
    struct Key {
        std::string apiId;
        std::string stage;
        std::string authorizerId;
        std::string identity; // the values of the identity sources, each behind its length
    };

    VerdictPtr find(const Key& key, Micros now);
    void keep(const Key& key, VerdictPtr verdict, Micros expires);
    void flushStage(const std::string& apiId, const std::string& stage);
    void clear();
    std::size_t size() const;

private:
    struct Entry {
        Key key;
        VerdictPtr verdict;
        Micros expires;
    };
    using Entries = std::list<Entry>; // the last used first

    static std::string textOf(const Key& key);

    mutable std::mutex m_mutex;
    Entries m_entries;
    std::unordered_map<std::string, Entries::iterator> m_byKey;
};

}
