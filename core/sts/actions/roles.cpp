#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/sts/actions.h"
#include "core/sts/errors.h"

#include <nlohmann/json.hpp>

#include <set>

namespace core::sts {

using nlohmann::json;

namespace {

constexpr std::int64_t kHour = 3600;

// AWS tells an ARN from one of something else.
Result<aws::Session> roleSession(const json& input)
{
    const auto& role = input.at("RoleArn").get_ref<const std::string&>();
    auto session = aws::assumedRole(role, input.at("RoleSessionName").get_ref<const std::string&>());
    if (!session && Arn::parse(role))
        return fail(errors::validation("Request ARN is invalid"));
    if (!session)
        return fail(errors::validation(role + " is invalid"));
    return *std::move(session);
}

Result<> checkTags(const json& input)
{
    std::set<std::string> keys;
    for (const auto& tag : input.value("Tags", json::array())) {
        if (!keys.insert(toLower(tag.at("Key").get_ref<const std::string&>())).second)
            return fail(errors::validation(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive."));
    }
    for (const auto& key : input.value("TransitiveTagKeys", json::array())) {
        if (!keys.contains(toLower(key.get_ref<const std::string&>())))
            return fail(errors::validation("The specified transitive tag key must be included in the "
                                           "requested tags."));
    }
    return {};
}

json userOf(const aws::Session& session)
{
    return {{"AssumedRoleId", session.userId}, {"Arn", session.arn}};
}

std::string unbase64Url(std::string text)
{
    text = replaceAll(replaceAll(std::move(text), "-", "+"), "_", "/");
    text.append((4 - text.size() % 4) % 4, '=');
    return unbase64(text).value_or("");
}

// The claims of a JWT. Its signature is nobody's here.
Result<json> claimsOf(const std::string& token, Micros now)
{
    const auto parts = split(token, '.');
    auto claims =
        parts.size() == 3 ? json::parse(unbase64Url(std::string(parts[1])), nullptr, false) : json();
    if (!claims.is_object())
        return fail(errors::badIdentityToken("The ID Token provided is not a valid JWT. (You may see this "
                                             "error if you sent an Access Token)"));
    for (const char* name : {"iss", "sub", "aud"}) {
        if (!claims.contains(name))
            return fail(errors::badIdentityToken("Missing a required claim: " + std::string(name)));
    }
    const auto ends = claims.value("exp", json());
    if (!ends.is_number())
        return fail(errors::badIdentityToken("Missing a required claim: exp"));
    const auto current = now / kSecond;
    if (ends.get<double>() <= static_cast<double>(current))
        return fail(errors::expiredToken("Token expired: current date/time " + std::to_string(current)
            + " must be before the expiration date/time " + std::to_string(ends.get<std::int64_t>())));
    return claims;
}

std::string textOf(const json& claim)
{
    if (claim.is_array() && !claim.empty())
        return textOf(claim.front());
    return claim.is_string() ? claim.get<std::string>() : claim.dump();
}

// "https://accounts.example.com/" is named without its scheme.
std::string providerOf(const json& claims)
{
    const auto issuer = textOf(claims["iss"]);
    const auto scheme = issuer.find("://");
    return scheme == std::string::npos ? issuer : issuer.substr(scheme + 3);
}

}

Result<Outcome> assumeRole(StsService& /*service*/, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto caller, callerOf(context, request));
    CORE_TRY(auto session, roleSession(input));
    CORE_CHECK(checkSessionPolicies(input));
    CORE_CHECK(checkTags(input));
    context.span.step("Role", "There is no IAM: every role may be assumed", trace::Verdict::Pass);
    const auto seconds = input.value("DurationSeconds", kHour);
    if (caller.arn.find(":assumed-role/") != std::string::npos && seconds > kHour)
        return fail(errors::validation("The requested DurationSeconds exceeds the 1 hour session limit for "
                                       "roles assumed by role chaining"));
    context.touch(input.at("RoleArn").get<std::string>());
    json output{{"AssumedRoleUser", userOf(session)}};
    addPackedSize(input, output);
    if (input.contains("SourceIdentity"))
        output["SourceIdentity"] = input["SourceIdentity"];
    output["Credentials"] = credentialsFor(std::move(session), context, seconds);
    return aws::Reply::of(std::move(output));
}

Result<Outcome> assumeRoleWithWebIdentity(StsService& /*service*/, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(auto session, roleSession(input));
    CORE_CHECK(checkSessionPolicies(input));
    CORE_TRY(
        const auto claims, claimsOf(input.at("WebIdentityToken").get_ref<const std::string&>(), context.now));
    context.touch(input.at("RoleArn").get<std::string>());
    json output{{"AssumedRoleUser", userOf(session)}, {"SubjectFromWebIdentityToken", textOf(claims["sub"])},
        {"Audience", textOf(claims["aud"])}, {"Provider", providerOf(claims)}};
    addPackedSize(input, output);
    output["Credentials"] =
        credentialsFor(std::move(session), context, input.value("DurationSeconds", kHour));
    return aws::Reply::of(std::move(output));
}

}
