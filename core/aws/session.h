#pragma once

#include "core/aws/sigv4.h"
#include "core/base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::aws {

// Who works with temporary credentials.
struct Session {
    std::string accessKeyId; // "ASIA…", filled in by issueCredentials()
    std::string account;
    std::string arn; // "arn:aws:sts::000000000000:assumed-role/worker/desk"
    std::string userId; // "AROA…:desk"
    Micros expires = 0; // on the chamber's clock; 0: never

    bool isRoot() const { return arn.ends_with(":root"); }
};

struct Credentials {
    std::string accessKeyId;
    std::string secretAccessKey;
    std::string sessionToken;
};

// Temporary credentials keep nothing in the store: the token tells by itself who has them and until when, and
// the key id names the account as AWS's do. All pure but for chance; any thread.

Credentials issueCredentials(Session session);

// Who assumes a role under a name; the role's path is not part of it. Without a role's ARN: nothing.
std::optional<Session> assumedRole(std::string_view roleArn, std::string_view sessionName);
// The root user of an account: who signs with a key of nobody in particular.
Session rootOf(std::string account);

// Whom policies mean: of a role's session the role, "arn:aws:iam::000000000000:role/worker", which is not
// told its path; anybody else's ARN as it is.
std::string principalOf(std::string_view arn);

// The account that an access key id of AWS's form names.
std::optional<std::string> accountOfKey(std::string_view accessKeyId);
// The id that AWS would give: prefix and 17 letters and digits, the same for the same name.
std::string uniqueId(std::string_view prefix, std::string_view name);

// The holder of the token that a request carries, when it was issued here for this access key, expired or
// not.
std::optional<Session> sessionOf(const http::Request& request, std::string_view accessKeyId);

// Whose key signed a request.
struct KeyHolder {
    enum class State {
        Known,
        Unknown, // a key that nobody here has; it counts as the root user's where keys are not looked at
        Expired,
    };
    State state = State::Known;
    Session session;
    std::string secret; // that the signature has to be made with

    bool mayCall() const { return state == State::Known; }
};

// "test" and each account's id are keys of root users, with the secret "test"; others are known by their
// token.
KeyHolder holderOf(const Signature& signature, const http::Request& request, Micros now);

}
