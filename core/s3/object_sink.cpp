#include "core/s3/object_sink.h"

#include "core/aws/sigv4.h"
#include "core/base/text.h"
#include "core/s3/errors.h"

namespace core::s3 {

namespace {

bool hasToken(std::string_view list, std::string_view token)
{
    for (const auto part : split(list, ',')) {
        if (equalsIgnoreCase(trimmed(part), token))
            return true;
    }
    return false;
}

bool isChecksumHeader(std::string_view name)
{
    constexpr std::string_view kPrefix = "x-amz-checksum-";
    if (name.size() <= kPrefix.size() || !equalsIgnoreCase(name.substr(0, kPrefix.size()), kPrefix))
        return false;
    const auto rest = name.substr(kPrefix.size());
    return !equalsIgnoreCase(rest, "algorithm") && !equalsIgnoreCase(rest, "type")
        && !equalsIgnoreCase(rest, "mode");
}

Result<> takeAlgorithm(BodyClaims& claims, std::string_view header)
{
    const auto algorithm = checksumByHeader(header);
    if (!algorithm)
        return fail(
            headerNotImplemented(header, "CRC32, CRC32C, CRC64NVME, SHA1 and SHA256 are implemented"));
    if (claims.algorithm)
        return fail(invalidRequest(
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."));
    claims.algorithm = algorithm;
    return {};
}

Result<> takeChecksumHeaders(BodyClaims& claims, const http::Headers& headers)
{
    for (const auto& [name, value] : headers) {
        if (!isChecksumHeader(name))
            continue;
        CORE_CHECK(takeAlgorithm(claims, name));
        if (!isChecksumText(*claims.algorithm, value))
            return fail(invalidRequest("Value for " + toLower(name) + " header is invalid."));
        claims.checksum = value;
    }
    for (const auto field : headers.all("x-amz-trailer")) {
        for (const auto part : split(field, ',')) {
            if (!isChecksumHeader(trimmed(part)))
                continue;
            CORE_CHECK(takeAlgorithm(claims, trimmed(part)));
            claims.checksumInTrailer = true;
        }
    }
    const auto named = headers.get("x-amz-sdk-checksum-algorithm");
    if (named.empty())
        return {};
    if (!claims.algorithm) {
        return fail(
            invalidRequest("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
                           "x-amz-trailer headers were found."));
    }
    if (checksumByName(named) != claims.algorithm)
        return fail(invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid."));
    return {};
}

std::optional<std::uint64_t> plainLength(const http::Headers& headers)
{
    const auto value = parseInteger(headers.get("Content-Length"));
    return value && *value >= 0 ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

bool isSha256Text(std::string_view text)
{
    const auto bytes = unhex(text);
    return bytes && bytes->size() == 32;
}

}

Result<BodyClaims> BodyClaims::parse(const http::Headers& headers)
{
    BodyClaims claims;
    const auto payload = headers.get("x-amz-content-sha256");
    claims.chunked =
        payload.starts_with("STREAMING-") || hasToken(headers.joined("Content-Encoding"), "aws-chunked");
    if (isSha256Text(payload))
        claims.payloadSha256 = toLower(payload);
    if (const auto length = headers.get("x-amz-decoded-content-length"); !length.empty()) {
        const auto value = parseInteger(length);
        if (!value || *value < 0)
            return fail(
                invalidArgument("Invalid decoded content length", "x-amz-decoded-content-length", length));
        claims.decodedLength = static_cast<std::uint64_t>(*value);
    }
    claims.md5 = trimmed(headers.get("Content-MD5"));
    if (headers.has("Content-MD5")) {
        const auto raw = unbase64(claims.md5);
        if (!raw || raw->size() != 16)
            return fail(invalidDigest(claims.md5));
    }
    CORE_CHECK(takeChecksumHeaders(claims, headers));
    const auto proposed = claims.chunked ? claims.decodedLength : plainLength(headers);
    if (proposed && *proposed > kMaxSinglePut)
        return fail(entityTooLarge(*proposed, kMaxSinglePut));
    return claims;
}

Result<BodyClaims> BodyClaims::parse(const http::Request& head)
{
    auto headers = head.headers;
    for (const auto& [name, value] : aws::presignedHeaders(head)) {
        if (checksumByHeader(name) && !headers.has(name))
            headers.add(name, value);
    }
    return parse(headers);
}

ObjectSink::ObjectSink(
    store::BlobStore& blobs, Result<BodyClaims> claims, ChecksumAlgorithm fallback, std::uint64_t limit)
    : m_blobs(blobs)
    , m_claims(claims ? *claims : BodyClaims())
    , m_fallback(fallback)
    , m_limit(limit)
    , m_checksum(m_claims.algorithm.value_or(fallback))
{
    if (!claims)
        m_error = claims.error();
    if (!m_claims.payloadSha256.empty())
        m_sha256.emplace(HashKind::Sha256);
}

Result<> ObjectSink::write(std::string_view bytes)
{
    if (m_error)
        return {};
    if (!m_claims.chunked) {
        take(bytes);
        return {};
    }
    // The signature covers the decoded bytes of a signed stream chunk by chunk; x-amz-content-sha256 is a
    // keyword then.
    auto decoded = m_decoder.write(bytes, [this](std::string_view piece) { take(piece); });
    if (!decoded && !m_error)
        m_error = std::move(decoded).error();
    return {};
}

void ObjectSink::take(std::string_view bytes)
{
    if (m_error || bytes.empty())
        return;
    m_size += bytes.size();
    if (m_size > m_limit) {
        m_error = entityTooLarge(m_size, m_limit);
        m_writer.reset();
        return;
    }
    if (!m_writer) {
        auto writer = m_blobs.create();
        if (!writer) {
            m_error = internalError(writer.error());
            return;
        }
        m_writer = std::move(*writer);
    }
    m_md5.update(bytes);
    m_checksum.update(bytes);
    if (m_sha256)
        m_sha256->update(bytes);
    if (auto written = m_writer->write(bytes); !written) {
        m_error = internalError(written.error());
        m_writer.reset();
    }
}

Result<StoredBody> ObjectSink::finish()
{
    auto body = verify();
    // Kept, or gone now: the sink itself lives until the request has been answered.
    const auto writer = std::move(m_writer);
    if (!body || !writer)
        return body;
    auto kept = writer->keep();
    if (!kept)
        return fail(internalError(kept.error()));
    body->blob = std::move(*kept);
    return body;
}

Result<StoredBody> ObjectSink::verify()
{
    if (m_error)
        return fail(*m_error);
    if (m_claims.chunked) {
        CORE_CHECK(m_decoder.finish());
        if (m_claims.decodedLength && *m_claims.decodedLength != m_size)
            return fail(incompleteBody());
    }
    StoredBody body;
    body.size = m_size;
    body.algorithm = m_claims.algorithm.value_or(m_fallback);
    body.md5 = m_md5.digest();
    body.checksum = m_checksum.value();
    CORE_CHECK(checkDigests(body));
    CORE_CHECK(checkChecksum(body));
    return body;
}

Result<> ObjectSink::checkDigests(StoredBody& body)
{
    if (!m_claims.md5.empty()) {
        if (*unbase64(m_claims.md5) != body.md5)
            return fail(md5Mismatch(m_claims.md5, base64(body.md5)));
        body.verified = "Content-MD5 matches";
    }
    if (m_sha256) {
        const auto computed = hex(m_sha256->digest());
        if (computed != m_claims.payloadSha256)
            return fail(payloadHashMismatch(m_claims.payloadSha256, computed));
        body.verified += (body.verified.empty() ? "" : ", ");
        body.verified += "x-amz-content-sha256 matches";
    }
    return {};
}

Result<> ObjectSink::checkChecksum(StoredBody& body) const
{
    if (!m_claims.algorithm)
        return {};
    std::string_view claimed = m_claims.checksum;
    if (m_claims.checksumInTrailer) {
        claimed = m_decoder.trailers().get(checksumHeader(body.algorithm));
        if (claimed.empty())
            return fail(malformedTrailer());
        if (!isChecksumText(body.algorithm, claimed)) {
            return fail(invalidRequest(
                "Value for " + std::string(checksumHeader(body.algorithm)) + " trailing header is invalid."));
        }
    }
    if (claimed != body.checksum)
        return fail(checksumMismatch(checksumName(body.algorithm)));
    body.verified += (body.verified.empty() ? "" : ", ");
    body.verified += "checksum " + std::string(checksumName(body.algorithm)) + " matches";
    return {};
}

}
