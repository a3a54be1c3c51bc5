#pragma once

#include "core/apigateway/jwt.h"
#include "core/aws/service.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace core::apigateway {

// The key sets of issuers by their address, fetched when they are first needed, when they are an hour old on
// the chamber's clock, and when a token names a key that is not among them. Bounded. Any thread that may
// wait.
class JwksCache {
public:
    // The keys as they are kept, or fetched: the error says why there are none.
    Result<JwtKeys> get(const std::string& url, aws::Caller& caller, trace::SpanScope& span, Micros now);
    // Verifies with the keys at `url`; fetches them once more, at most every five minutes, when none fits.
    Result<JwtResult> verify(const std::string& token, const std::string& url, const JwtRules& rules,
        aws::Caller& caller, trace::SpanScope& span);
    void clear();

private:
    struct Kept {
        JwtKeys keys;
        Micros fetched = 0;
    };

    Result<JwtKeys> fetch(const std::string& url, aws::Caller& caller, trace::SpanScope& span, Micros now);
    std::optional<Kept> find(const std::string& url) const;

    mutable std::mutex m_mutex;
    std::map<std::string, Kept> m_kept;
};

}
