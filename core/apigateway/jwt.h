#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <tl/expected.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace core::apigateway {

// A JSON Web Token taken apart; nothing of it is believed yet.
struct Jwt {
    std::string algorithm; // "RS256"
    std::string keyId;
    std::string payload; // the claims as a JSON object
    // The claims as HTTP APIs pass them on: strings bare, lists as "[a b]", anything else as JSON.
    std::map<std::string, std::string> claims;
    std::vector<std::string> scopes; // of "scope" or "scp"

    std::string claim(const std::string& name) const; // "" when absent
};

struct JwtFault {
    enum class Kind {
        Malformed, // no three parts, no base64url, no JSON
        Algorithm, // not RS256, RS384 or RS512
        UnknownKey,
        Signature,
        Issuer,
        Audience,
        Expired, // by exp, which must be there
        NotYet, // by nbf, or issued in the future by iat
    };
    Kind kind;
    std::string detail; // as HTTP APIs word it in error_description
};

// The keys of an issuer. Immutable; any thread.
class JwtKeys {
public:
    // A JWKS document; keys that are no RSA keys for signatures are left out.
    static Result<JwtKeys> parse(std::string_view jwks);
    std::size_t size() const;

    struct Keys;
    const Keys& keys() const { return *m_keys; }

private:
    std::shared_ptr<const Keys> m_keys;
};

struct JwtRules {
    std::string issuer;
    // One of them must be in aud, or be client_id where the token has no aud; empty: any.
    std::vector<std::string> audiences;
    Micros now = 0;
};

using JwtResult = tl::expected<Jwt, JwtFault>;

JwtResult readJwt(std::string_view token);
// Signature first, then issuer, times and audience. Pure.
JwtResult verifyJwt(std::string_view token, const JwtKeys& keys, const JwtRules& rules);
// Whether the token has one of the scopes; no scopes ask for none.
bool hasScope(const Jwt& token, const std::vector<std::string>& wanted);

}
