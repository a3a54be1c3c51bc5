#include "core/apigateway/jwt.h"

#include "core/aws/freed.h"
#include "core/aws/json_text.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <cmath>

namespace core::apigateway {

using nlohmann::json;

namespace {

using Kind = JwtFault::Kind;

using aws::Freed;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

tl::unexpected<JwtFault> fault(Kind kind, std::string detail)
{
    return tl::unexpected<JwtFault>(JwtFault{kind, std::move(detail)});
}

// RFC 7515: the URL alphabet without padding. Some issuers pad nevertheless.
std::optional<std::string> unbase64Url(std::string_view text)
{
    std::string standard(text.substr(0, text.find('=')));
    std::replace(standard.begin(), standard.end(), '-', '+');
    std::replace(standard.begin(), standard.end(), '_', '/');
    while (standard.size() % 4 != 0)
        standard += '=';
    return unbase64(standard);
}

std::string member(const json& from, const char* name)
{
    const auto found = from.find(name);
    return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string shown(const json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number_float() && value.get<double>() == std::floor(value.get<double>())
        && std::abs(value.get<double>()) < 1e15)
        return std::to_string(static_cast<std::int64_t>(value.get<double>()));
    if (!value.is_array())
        return aws::writeJson(value);
    std::string text = "[";
    for (const auto& entry : value)
        text += (text.size() > 1 ? " " : "") + shown(entry);
    return text + "]";
}

std::vector<std::string> words(const json& value)
{
    std::vector<std::string> found;
    if (value.is_string()) {
        for (const auto word : split(value.get_ref<const std::string&>(), ' ')) {
            if (!word.empty())
                found.emplace_back(word);
        }
    } else if (value.is_array()) {
        for (const auto& entry : value) {
            if (entry.is_string())
                found.push_back(entry.get<std::string>());
        }
    }
    return found;
}

Number numberOf(const std::string& text)
{
    const auto bytes = unbase64Url(text);
    constexpr std::size_t kMaxBytes = 2048; // a key of 16,384 bits
    if (!bytes || bytes->empty() || bytes->size() > kMaxBytes)
        return nullptr;
    return Number(BN_bin2bn(
        reinterpret_cast<const unsigned char*>(bytes->data()), static_cast<int>(bytes->size()), nullptr));
}

// What fails here is the token's matter: it must not stand in the thread's queue of TLS errors.
struct ErrorsCleared {
    ~ErrorsCleared() { ERR_clear_error(); }
};

Key rsaKey(const json& jwk)
{
    const ErrorsCleared cleared;
    const auto modulus = numberOf(member(jwk, "n"));
    const auto exponent = numberOf(member(jwk, "e"));
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    if (!modulus || !exponent || !builder
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
        return nullptr;
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* made = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    return Key(made);
}

const EVP_MD* digestOf(std::string_view algorithm)
{
    if (algorithm == "RS256")
        return EVP_sha256();
    if (algorithm == "RS384")
        return EVP_sha384();
    return algorithm == "RS512" ? EVP_sha512() : nullptr;
}

bool signedBy(EVP_PKEY* key, const EVP_MD* digest, std::string_view text, std::string_view signature)
{
    const ErrorsCleared cleared;
    const DigestContext context(EVP_MD_CTX_new());
    return context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1
        && EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
               signature.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size())
        == 1;
}

// A moment in seconds; nothing when the claim is absent or no number.
std::optional<double> moment(const json& claims, const char* name)
{
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_number())
        return std::nullopt;
    return found->get<double>();
}

std::optional<JwtFault> checkTimes(const json& claims, Micros now)
{
    const auto seconds = static_cast<double>(now) / static_cast<double>(kSecond);
    const auto expires = moment(claims, "exp");
    if (!expires || seconds >= *expires)
        return JwtFault{
            Kind::Expired, expires ? "the token has expired" : "the token has no expiration time"};
    if (const auto begins = moment(claims, "nbf"); begins && seconds < *begins)
        return JwtFault{Kind::NotYet, "the token is not valid yet"};
    if (const auto issued = moment(claims, "iat"); issued && seconds < *issued)
        return JwtFault{Kind::NotYet, "the token was issued in the future"};
    return std::nullopt;
}

bool hasAudience(const json& claims, const std::vector<std::string>& wanted)
{
    if (wanted.empty())
        return true;
    const auto listed = claims.find("aud");
    std::vector<std::string> given;
    if (listed == claims.end())
        given.push_back(member(claims, "client_id"));
    else if (listed->is_string())
        given.push_back(listed->get<std::string>());
    else
        given = words(*listed);
    return std::any_of(given.begin(), given.end(), [&](const std::string& audience) {
        return std::find(wanted.begin(), wanted.end(), audience) != wanted.end();
    });
}

std::optional<JwtFault> checkClaims(const Jwt& token, const JwtRules& rules)
{
    const auto claims = aws::parseJson(token.payload);
    if (!claims)
        return JwtFault{Kind::Malformed, "the token is malformed"};
    if (member(*claims, "iss") != rules.issuer)
        return JwtFault{Kind::Issuer, "the token does not have a valid issuer"};
    if (auto wrong = checkTimes(*claims, rules.now))
        return wrong;
    if (!hasAudience(*claims, rules.audiences))
        return JwtFault{Kind::Audience, "the token does not have a valid audience"};
    return std::nullopt;
}

}

