#include "core/aws/sigv4.h"

#include "core/aws/sigv2.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <algorithm>
#include <array>

namespace core::aws {

namespace {

using Kind = SignatureFault::Kind;
constexpr std::string_view kNoDate =
    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::int64_t kWeek = 604'800;

tl::unexpected<SignatureFault> fault(Kind kind, std::string detail = {})
{
    return tl::unexpected<SignatureFault>(SignatureFault{kind, std::move(detail)});
}

// "AKID/20261122/us-east-1/dynamodb/aws4_request"; an access key id may hold slashes, so it is read from the
// end.
bool readScope(std::string_view credential, Signature& signature)
{
    std::array<std::string_view, 4> parts;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        const auto slash = credential.rfind('/');
        if (slash == std::string_view::npos)
            return false;
        *part = credential.substr(slash + 1);
        credential = credential.substr(0, slash);
    }
    if (credential.empty() || parts[3] != "aws4_request" || parts[0].size() != 8)
        return false;
    signature.accessKeyId = credential;
    signature.date = parts[0];
    signature.region = parts[1];
    signature.service = parts[2];
    return true;
}

tl::expected<Signature, SignatureFault> parseHeader(std::string_view header, bool dated)
{
    if (!header.starts_with("AWS4-"))
        return fault(Kind::MissingToken);
    Signature signature;
    signature.form = Signature::Form::Header;
    std::string_view credential;
    const auto space = header.find(' ');
    auto rest = space == std::string_view::npos ? std::string_view() : header.substr(space);
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const auto part = trimmed(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        if (part.starts_with("Credential="))
            credential = part.substr(11);
        else if (part.starts_with("SignedHeaders="))
            signature.signedHeaders = part.substr(14);
        else if (part.starts_with("Signature="))
            signature.signature = part.substr(10);
    }
    std::string missing;
    if (credential.empty())
        missing += "Authorization header requires 'Credential' parameter. ";
    if (signature.signature.empty())
        missing += "Authorization header requires 'Signature' parameter. ";
    if (signature.signedHeaders.empty())
        missing += "Authorization header requires 'SignedHeaders' parameter. ";
    if (!missing.empty() && !dated)
        missing += std::string(kNoDate);
    if (!missing.empty())
        return fault(Kind::Incomplete, missing + "Authorization=" + std::string(header));
    if (!readScope(credential, signature))
        return fault(Kind::BadCredential, std::string(credential));
    return signature;
}

// Views into the query's still encoded text.
struct PresignedParts {
    std::string_view algorithm, credential, date, expires, signedHeaders, signature;
};

PresignedParts presignedParts(std::string_view rawQuery)
{
    PresignedParts parts;
    for (const auto pair : split(rawQuery, '&')) {
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos)
            continue;
        const auto name = pair.substr(0, equals);
        const auto value = pair.substr(equals + 1);
        if (name == "X-Amz-Algorithm")
            parts.algorithm = value;
        else if (name == "X-Amz-Credential")
            parts.credential = value;
        else if (name == "X-Amz-Date")
            parts.date = value;
        else if (name == "X-Amz-Expires")
            parts.expires = value;
        else if (name == "X-Amz-SignedHeaders")
            parts.signedHeaders = value;
        else if (name == "X-Amz-Signature")
            parts.signature = value;
    }
    return parts;
}

