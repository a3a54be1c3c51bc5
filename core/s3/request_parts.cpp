#include "core/s3/request_parts.h"

#include "core/base/text.h"
#include "core/s3/errors.h"
#include "core/s3/multipart.h"
#include "core/s3/shapes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::s3 {

namespace {

constexpr std::size_t kMaxKeyBytes = 1024;
constexpr std::size_t kMaxMetadataBytes = 2048;

constexpr std::array<std::string_view, 12> kStorageClasses{"STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA",
    "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "OUTPOSTS", "GLACIER_IR", "SNOW",
    "EXPRESS_ONEZONE", "FSX_OPENZFS"};

constexpr std::array<std::string_view, 6> kStandardHeaders{"ContentType", "ContentDisposition",
    "ContentLanguage", "CacheControl", "Expires", "WebsiteRedirectLocation"};

// aws-chunked is the framing of the request, not part of the object's encoding.
std::string storedEncoding(std::string_view header)
{
    std::vector<std::string> kept;
    for (const auto part : split(header, ',')) {
        const auto token = trimmed(part);
        if (!token.empty() && !equalsIgnoreCase(token, "aws-chunked"))
            kept.emplace_back(token);
    }
    return join(kept, ",");
}

Result<> takeMetadata(ObjectHeaders& headers, const aws::Request& request)
{
    const auto found = request.input().find("Metadata");
    if (found == request.input().end())
        return {};
    std::size_t size = 0;
    for (const auto& [name, value] : found->items()) {
        size += name.size() + value.get_ref<const std::string&>().size();
        headers.metadata[toLower(name)] = value.get<std::string>();
    }
    if (size > kMaxMetadataBytes) {
        return fail(
            s3Error("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size",
                {{"Size", std::to_string(size)}, {"MaxSizeAllowed", std::to_string(kMaxMetadataBytes)}}));
    }
    return {};
}

Result<> takeEncryption(ObjectHeaders& headers, const aws::Request& request)
{
    const auto encryption = textOf(request, "ServerSideEncryption");
    if (encryption.empty())
        return {};
    if (encryption != "AES256")
        return fail(headerNotImplemented("x-amz-server-side-encryption", encryption));
    headers.standard["ServerSideEncryption"] = encryption;
    return {};
}

// The headers that say what a body is, of a call in process: from the members that travel in headers.
http::Headers headersOf(const aws::Request& request)
{
    http::Headers headers;
    for (const auto& member : shapes::kPutObject.members) {
        if (member.in != aws::In::Header)
            continue;
        if (auto text = textOf(request, member.name); !text.empty())
            headers.add(
                std::string(member.wireName.empty() ? member.name : member.wireName), std::move(text));
    }
    return headers;
}

}

std::string textOf(const aws::Request& request, std::string_view member)
{
    const auto found = request.input().find(member);
    return found != request.input().end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<int> countOf(
    const aws::Request& request, std::string_view member, std::string_view wireName, int fallback)
{
    const auto found = request.input().find(member);
    if (found == request.input().end() || !found->is_number_integer())
        return fallback;
    const auto value = found->get<std::int64_t>();
    if (value < 0 || value > INT32_MAX) {
        return fail(invalidArgument(
            "Argument " + std::string(wireName) + " must be an integer between 0 and 2147483647", wireName,
            std::to_string(value)));
    }
    return static_cast<int>(value);
}

Result<> checkKey(std::string_view key)
{
    if (key.size() > kMaxKeyBytes) {
        return fail(s3Error("KeyTooLongError", "Your key is too long",
            {{"Size", std::to_string(key.size())}, {"MaxSizeAllowed", std::to_string(kMaxKeyBytes)}}));
    }
    if (!isUtf8(key))
        return fail(s3Error("InvalidURI", "Couldn't parse the specified URI."));
    return {};
}

Result<> checkOwner(S3Service& service, std::string_view bucket, std::string_view expectedOwner)
{
    if (expectedOwner.empty())
        return {};
    CORE_TRY(const auto record, service.buckets().find(bucket));
    return record.owner == expectedOwner ? Result<>() : fail(accessDenied());
}

Result<std::string> bucketName(S3Service& service, aws::RequestContext& context, const aws::Request& request)
{
    auto name = textOf(request, "Bucket");
    context.touch(name);
    CORE_CHECK(checkOwner(service, name, textOf(request, "ExpectedBucketOwner")));
    return name;
}

Result<> checkVersion(std::string_view versionId)
{
    if (versionId.empty() || versionId == "null")
        return {};
    return fail(invalidArgument("Invalid version id specified", "versionId", versionId));
}

Result<ObjectName> objectName(S3Service& service, aws::RequestContext& context, const aws::Request& request)
{
    ObjectName name{textOf(request, "Bucket"), textOf(request, "Key")};
    context.touch(name.text());
    CORE_CHECK(checkKey(name.key));
    CORE_CHECK(checkOwner(service, name.bucket, textOf(request, "ExpectedBucketOwner")));
    CORE_CHECK(checkVersion(textOf(request, "VersionId")));
    return name;
}

std::string canonicalId(std::string_view account)
{
    return hex(sha256("canonical user " + std::string(account)));
}

nlohmann::json ownerJson(std::string_view account)
{
    return {{"ID", canonicalId(account)}};
}

Result<> checkObjectAcl(std::string_view acl)
{
    // Buckets are made with BucketOwnerEnforced, where this is the only ACL that an upload may name.
    if (acl.empty() || acl == "bucket-owner-full-control")
        return {};
    return fail(s3Error("AccessControlListNotSupported", "The bucket does not allow ACLs"));
}

Result<ObjectHeaders> objectHeaders(const aws::Request& request)
{
    ObjectHeaders headers;
    CORE_CHECK(checkObjectAcl(textOf(request, "ACL")));
    for (const auto member : kStandardHeaders) {
        if (auto text = textOf(request, member); !text.empty())
            headers.standard[std::string(member)] = std::move(text);
    }
    headers.standard.try_emplace("ContentType", "binary/octet-stream");
    if (auto encoding = storedEncoding(textOf(request, "ContentEncoding")); !encoding.empty())
        headers.standard["ContentEncoding"] = std::move(encoding);
    CORE_CHECK(takeEncryption(headers, request));
    CORE_CHECK(takeMetadata(headers, request));
    if (auto storageClass = textOf(request, "StorageClass"); !storageClass.empty()) {
        if (std::find(kStorageClasses.begin(), kStorageClasses.end(), storageClass)
            == kStorageClasses.end()) {
            return fail(s3Error("InvalidStorageClass", "The storage class you specified is not valid",
                {{"StorageClassRequested", storageClass}}));
        }
        headers.storageClass = std::move(storageClass);
    }
    return headers;
}

void writeChecksum(nlohmann::json& output, const ObjectChecksum& checksum)
{
    output[std::string(checksumMember(checksum.algorithm))] = checksum.value;
    output["ChecksumType"] = checksumTypeName(checksum.type);
}

std::string quotedEtag(std::string_view etag)
{
    return '"' + std::string(etag) + '"';
}

Result<StoredBody> receiveBody(S3Service& service, aws::Request& request, ChecksumAlgorithm fallback)
{
    if (const auto sink = std::dynamic_pointer_cast<ObjectSink>(request.sink))
        return sink->finish();
    auto claims = request.wire ? BodyClaims::parse(*request.wire) : BodyClaims::parse(headersOf(request));
    ObjectSink sink(service.blobs(), std::move(claims), fallback);
    CORE_CHECK(sink.write(request.body));
    return sink.finish();
}

void writeEncryption(nlohmann::json& output, const ObjectHeaders& headers)
{
    if (const auto found = headers.standard.find("ServerSideEncryption"); found != headers.standard.end())
        output["ServerSideEncryption"] = found->second;
}

std::string grouped(std::uint64_t number)
{
    auto digits = std::to_string(number);
    for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3)
        digits.insert(static_cast<std::size_t>(place), " ");
    return digits;
}