struct JwtKeys::Keys {
    struct Entry {
        std::string id;
        std::string algorithm; // "" for any
        Key key;
    };
    std::vector<Entry> entries;
};

std::string Jwt::claim(const std::string& name) const
{
    const auto found = claims.find(name);
    return found == claims.end() ? std::string() : found->second;
}

Result<JwtKeys> JwtKeys::parse(std::string_view jwks)
{
    const auto document = aws::parseJson(jwks);
    if (!document || !document->is_object() || !document->contains("keys")
        || !document->at("keys").is_array())
        return fail(ErrorKind::Invalid, "InvalidJwks", "It is no JSON Web Key Set");
    auto keys = std::make_shared<Keys>();
    for (const auto& jwk : document->at("keys")) {
        if (!jwk.is_object() || member(jwk, "kty") != "RSA" || (jwk.contains("use") && jwk["use"] != "sig"))
            continue;
        if (auto key = rsaKey(jwk))
            keys->entries.push_back({member(jwk, "kid"), member(jwk, "alg"), std::move(key)});
    }
    JwtKeys made;
    made.m_keys = std::move(keys);
    return made;
}

std::size_t JwtKeys::size() const
{
    return m_keys->entries.size();
}

JwtResult readJwt(std::string_view token)
{
    const auto parts = split(token, '.');
    if (parts.size() != 3)
        return fault(Kind::Malformed, "token contains an invalid number of segments");
    const auto headerText = unbase64Url(parts[0]);
    const auto payloadText = unbase64Url(parts[1]);
    if (!headerText || !payloadText || !unbase64Url(parts[2]))
        return fault(Kind::Malformed, "the token is malformed");
    const auto header = aws::parseJson(*headerText);
    const auto payload = aws::parseJson(*payloadText);
    if (!header || !payload || !header->is_object() || !payload->is_object())
        return fault(Kind::Malformed, "the token is malformed");
    Jwt jwt{member(*header, "alg"), member(*header, "kid"), *payloadText, {}, {}};
    for (const auto& [name, value] : payload->items())
        jwt.claims[name] = shown(value);
    const auto scope = payload->contains("scope") ? payload->find("scope") : payload->find("scp");
    if (scope != payload->end())
        jwt.scopes = words(*scope);
    return jwt;
}

JwtResult verifyJwt(std::string_view token, const JwtKeys& keys, const JwtRules& rules)
{
    auto jwt = readJwt(token);
    if (!jwt)
        return jwt;
    const auto* digest = digestOf(jwt->algorithm);
    if (!digest)
        return fault(Kind::Algorithm, "signing method " + jwt->algorithm + " is invalid");
    const auto& entries = keys.keys().entries;
    const auto fits = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
        return entry.id == jwt->keyId && (entry.algorithm.empty() || entry.algorithm == jwt->algorithm);
    });
    if (fits == entries.end())
        return fault(Kind::UnknownKey, "unable to find a key with the kid \"" + jwt->keyId + "\"");
    const auto end = token.rfind('.');
    const auto signature = unbase64Url(token.substr(end + 1));
    if (!signature || !signedBy(fits->key.get(), digest, token.substr(0, end), *signature))
        return fault(Kind::Signature, "signature is invalid");
    if (auto wrong = checkClaims(*jwt, rules))
        return tl::unexpected(*std::move(wrong));
    return jwt;
}

bool hasScope(const Jwt& token, const std::vector<std::string>& wanted)
{
    return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& scope) {
        return std::find(token.scopes.begin(), token.scopes.end(), scope) != token.scopes.end();
    });
}

}