tl::expected<Signature, SignatureFault> parsePresigned(std::string_view rawQuery)
{
    const auto parts = presignedParts(rawQuery);
    if (parts.algorithm.empty() || parts.credential.empty() || parts.date.empty() || parts.expires.empty()
        || parts.signedHeaders.empty() || parts.signature.empty()) {
        return fault(Kind::BadQuery,
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
            "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
    }
    if (parts.algorithm != kAlgorithm)
        return fault(
            Kind::BadQuery, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
    Signature signature;
    signature.form = Signature::Form::Presigned;
    if (!readScope(percentDecode(parts.credential), signature))
        return fault(Kind::BadQuery,
            "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "
            "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    const auto expires = parseInteger(parts.expires);
    if (!expires)
        return fault(Kind::BadQuery, "X-Amz-Expires should be a number");
    if (*expires < 0)
        return fault(Kind::BadQuery, "X-Amz-Expires must be non-negative");
    if (*expires > kWeek)
        return fault(Kind::BadQuery,
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be "
            "less than "
            "604800 seconds");
    signature.amzDate = percentDecode(parts.date);
    if (!parseAmzDate(signature.amzDate))
        return fault(
            Kind::BadQuery, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
    signature.expires = *expires;
    signature.signedHeaders = parts.signedHeaders;
    signature.signature = parts.signature;
    return signature;
}

std::string collapseSpaces(std::string_view text)
{
    std::string out;
    for (const char c : trimmed(text)) {
        if (c != ' ' || (!out.empty() && out.back() != ' '))
            out += c;
    }
    return out;
}

std::string canonicalPath(std::string_view path, bool isS3)
{
    if (isS3)
        return percentEncode(percentDecode(path), true);
    // RFC 3986 §5.2.4 and empty segments, then a second encoding of the path as sent.
    std::vector<std::string> kept;
    for (const auto segment : split(path, '/')) {
        if (segment.empty() || segment == ".")
            continue;
        if (segment == "..") {
            if (!kept.empty())
                kept.pop_back();
            continue;
        }
        kept.push_back(percentEncode(segment));
    }
    auto joined = "/" + join(kept, "/");
    if (joined.size() > 1 && path.ends_with('/'))
        joined += '/';
    return joined;
}

std::string canonicalQuery(std::string_view rawQuery)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto pair : split(rawQuery, '&')) {
        if (pair.empty())
            continue;
        const auto equals = pair.find('=');
        const auto name = pair.substr(0, equals);
        const auto value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
        if (name != "X-Amz-Signature")
            pairs.emplace_back(percentEncode(percentDecode(name)), percentEncode(percentDecode(value)));
    }
    std::sort(pairs.begin(), pairs.end());
    std::string text;
    for (const auto& [name, value] : pairs)
        text += (text.empty() ? "" : "&") + name + '=' + value;
    return text;
}

std::string headerValue(const http::Headers& headers, std::string_view name)
{
    std::string value;
    for (const auto part : headers.all(name))
        value += (value.empty() ? "" : ",") + collapseSpaces(part);
    return value;
}

bool sameText(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    int difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

std::optional<SignatureFault> checkTime(const Signature& signature, const http::Request& request, Micros now)
{
    if (signature.form == Signature::Form::Presigned) {
        const auto start = parseAmzDate(signature.amzDate).value_or(0);
        if (now > start + signature.expires * kSecond)
            return SignatureFault{Kind::Expired, {}};
        return {};
    }
    // Clients sign with their own clock, which follows real time whatever the chamber's clock does.
    const auto signedAt = parseAmzDate(request.headers.get("x-amz-date"));
    if (signedAt && std::abs(*signedAt - realMicros()) > 15 * 60 * kSecond)
        return SignatureFault{Kind::Skewed, std::string(request.headers.get("x-amz-date"))};
    return {};
}

bool isDigest(std::string_view text)
{
    return text.size() == 64 && unhex(text);
}

}

tl::expected<Signature, SignatureFault> parseSignature(const http::Request& request)
{
    const auto header = request.headers.get("Authorization");
    const auto query = request.rawQuery();
    const bool presigned = query.find("X-Amz-") != std::string_view::npos
        && (query.find("X-Amz-Signature=") != std::string_view::npos
            || query.find("X-Amz-Algorithm=") != std::string_view::npos);
    if (!header.empty() && presigned)
        return fault(Kind::Both);
    if (!header.empty())
        return parseHeader(header, request.headers.has("x-amz-date") || request.headers.has("date"));
    if (presigned)
        return parsePresigned(query);
    if (isPresignedV2(query))
        return parsePresignedV2(query);
    return Signature{};
}

http::Headers presignedHeaders(const http::Request& request)
{
    static constexpr std::array<std::string_view, 8> signatureParts{"x-amz-algorithm", "x-amz-credential",
        "x-amz-date", "x-amz-expires", "x-amz-signedheaders", "x-amz-signature", "x-amz-security-token",
        "x-amz-content-sha256"};
    http::Headers headers;
    for (auto& [name, value] : http::parseQuery(request.rawQuery())) {
        auto header = toLower(name);
        if (header.starts_with("x-amz-")
            && std::find(signatureParts.begin(), signatureParts.end(), header) == signatureParts.end())
            headers.add(std::move(header), std::move(value));
    }
    return headers;
}

std::string canonicalRequest(
    const http::Request& request, const Signature& signature, std::string_view payloadHash)
{
    const auto signedHeaders = percentDecode(signature.signedHeaders);
    std::string text = request.method;
    text += '\n' + canonicalPath(request.path(), signature.service == "s3");
    text += '\n' + canonicalQuery(request.rawQuery()) + '\n';
    for (const auto name : split(signedHeaders, ';'))
        text += std::string(name) + ':' + headerValue(request.headers, name) + '\n';
    text += '\n' + signedHeaders + '\n';
    return text += payloadHash;
}

std::string stringToSign(const Signature& signature, std::string_view amzDate, std::string_view canonical)
{
    return std::string(kAlgorithm) + '\n' + std::string(amzDate) + '\n' + signature.date + '/'
        + signature.region + '/' + signature.service + "/aws4_request\n" + hex(sha256(canonical));
}

std::string signatureOf(const Signature& signature, std::string_view secret, std::string_view text)
{
    auto key = hmacSha256("AWS4" + std::string(secret), signature.date);
    key = hmacSha256(key, signature.region);
    key = hmacSha256(key, signature.service);
    key = hmacSha256(key, "aws4_request");
    return hex(hmacSha256(key, text));
}

std::optional<SignatureFault> verifySignature(
    const Signature& signature, const http::Request& request, const VerifyOptions& options)
{
    if (auto late = checkTime(signature, request, options.now))
        return late;
    const bool presigned = signature.form == Signature::Form::Presigned;
    std::string payload(request.headers.get("x-amz-content-sha256"));
    if (payload.empty()) {
        const bool unsignedBody = presigned && signature.service == "s3";
        payload = unsignedBody ? "UNSIGNED-PAYLOAD" : hex(sha256(request.body));
    } else if (isDigest(payload) && options.bodyIsHere && hex(sha256(request.body)) != payload) {
        return SignatureFault{Kind::BodyMismatch, {}};
    }
    std::string amzDate = signature.amzDate;
    if (!presigned) {
        amzDate = request.headers.get("x-amz-date");
        if (amzDate.empty()) {
            const auto date = parseHttpDate(request.headers.get("date"));
            if (!date)
                return SignatureFault{Kind::Incomplete,
                    std::string(kNoDate)
                        + "Authorization=" + std::string(request.headers.get("Authorization"))};
            amzDate = core::amzDate(*date);
        }
    }
    const auto canonical = canonicalRequest(request, signature, payload);
    const auto expected = signatureOf(signature, options.secret, stringToSign(signature, amzDate, canonical));
    if (!sameText(expected, signature.signature))
        return SignatureFault{Kind::Mismatch, canonical};
    return {};
}

}