std::string byteCount(std::uint64_t bytes)
{
    return grouped(bytes) + (bytes == 1 ? " byte" : " bytes");
}

ObjectRecord plainRecord(const StoredBody& body, ObjectHeaders headers, const aws::RequestContext& context)
{
    ObjectRecord record;
    record.size = body.size;
    record.etag = hex(body.md5);
    record.modified = context.now;
    record.owner = context.principal.account;
    record.headers = std::move(headers);
    record.checksum = {body.algorithm, ChecksumType::FullObject, body.checksum};
    if (!body.blob.empty())
        record.segments.push_back({body.blob, body.size, {}});
    return record;
}

PartRecord partRecord(const StoredBody& body, int number, const aws::RequestContext& context)
{
    return {number, body.size, hex(body.md5), context.now, body.blob, body.algorithm, body.checksum};
}

Result<int> partNumber(const aws::Request& request)
{
    const auto number = request.input().at("PartNumber").get<std::int64_t>();
    if (number < 1 || number > kMaxPartNumber) {
        return fail(invalidArgument("Part number must be an integer between 1 and 10000, inclusive",
            "partNumber", std::to_string(number)));
    }
    return static_cast<int>(number);
}

Result<ChecksumAlgorithm> algorithmNamed(std::string_view name)
{
    const auto algorithm = checksumByName(name);
    if (!algorithm)
        return fail(invalidRequest(
            "Checksum algorithm provided is unsupported. Please try again with any of the valid "
            "types: [CRC32, CRC32C, SHA1, SHA256, CRC64NVME]"));
    return *algorithm;
}

Result<> checkEncodingType(const aws::Request& request)
{
    const auto type = textOf(request, "EncodingType");
    if (type.empty() || type == "url")
        return {};
    return fail(invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type));
}

KeyText::KeyText(const aws::Request& request)
    : m_encodes(textOf(request, "EncodingType") == "url")
{
}

std::string KeyText::operator()(std::string_view key) const
{
    return m_encodes ? replaceAll(percentEncode(key, true), "%20", "+") : std::string(key);
}

Result<> verifyPayload(const aws::Request& request)
{
    CORE_TRY(const auto claims, BodyClaims::parse(*request.wire));
    if (!claims.md5.empty() && *unbase64(claims.md5) != md5(request.body))
        return fail(md5Mismatch(claims.md5, base64(md5(request.body))));
    if (claims.algorithm && !claims.checksumInTrailer) {
        RunningChecksum sum(*claims.algorithm);
        sum.update(request.body);
        if (sum.value() != claims.checksum)
            return fail(checksumMismatch(checksumName(*claims.algorithm)));
    }
    if (!claims.payloadSha256.empty() && claims.payloadSha256 != hex(sha256(request.body)))
        return fail(payloadHashMismatch(claims.payloadSha256, hex(sha256(request.body))));
    return {};
}

}
