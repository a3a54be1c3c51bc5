#include "core/aws/signature_errors.h"

#include "core/base/text.h"

namespace core::aws {

namespace {

using Kind = SignatureFault::Kind;

Error denied(std::string code, std::string message)
{
    return {ErrorKind::Denied, std::move(code), std::move(message)};
}

Error s3Error(const SignatureFault& fault)
{
    switch (fault.kind) {
    case Kind::MissingToken:
        return {ErrorKind::Invalid, "InvalidArgument", "Unsupported Authorization Type"};
    case Kind::Incomplete:
        return {ErrorKind::Invalid, "AuthorizationHeaderMalformed",
            "The authorization header is malformed; the authorization header requires three components: "
            "Credential, "
            "SignedHeaders, and Signature."};
    case Kind::BadCredential:
        return {ErrorKind::Invalid, "AuthorizationHeaderMalformed",
            "The authorization header is malformed; the Credential is mal-formed; expecting "
            "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."};
    case Kind::BadQuery:
        return {ErrorKind::Invalid, "AuthorizationQueryParametersError", fault.detail};
    case Kind::Both:
        return {ErrorKind::Invalid, "InvalidArgument",
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query "
            "string parameter "
            "or the Authorization header should be specified"};
    case Kind::BodyMismatch:
        return {ErrorKind::Invalid, "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed."};
    case Kind::Expired:
        return denied("AccessDenied", "Request has expired");
    case Kind::Skewed:
        return denied("RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.");
    case Kind::Mismatch:
        break;
    }
    return denied("SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and "
        "signing "
        "method.");
}

bool isStorage(const Service& service)
{
    return service.protocol() == Protocol::RestXml && service.xmlManner() == XmlManner::S3;
}

// The query protocol's codes are those of XML, whatever else the service speaks.
bool speaksXml(const Service& service, const http::Request& request)
{
    return service.protocol() == Protocol::RestXml
        || request.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded")
        || request.rawQuery().find("Action=") != std::string_view::npos;
}

constexpr std::string_view kMismatch = "The request signature we calculated does not match the signature you "
                                       "provided. Check your AWS Secret Access Key and "
                                       "signing method. Consult the service documentation for details.";

}

Error signatureError(const Service& service, const SignatureFault& fault, const http::Request& request)
{
    if (isStorage(service))
        return s3Error(fault);
    const bool xml = speaksXml(service, request);
    const auto header = std::string(request.headers.get("Authorization"));
    switch (fault.kind) {
    case Kind::MissingToken:
        return xml ? denied("MissingAuthenticationToken", "Request is missing Authentication Token")
                   : denied("MissingAuthenticationTokenException", "Request is missing Authentication Token");
    case Kind::Incomplete:
    case Kind::BadQuery:
        return denied(
            xml ? "IncompleteSignature" : "IncompleteSignatureException", std::string(trimmed(fault.detail)));
    case Kind::BadCredential:
        return denied(xml ? "IncompleteSignature" : "IncompleteSignatureException",
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
            "got '"
                + fault.detail + "'");
    case Kind::Both:
        return denied(xml ? "SignatureDoesNotMatch" : "InvalidSignatureException",
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    case Kind::Expired:
        return denied(xml ? "SignatureDoesNotMatch" : "InvalidSignatureException",
            "Signature expired: the request was valid until its X-Amz-Date and X-Amz-Expires");
    case Kind::Skewed:
        return denied(xml ? "SignatureDoesNotMatch" : "InvalidSignatureException",
            "Signature expired: " + fault.detail
                + " is now more than 15 minutes away from the server's time");
    case Kind::BodyMismatch:
    case Kind::Mismatch:
        break;
    }
    return denied(xml ? "SignatureDoesNotMatch" : "InvalidSignatureException", std::string(kMismatch));
}

Error expiredKey(const Service& service, const http::Request& request)
{
    if (isStorage(service))
        return {ErrorKind::Invalid, "ExpiredToken", "The provided token has expired."};
    return denied(speaksXml(service, request) ? "ExpiredToken" : "ExpiredTokenException",
        "The security token included in the request is expired");
}

Error unknownKey(const Service& service, const http::Request& request)
{
    if (isStorage(service))
        return denied(
            "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");
    return denied(speaksXml(service, request) ? "InvalidClientTokenId" : "UnrecognizedClientException",
        "The security token included in the request is invalid.");
}

}
