#include "core/base/text.h"
#include "core/s3/actions.h"
#include "core/s3/errors.h"
#include "core/s3/multipart.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

namespace {

using Json = nlohmann::json;

Result<> takeChecksum(UploadRecord& upload, const Request& request)
{
    const auto algorithm = textOf(request, "ChecksumAlgorithm");
    const auto type = textOf(request, "ChecksumType");
    if (algorithm.empty()) {
        if (!type.empty()) {
            return fail(invalidRequest(
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."));
        }
        return {};
    }
    CORE_TRY(upload.algorithm, algorithmNamed(algorithm));
    CORE_TRY(upload.checksumType, checksumTypeFor(*upload.algorithm, type));
    return {};
}

Result<std::vector<WantedPart>> wantedParts(const Request& request)
{
    const auto found = request.input().find("MultipartUpload");
    const auto list = found == request.input().end() ? Json() : found->value("Parts", Json());
    if (!list.is_array() || list.empty())
        return fail(malformedXml());
    std::vector<WantedPart> parts;
    for (const auto& entry : list) {
        if (!entry.contains("PartNumber") || !entry.contains("ETag"))
            return fail(malformedXml());
        WantedPart part{entry["PartNumber"].get<int>(), unquotedEtag(entry["ETag"].get<std::string>()), {}};
        for (const auto algorithm : kChecksumAlgorithms) {
            if (const auto sum = entry.find(checksumMember(algorithm)); sum != entry.end())
                part.checksum = sum->get<std::string>();
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

// What the client says of the whole object.
Result<> checkWhole(const Request& request, const ObjectRecord& record)
{
    if (const auto size = request.input().find("MpuObjectSize"); size != request.input().end()) {
        if (size->get<std::uint64_t>() != record.size) {
            return fail(invalidRequest("The provided 'x-amz-mp-object-size' header value "
                + std::to_string(size->get<std::uint64_t>())
                + " does not match what was computed: " + std::to_string(record.size)));
        }
    }
    for (const auto algorithm : kChecksumAlgorithms) {
        const auto claimed = textOf(request, checksumMember(algorithm));
        if (claimed.empty())
            continue;
        const bool same =
            record.checksum && record.checksum->algorithm == algorithm && claimed == record.checksum->value;
        if (!same)
            return fail(checksumMismatch(toLower(checksumName(algorithm))));
    }
    return {};
}

}

ActionResult createMultipartUpload(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    UploadRecord upload;
    upload.id = UploadStore::newId(context.now);
    upload.key = name.key;
    upload.initiated = context.now;
    upload.owner = context.principal.account;
    CORE_TRY(upload.headers, objectHeaders(request));
    CORE_CHECK(takeChecksum(upload, request));
    CORE_CHECK(service.uploads().create(name.bucket, upload));
    context.span.step("upload begun", "parts are kept until it is completed or aborted");

    Json output{{"Bucket", name.bucket}, {"Key", name.key}, {"UploadId", upload.id}};
    if (upload.algorithm) {
        output["ChecksumAlgorithm"] = checksumName(*upload.algorithm);
        output["ChecksumType"] = checksumTypeName(upload.checksumType);
    }
    writeEncryption(output, upload.headers);
    return aws::Reply::of(std::move(output));
}

ActionResult completeMultipartUpload(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    const auto id = textOf(request, "UploadId");
    CORE_TRY(const auto wanted, wantedParts(request));
    const auto assemble = [&](const UploadRecord& upload,
                              const std::vector<PartRecord>& parts) -> Result<ObjectRecord> {
        CORE_TRY(auto object, assembleObject(upload, parts, wanted));
        object.modified = context.now;
        CORE_CHECK(checkWhole(request, object));
        return object;
    };
    ChangeNotice notice(service.notifier(), context, name.bucket, name.key,
        "ObjectCreated:CompleteMultipartUpload", "CompleteMultipartUpload");
    CORE_TRY(const auto record,
        service.uploads().complete({name.bucket, name.key, id},
            {textOf(request, "IfMatch"), textOf(request, "IfNoneMatch")}, assemble, notice.also()));
    context.span.step(std::to_string(wanted.size()) + " parts became one object",
        byteCount(record.size) + ", ETag " + quotedEtag(record.etag));
    notice.tell();

    Json output{{"Bucket", name.bucket}, {"Key", name.key}, {"ETag", quotedEtag(record.etag)},
        {"Location", service.endpoint() + '/' + name.bucket + '/' + percentEncode(name.key, true)}};
    if (record.checksum)
        writeChecksum(output, *record.checksum);
    writeEncryption(output, record.headers);
    return aws::Reply::of(std::move(output));
}

ActionResult abortMultipartUpload(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    const auto id = textOf(request, "UploadId");
    CORE_CHECK(service.uploads().abort({name.bucket, name.key, id}));
    context.span.step("upload aborted", "its parts are gone");
    return aws::Reply::of(Json::object());
}

}
