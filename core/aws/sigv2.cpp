#include "core/aws/sigv2.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <map>

namespace core::aws {

namespace {

// Query parameters that name a part of the resource and are signed with it ("Signing and authenticating REST
// requests", S3 user guide).
constexpr std::array<std::string_view, 28> kSigned{"accelerate", "acl", "analytics", "cors", "delete",
    "encryption", "inventory", "lifecycle", "location", "logging", "metrics", "notification", "partNumber",
    "policy", "requestPayment", "replication", "response-cache-control", "response-content-disposition",
    "response-content-encoding", "response-content-language", "response-content-type", "response-expires",
    "tagging", "torrent", "uploadId", "uploads", "versionId", "versioning"};

std::string hmacSha1(std::string_view key, std::string_view bytes)
{
    constexpr std::size_t block = 64;
    std::string padded(key.size() > block ? sha1(key) : std::string(key));
    padded.resize(block, '\0');
    std::string inner;
    std::string outer;
    for (const char c : padded) {
        inner += static_cast<char>(c ^ 0x36);
        outer += static_cast<char>(c ^ 0x5c);
    }
    return sha1(outer + sha1(inner + std::string(bytes)));
}

// SDKs put headers of the request, such as the token of a session, into the URL and sign them all the same.
std::string amazonHeaders(const http::Request& request)
{
    std::map<std::string, std::string> sorted;
    const auto add = [&sorted](std::string_view name, std::string_view value) {
        auto lower = toLower(name);
        if (!lower.starts_with("x-amz-") || lower == "x-amz-date")
            return;
        auto& joined = sorted[std::move(lower)];
        joined += (joined.empty() ? "" : ",") + std::string(trimmed(value));
    };
    for (const auto& [name, value] : request.headers)
        add(name, value);
    for (const auto& [name, value] : http::parseQuery(request.rawQuery()))
        add(name, value);
    std::string text;
    for (const auto& [name, value] : sorted)
        text += name + ':' + value + '\n';
    return text;
}

std::string resource(const http::Request& request)
{
    std::vector<std::string> parts;
    for (const auto& [name, value] : http::parseQuery(request.rawQuery())) {
        if (std::find(kSigned.begin(), kSigned.end(), name) != kSigned.end())
            parts.push_back(value.empty() ? name : name + '=' + value);
    }
    std::sort(parts.begin(), parts.end());
    std::string text(request.path());
    return parts.empty() ? text : text + '?' + join(parts, "&");
}

struct Parts {
    std::string key, expires, signature;
};

Parts partsOf(std::string_view rawQuery)
{
    const auto query = http::parseQuery(rawQuery);
    return {http::queryValue(query, "AWSAccessKeyId").value_or(""),
        http::queryValue(query, "Expires").value_or(""), http::queryValue(query, "Signature").value_or("")};
}

}

bool isPresignedV2(std::string_view rawQuery)
{
    return rawQuery.find("AWSAccessKeyId=") != std::string_view::npos
        && (rawQuery.find("Signature=") != std::string_view::npos
            || rawQuery.find("Expires=") != std::string_view::npos);
}

tl::expected<Signature, SignatureFault> parsePresignedV2(std::string_view rawQuery)
{
    const auto parts = partsOf(rawQuery);
    const auto expires = parseInteger(parts.expires);
    if (parts.key.empty() || parts.signature.empty() || parts.expires.empty())
        return tl::unexpected<SignatureFault>({SignatureFault::Kind::BadQuery,
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters"});
    if (!expires)
        return tl::unexpected<SignatureFault>({SignatureFault::Kind::BadQuery,
            "Invalid date (should be seconds since epoch): " + parts.expires});
    Signature signature;
    signature.form = Signature::Form::PresignedV2;
    signature.accessKeyId = parts.key;
    signature.service = "s3";
    signature.expires = *expires;
    return signature;
}

std::string signatureV2(const http::Request& request, std::string_view expires, std::string_view secret)
{
    std::string text = request.method + '\n';
    text += std::string(request.headers.get("Content-MD5")) + '\n';
    text += std::string(request.headers.get("Content-Type")) + '\n';
    text += std::string(expires) + '\n' + amazonHeaders(request) + resource(request);
    return base64(hmacSha1(secret, text));
}

std::optional<SignatureFault> verifySignatureV2(
    const Signature& signature, const http::Request& request, const VerifyOptions& options)
{
    if (options.now / kSecond > signature.expires)
        return SignatureFault{SignatureFault::Kind::Expired, {}};
    const auto parts = partsOf(request.rawQuery());
    if (signatureV2(request, parts.expires, options.secret) != parts.signature)
        return SignatureFault{SignatureFault::Kind::Mismatch, {}};
    return {};
}

}
