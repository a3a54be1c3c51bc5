#include "core/s3/errors.h"

#include "core/base/hash.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::s3 {

namespace {

struct CodeStatus {
    std::string_view code;
    int status;
};

constexpr auto kStatuses = std::to_array<CodeStatus>({
    {"NotModified", 304},
    {"AccessControlListNotSupported", 400},
    {"AuthorizationHeaderMalformed", 400},
    {"AuthorizationQueryParametersError", 400},
    {"BadDigest", 400},
    {"EntityTooLarge", 400},
    {"EntityTooSmall", 400},
    {"IllegalLocationConstraintException", 400},
    {"IncompleteBody", 400},
    {"InvalidArgument", 400},
    {"InvalidBucketAclWithObjectOwnership", 400},
    {"InvalidBucketName", 400},
    {"InvalidDigest", 400},
    {"InvalidLocationConstraint", 400},
    {"InvalidPart", 400},
    {"InvalidPartOrder", 400},
    {"InvalidRequest", 400},
    {"InvalidStorageClass", 400},
    {"InvalidURI", 400},
    {"KeyTooLongError", 400},
    {"MalformedPolicy", 400},
    {"MalformedTrailerError", 400},
    {"MalformedXML", 400},
    {"MetadataTooLarge", 400},
    {"XAmzContentSHA256Mismatch", 400},
    {"AccessDenied", 403},
    {"InvalidAccessKeyId", 403},
    {"RequestTimeTooSkewed", 403},
    {"SignatureDoesNotMatch", 403},
    {"NoSuchBucket", 404},
    {"NoSuchKey", 404},
    {"NoSuchBucketPolicy", 404},
    {"NoSuchUpload", 404},
    {"MethodNotAllowed", 405},
    {"BucketAlreadyExists", 409},
    {"BucketAlreadyOwnedByYou", 409},
    {"BucketNotEmpty", 409},
    {"MissingContentLength", 411},
    {"PreconditionFailed", 412},
    {"InvalidPartNumber", 416},
    {"InvalidRange", 416},
    {"InternalError", 500},
    {"NotImplemented", 501},
});

int statusOfCode(std::string_view code)
{
    for (const auto& row : kStatuses) {
        if (row.code == code)
            return row.status;
    }
    return 0;
}

ErrorKind kindOf(int status)
{
    switch (status) {
    case 403:
        return ErrorKind::Denied;
    case 404:
        return ErrorKind::NotFound;
    case 409:
    case 412:
        return ErrorKind::Conflict;
    case 500:
        return ErrorKind::Internal;
    default:
        return ErrorKind::Invalid;
    }
}

int statusOfKind(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
        return 409;
    case ErrorKind::Denied:
        return 403;
    case ErrorKind::Throttled:
        return 503;
    case ErrorKind::Invalid:
    case ErrorKind::TooLarge:
    case ErrorKind::Cancelled:
        return 400;
    case ErrorKind::Io:
    case ErrorKind::Internal:
        break;
    }
    return 500;
}

// XML 1.0 has no way to write most control characters; AWS writes them as references too.
std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                out += "&#x" + hex(std::string_view(&c, 1)) + ';';
            else
                out += c;
        }
    }
    return out;
}

void element(std::string& xml, std::string_view name, std::string_view text)
{
    xml.append("<").append(name).append(">").append(escaped(text)).append("</").append(name).append(">");
}

}

Error s3Error(std::string code, std::string message, ErrorElements elements)
{
    const auto kind = kindOf(statusOfCode(code));
    Error error{kind, std::move(code), std::move(message)};
    if (elements.size() > 0) {
        auto members = nlohmann::ordered_json::object();
        for (const auto& [name, value] : elements)
            members[std::string(name)] = value;
        error.members = members.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    }
    return error;
}

Error noSuchBucketPolicy(std::string_view bucket)
{
    return s3Error(
        "NoSuchBucketPolicy", "The bucket policy does not exist", {{"BucketName", std::string(bucket)}});
}

Error malformedPolicy()
{
    return s3Error("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'", {});
}

Error noSuchBucket(std::string_view bucket)
{
    return s3Error(
        "NoSuchBucket", "The specified bucket does not exist", {{"BucketName", std::string(bucket)}});
}

Error noSuchKey(std::string_view key)
{
    return s3Error("NoSuchKey", "The specified key does not exist.", {{"Key", std::string(key)}});
}

Error noSuchUpload(std::string_view uploadId)
{
    return s3Error("NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
        "aborted or "
        "completed.",
        {{"UploadId", std::string(uploadId)}});
}

Error bucketAlreadyOwnedByYou(std::string_view bucket)
{
    return s3Error("BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
        {{"BucketName", std::string(bucket)}});
}

