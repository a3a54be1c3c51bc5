#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/http/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::aws {

// What a request says about who signed it. The views point into the request's headers or target.
struct Signature {
    enum class Form { None, Header, Presigned, PresignedV2 };
    Form form = Form::None;
    std::string accessKeyId;
    std::string date; // "20261122"
    std::string region; // "us-east-1"
    std::string service; // the scope's: "dynamodb"
    std::string_view signedHeaders; // as sent: "host;x-amz-date", still encoded when presigned
    std::string_view signature;
    std::string amzDate; // presigned: X-Amz-Date
    std::int64_t expires = 0; // presigned: seconds; version 2: the moment, in seconds
};

// Why a request is refused. The services word it: see signatureError().
struct SignatureFault {
    enum class Kind {
        MissingToken, // another scheme than AWS4-…
        Incomplete, // parts of the Authorization header are missing: `detail` says which
        BadCredential, // the scope has not five parts
        BadQuery, // presigned: `detail` says what
        Both, // signed in the header and in the query
        Mismatch,
        BodyMismatch, // x-amz-content-sha256 is not that of the body
        Expired,
        Skewed,
    };
    Kind kind;
    std::string detail;
};

// Reads the Authorization header or the presigned query. A request without either has Form::None.
tl::expected<Signature, SignatureFault> parseSignature(const http::Request& request);

struct VerifyOptions {
    std::string_view secret = "test";
    Micros now = 0; // presigned: the chamber's clock
    // The body's digest when it is not in request.body; empty: take x-amz-content-sha256 at its word.
    bool bodyIsHere = true;
};

// Whether the signature is right; presigned ones also whether they are still valid. Understands
// UNSIGNED-PAYLOAD and STREAMING-… payloads, and that S3 encodes the path once where others encode it twice.
std::optional<SignatureFault> verifySignature(
    const Signature& signature, const http::Request& request, const VerifyOptions& options);

// The x-amz-… headers that a presigned URL carries in its query, where SDKs put those of the request, without
// the parts of the signature itself. Names in lower case.
http::Headers presignedHeaders(const http::Request& request);

// The pieces, for tests against AWS's vectors.
std::string canonicalRequest(
    const http::Request& request, const Signature& signature, std::string_view payloadHash);
std::string stringToSign(const Signature& signature, std::string_view amzDate, std::string_view canonical);
std::string signatureOf(const Signature& signature, std::string_view secret, std::string_view text);

}
