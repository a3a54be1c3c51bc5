#include "core/apigateway/iam_authorization.h"

#include "core/aws/session.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <algorithm>

namespace core::apigateway {

namespace {

using aws::Signature;
using aws::SignatureFault;
using Fault = SignatureFault::Kind;

tl::unexpected<GatewayFailure> refuse(
    GatewayResponseType type, std::string errorType, std::string message, std::string reason = {})
{
    auto told = reason.empty() ? message : std::move(reason);
    return tl::unexpected<GatewayFailure>(
        GatewayFailure{type, std::move(told), std::move(message), {}, std::move(errorType)});
}

tl::unexpected<GatewayFailure> incomplete(std::string message)
{
    return refuse(GatewayResponseType::InvalidSignature, "IncompleteSignatureException", std::move(message));
}

tl::unexpected<GatewayFailure> invalid(std::string message, std::string reason = {})
{
    return refuse(GatewayResponseType::InvalidSignature, "InvalidSignatureException", std::move(message),
        std::move(reason));
}

// AWS shows only a digest of a header that it cannot read; runs of spaces count as one.
std::string digestOf(std::string_view header)
{
    std::string text;
    for (const char c : trimmed(header)) {
        if (c != ' ' || text.back() != ' ')
            text += c;
    }
    return base64(sha256(text));
}

// An Authorization header of another scheme, such as a bearer token, is read as key=value pairs all the same.
tl::unexpected<GatewayFailure> otherScheme(std::string_view header)
{
    const auto space = header.find(' ');
    const auto rest = space == header.npos ? header : header.substr(space + 1);
    if (rest.find('=') == rest.npos)
        return incomplete("Invalid key=value pair (missing equal-sign) in Authorization header (hashed with "
                          "SHA-256 and encoded with Base64): '"
            + digestOf(header) + "'.");
    return incomplete(
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
        "parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires "
        "existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with "
        "Base64) "
        "Authorization="
        + digestOf(header));
}

std::string canonicalMessage(
    const Signature& signature, const http::Request& request, const std::string& canonical)
{
    std::string date = signature.amzDate;
    if (date.empty())
        date = request.headers.get("x-amz-date");
    if (date.empty()) {
        if (const auto sent = parseHttpDate(request.headers.get("date")))
            date = amzDate(*sent);
    }
    return "The request signature we calculated does not match the signature you provided. Check your AWS "
           "Secret Access Key and signing method. Consult the service documentation for details.\n\nThe "
           "Canonical String for this request should have been\n'"
        + canonical + "'\n\nThe String-to-Sign should have been\n'"
        + aws::stringToSign(signature, date, canonical) + "'\n";
}

std::string skewed(const std::string& sent, Micros now)
{
    constexpr Micros kLeeway = 300 * kSecond;
    const bool early = parseAmzDate(sent).value_or(0) > now;
    if (early)
        return "Signature not yet current: " + sent + " is still later than " + amzDate(now + kLeeway) + " ("
            + amzDate(now) + " + 5 min.)";
    return "Signature expired: " + sent + " is now earlier than " + amzDate(now - kLeeway) + " ("
        + amzDate(now) + " - 5 min.)";
}

tl::unexpected<GatewayFailure> faulty(
    const SignatureFault& fault, const Signature& signature, const http::Request& request)
{
    switch (fault.kind) {
    case Fault::MissingToken:
        return otherScheme(request.headers.get("Authorization"));
    case Fault::Incomplete:
    case Fault::BadQuery:
        return incomplete(std::string(trimmed(fault.detail)));
    case Fault::BadCredential:
        return incomplete("Credential must have exactly 5 slash-delimited elements, e.g. "
                          "keyid/date/region/service/term, got '"
            + fault.detail + "'");
    case Fault::Both:
        return invalid(
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    case Fault::Expired:
        return invalid("Signature expired: the request was valid until its X-Amz-Date and X-Amz-Expires");
    case Fault::Skewed:
        return invalid(skewed(fault.detail, realMicros()));
    case Fault::Mismatch:
        return invalid(canonicalMessage(signature, request, fault.detail), "The signature is not right");
    case Fault::BodyMismatch:
        break;
    }
    return invalid(
        "The request signature we calculated does not match the signature you provided. Check your AWS "
        "Secret Access Key and signing method. Consult the service documentation for details.",
        "x-amz-content-sha256 is not that of the body");
}

StepResult checkScope(const Signature& signature, const std::string& region)
{
    if (signature.service != "execute-api")
        return invalid("Credential should be scoped to correct service: 'execute-api'.");
    if (!region.empty() && signature.region != region)
        return invalid("Credential should be scoped to a valid region, not '" + signature.region + "'.");
    return {};
}

Identity identityOf(const aws::Session& session)
{
    Identity identity;
    identity.accessKey = session.accessKeyId;
    identity.accountId = session.account;
    identity.caller = session.userId;
    identity.user = session.userId;
    identity.userArn = session.arn;
    return identity;
}

}

tl::expected<Identity, GatewayFailure> verifyCaller(
    const http::Request& wire, const std::string& region, Micros now)
{
    const auto signature = aws::parseSignature(wire);
    if (!signature)
        return faulty(signature.error(), {}, wire);
    if (signature->form != Signature::Form::Header && signature->form != Signature::Form::Presigned)
        return stop(GatewayResponseType::MissingAuthenticationToken,
            "The call must be signed for execute-api and is not");
    const auto holder = aws::holderOf(*signature, wire, now);
    if (holder.state == aws::KeyHolder::State::Expired)
        return refuse(GatewayResponseType::ExpiredToken, "ExpiredTokenException",
            "The security token included in the request is expired");
    if (!holder.mayCall())
        return refuse(GatewayResponseType::InvalidSignature, "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            "No access key " + signature->accessKeyId + ": the chamber knows test and account ids");
    if (auto scope = checkScope(*signature, region); !scope)
        return tl::unexpected(std::move(scope).error());
    if (const auto fault = aws::verifySignature(*signature, wire, {.secret = holder.secret, .now = now}))
        return faulty(*fault, *signature, wire);
    return identityOf(holder.session);
}

StepResult authorizeBySignature(CallContext& context)
{
    // What was signed is what came over the wire.
    auto identity = verifyCaller(
        context.packed ? *context.packed : context.request, context.api->api.region, context.now);
    if (!identity)
        return tl::unexpected(std::move(identity).error());
    context.identity = *std::move(identity);
    context.step("Authorize",
        "Signed by " + context.identity.accessKey + " of account " + context.identity.accountId,
        trace::Verdict::Pass);
    return {};
}

StepResult checkAuthorizationScheme(const http::Request& request)
{
    const auto header = request.headers.get("Authorization");
    if (header.empty() || header.starts_with("AWS4-"))
        return {};
    return otherScheme(header);
}

}