Error bucketAlreadyExists(std::string_view bucket)
{
    return s3Error("BucketAlreadyExists",
        "The requested bucket name is not available. The bucket namespace is shared by all users of the "
        "system. Please "
        "select a different name and try again.",
        {{"BucketName", std::string(bucket)}});
}

Error bucketNotEmpty(std::string_view bucket)
{
    return s3Error("BucketNotEmpty", "The bucket you tried to delete is not empty",
        {{"BucketName", std::string(bucket)}});
}

Error invalidBucketName(std::string_view bucket)
{
    return s3Error(
        "InvalidBucketName", "The specified bucket is not valid.", {{"BucketName", std::string(bucket)}});
}

Error accessDenied()
{
    return s3Error("AccessDenied", "Access Denied");
}

Error invalidArgument(std::string message, std::string_view name, std::string_view value)
{
    return s3Error("InvalidArgument", std::move(message),
        {{"ArgumentName", std::string(name)}, {"ArgumentValue", std::string(value)}});
}

Error invalidRequest(std::string message)
{
    return s3Error("InvalidRequest", std::move(message));
}

Error preconditionFailed(std::string_view condition)
{
    return s3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold",
        {{"Condition", std::string(condition)}});
}

Error notModified()
{
    return s3Error("NotModified", "Not Modified");
}

Error invalidRange(std::string_view range, std::uint64_t size)
{
    return s3Error("InvalidRange", "The requested range is not satisfiable",
        {{"RangeRequested", std::string(range)}, {"ActualObjectSize", std::to_string(size)}});
}

Error invalidDigest(std::string_view contentMd5)
{
    return s3Error("InvalidDigest", "The Content-MD5 you specified was invalid.",
        {{"Content-MD5", std::string(contentMd5)}});
}

Error md5Mismatch(std::string_view expected, std::string_view calculated)
{
    return s3Error("BadDigest", "The Content-MD5 you specified did not match what we received.",
        {{"ExpectedDigest", std::string(expected)}, {"CalculatedDigest", std::string(calculated)}});
}

Error checksumMismatch(std::string_view algorithm)
{
    return s3Error("BadDigest",
        "The " + std::string(algorithm) + " you specified did not match the calculated checksum.");
}

Error payloadHashMismatch(std::string_view claimed, std::string_view computed)
{
    return s3Error("XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        {{"ClientComputedContentSHA256", std::string(claimed)},
            {"S3ComputedContentSHA256", std::string(computed)}});
}

Error incompleteBody()
{
    return s3Error("IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header");
}

Error malformedTrailer()
{
    return s3Error("MalformedTrailerError",
        "The request contained trailing data that was not well-formed or did not conform to our published "
        "schema.");
}

Error entityTooLarge(std::uint64_t proposed, std::uint64_t allowed)
{
    return s3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size",
        {{"ProposedSize", std::to_string(proposed)}, {"MaxSizeAllowed", std::to_string(allowed)}});
}

Error malformedXml()
{
    return s3Error("MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema");
}

Error methodNotAllowed(std::string_view method, std::string_view resourceType)
{
    return s3Error("MethodNotAllowed", "The specified method is not allowed against this resource.",
        {{"Method", std::string(method)}, {"ResourceType", std::string(resourceType)}});
}

Error headerNotImplemented(std::string_view header, std::string_view value)
{
    return s3Error("NotImplemented", "A header you provided implies functionality that is not implemented",
        {{"Header", std::string(header)},
            {"additionalMessage", std::string(header) + ": " + std::string(value)}});
}

Error internalError(const Error& cause)
{
    Error error = s3Error("InternalError", "We encountered an internal error. Please try again.");
    error.message += " (" + cause.message + ")";
    return error;
}

int statusOf(const Error& error)
{
    const int known = statusOfCode(error.code);
    return known != 0 ? known : statusOfKind(error.kind);
}

http::Response errorAnswer(const Error& error, std::string_view requestId, const http::Request& wire)
{
    http::Response response;
    response.status = statusOf(error);
    response.headers.add("x-amz-request-id", std::string(requestId));
    const std::string hostId = base64(sha256(requestId));
    response.headers.add("x-amz-id-2", hostId);
    if (response.status == 304 || wire.method == "HEAD")
        return response;

    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>";
    element(xml, "Code", error.code.empty() ? "InternalError" : error.code);
    element(xml, "Message", error.message);
    if (!error.members.empty()) {
        const auto members = nlohmann::ordered_json::parse(error.members, nullptr, false);
        for (const auto& [name, value] : members.items())
            element(xml, name, value.is_string() ? value.get<std::string>() : value.dump());
    }
    element(xml, "RequestId", requestId);
    element(xml, "HostId", hostId);
    xml += "</Error>";
    response.headers.add("Content-Type", "application/xml");
    response.body = std::move(xml);
    return response;
}

}
