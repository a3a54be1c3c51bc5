#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/s3/actions.h"
#include "core/s3/conditions.h"
#include "core/s3/errors.h"
#include "core/s3/object_source.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace core::s3 {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kCopyBuffer = 256 * 1024;

Result<ObjectName> parseSource(std::string_view header)
{
    const auto invalid = [&] {
        return fail(
            invalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                "x-amz-copy-source", header));
    };
    auto text = header;
    constexpr std::string_view kVersion = "?versionId=";
    if (const auto version = text.find(kVersion); version != std::string_view::npos) {
        CORE_CHECK(checkVersion(text.substr(version + kVersion.size())));
        text = text.substr(0, version);
    }
    const auto decoded = percentDecode(text);
    std::string_view path = decoded;
    if (path.starts_with('/'))
        path.remove_prefix(1);
    if (path.starts_with("arn:"))
        return fail(headerNotImplemented("x-amz-copy-source", header));
    const auto slash = path.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == path.size())
        return invalid();
    return ObjectName{std::string(path.substr(0, slash)), std::string(path.substr(slash + 1))};
}

struct Source {
    ObjectName name;
    OpenObject object;
};

Result<Source> openSource(S3Service& service, RequestContext& context, const Request& request)
{
    CORE_TRY(auto name, parseSource(textOf(request, "CopySource")));
    CORE_CHECK(checkOwner(service, name.bucket, textOf(request, "ExpectedSourceBucketOwner")));
    CORE_TRY(auto object, service.objects().open(name.bucket, name.key));
    const ReadConditions conditions{textOf(request, "CopySourceIfMatch"),
        textOf(request, "CopySourceIfNoneMatch"), parseHttpDate(textOf(request, "CopySourceIfModifiedSince")),
        parseHttpDate(textOf(request, "CopySourceIfUnmodifiedSince"))};
    const auto outcome = evaluate(conditions, object.record.etag, object.record.modified);
    // A copy has no 304: each condition that does not hold is a failed precondition.
    if (outcome.answer != ConditionOutcome::Answer::Proceed)
        return fail(preconditionFailed("x-amz-copy-source-" + outcome.condition));
    context.span.step("source found", name.text() + ", " + byteCount(object.record.size));
    return Source{std::move(name), std::move(object)};
}

Result<StoredBody> copyBytes(
    S3Service& service, const Source& source, ByteRange range, ChecksumAlgorithm algorithm)
{
    if (range.length > kMaxSinglePut) {
        return fail(
            invalidRequest("The specified copy source is larger than the maximum allowable size for a copy "
                           "source: "
                + std::to_string(kMaxSinglePut)));
    }
    ObjectSource reader(service.blobs(), source.object.record, range, source.object.lease);
    ObjectSink sink(service.blobs(), BodyClaims(), algorithm);
    std::vector<char> buffer(kCopyBuffer);
    for (;;) {
        CORE_TRY(const auto count, reader.read(buffer));
        if (count == 0)
            return sink.finish();
        CORE_CHECK(sink.write({buffer.data(), count}));
    }
}

bool changesNothing(const Request& request, const ObjectName& from, const ObjectName& to)
{
    return from.bucket == to.bucket && from.key == to.key && textOf(request, "MetadataDirective") != "REPLACE"
        && textOf(request, "StorageClass").empty() && textOf(request, "ServerSideEncryption").empty()
        && textOf(request, "WebsiteRedirectLocation").empty();
}

Result<ObjectHeaders> copiedHeaders(const Request& request, const ObjectRecord& source)
{
    const auto directive = textOf(request, "MetadataDirective");
    if (!directive.empty() && directive != "COPY" && directive != "REPLACE")
        return fail(invalidArgument("Unknown metadata directive.", "x-amz-metadata-directive", directive));
    CORE_TRY(auto given, objectHeaders(request));
    if (directive == "REPLACE")
        return given;
    // Storage class, encryption and redirect are not part of what COPY copies.
    auto headers = source.headers;
    headers.storageClass = given.storageClass;
    for (const auto* const own : {"ServerSideEncryption", "WebsiteRedirectLocation"}) {
        headers.standard.erase(own);
        if (const auto found = given.standard.find(own); found != given.standard.end())
            headers.standard.insert(*found);
    }
    return headers;
}

Result<ChecksumAlgorithm> copiedAlgorithm(const Request& request, const ObjectRecord& source)
{
    const auto wanted = textOf(request, "ChecksumAlgorithm");
    if (wanted.empty())
        return source.checksum ? source.checksum->algorithm : ChecksumAlgorithm::Crc64Nvme;
    return algorithmNamed(wanted);
}

}

ActionResult copyObject(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    CORE_TRY(const auto source, openSource(service, context, request));
    CORE_CHECK(service.buckets().find(name.bucket));
    if (changesNothing(request, source.name, name)) {
        return fail(invalidRequest(
            "This copy request is illegal because it is trying to copy an object to itself without changing "
            "the "
            "object's metadata, storage class, website redirect location or encryption attributes."));
    }
    const auto& from = source.object.record;
    CORE_TRY(auto headers, copiedHeaders(request, from));
    CORE_TRY(const auto algorithm, copiedAlgorithm(request, from));
    CORE_TRY(const auto body, copyBytes(service, source, {0, from.size}, algorithm));
    const auto record = plainRecord(body, std::move(headers), context);
    ChangeNotice notice(
        service.notifier(), context, name.bucket, name.key, "ObjectCreated:Copy", "CopyObject");
    CORE_CHECK(service.objects().put(name.bucket, name.key, record,
        {textOf(request, "IfMatch"), textOf(request, "IfNoneMatch")}, notice.also()));
    context.span.step("copied", "ETag " + quotedEtag(record.etag));
    notice.tell();

    Json result{{"ETag", quotedEtag(record.etag)}, {"LastModified", iso8601Millis(record.modified)}};
    writeChecksum(result, *record.checksum);
    Json output{{"CopyObjectResult", std::move(result)}};
    writeEncryption(output, record.headers);
    return aws::Reply::of(std::move(output));
}

ActionResult uploadPartCopy(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    CORE_TRY(const int number, partNumber(request));
    const auto id = textOf(request, "UploadId");
    CORE_TRY(const auto upload, service.uploads().find({name.bucket, name.key, id}));
    CORE_TRY(const auto source, openSource(service, context, request));
    ByteRange range{0, source.object.record.size};
    if (const auto wanted = textOf(request, "CopySourceRange"); !wanted.empty()) {
        CORE_TRY(range, parseCopyRange(wanted, source.object.record.size));
    }
    CORE_TRY(const auto body,
        copyBytes(service, source, range, upload.algorithm.value_or(ChecksumAlgorithm::Crc64Nvme)));
    const auto part = partRecord(body, number, context);
    CORE_CHECK(service.uploads().putPart({name.bucket, name.key, id}, part));
    context.span.step("part " + std::to_string(number) + " copied", byteCount(part.size));

    Json result{{"ETag", quotedEtag(part.etag)}, {"LastModified", iso8601Millis(part.modified)}};
    if (upload.algorithm)
        result[std::string(checksumMember(part.algorithm))] = part.checksum;
    return aws::Reply::of({{"CopyPartResult", std::move(result)}});
}

}
