#include "core/base/time_format.h"
#include "core/s3/actions.h"
#include "core/s3/errors.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::s3 {

namespace {

using Json = nlohmann::json;

constexpr int kMaxPage = 1000;

Json partJson(const PartRecord& part, bool withChecksum)
{
    Json json{{"PartNumber", part.number}, {"LastModified", iso8601Millis(part.modified)},
        {"ETag", quotedEtag(part.etag)}, {"Size", part.size}};
    if (withChecksum)
        json[std::string(checksumMember(part.algorithm))] = part.checksum;
    return json;
}

void writeUpload(Json& json, const UploadRecord& upload)
{
    json["Initiator"] = ownerJson(upload.owner);
    json["Owner"] = ownerJson(upload.owner);
    json["StorageClass"] = upload.headers.storageClass;
    if (upload.algorithm) {
        json["ChecksumAlgorithm"] = checksumName(*upload.algorithm);
        json["ChecksumType"] = checksumTypeName(upload.checksumType);
    }
}

Json uploadJson(const UploadRecord& upload, const KeyText& shown)
{
    Json json{
        {"Key", shown(upload.key)}, {"UploadId", upload.id}, {"Initiated", iso8601Millis(upload.initiated)}};
    writeUpload(json, upload);
    return json;
}

Result<std::size_t> pageSize(const Request& request, std::string_view member, std::string_view wireName)
{
    CORE_TRY(const int wanted, countOf(request, member, wireName, kMaxPage));
    return static_cast<std::size_t>(std::min(wanted, kMaxPage));
}

}

ActionResult listParts(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    const auto id = textOf(request, "UploadId");
    CORE_TRY(const auto limit, pageSize(request, "MaxParts", "max-parts"));
    CORE_TRY(const int marker, countOf(request, "PartNumberMarker", "part-number-marker", 0));
    CORE_TRY(const auto page, service.uploads().parts({name.bucket, name.key, id}, marker, limit));
    context.span.step(std::to_string(page.parts.size()) + " parts");

    Json parts = Json::array();
    for (const auto& part : page.parts)
        parts.push_back(partJson(part, page.upload.algorithm.has_value()));
    Json output{{"Bucket", name.bucket}, {"Key", name.key}, {"UploadId", id}, {"PartNumberMarker", marker},
        {"NextPartNumberMarker", page.parts.empty() ? 0 : page.parts.back().number}, {"MaxParts", limit},
        {"IsTruncated", page.truncated}, {"Parts", std::move(parts)}};
    writeUpload(output, page.upload);
    return aws::Reply::of(std::move(output));
}

ActionResult listMultipartUploads(S3Service& service, RequestContext& context, Request& request)
{
    const auto bucket = textOf(request, "Bucket");
    context.touch(bucket);
    CORE_CHECK(checkOwner(service, bucket, textOf(request, "ExpectedBucketOwner")));
    CORE_CHECK(checkEncodingType(request));
    CORE_TRY(const auto limit, pageSize(request, "MaxUploads", "max-uploads"));
    const auto keyMarker = textOf(request, "KeyMarker");
    // "If key-marker is not specified, the upload-id-marker parameter is ignored."
    const auto idMarker = keyMarker.empty() ? std::string() : textOf(request, "UploadIdMarker");
    const ListQuery query{textOf(request, "Prefix"), textOf(request, "Delimiter"), keyMarker, true, limit};
    CORE_TRY(const auto page, service.uploads().list(bucket, query, idMarker));
    context.span.step(std::to_string(page.entries.size()) + " uploads under way");

    const KeyText shown(request);
    Json uploads = Json::array();
    Json prefixes = Json::array();
    std::string lastId;
    for (const auto& entry : page.entries) {
        if (entry.isGroup) {
            prefixes.push_back({{"Prefix", shown(entry.key)}});
            lastId.clear();
        } else {
            const auto upload = UploadRecord::parse(entry.value);
            uploads.push_back(uploadJson(upload, shown));
            lastId = upload.id;
        }
    }
    Json output{{"Bucket", bucket}, {"KeyMarker", shown(keyMarker)}, {"UploadIdMarker", idMarker},
        {"Prefix", shown(query.prefix)}, {"MaxUploads", limit}, {"IsTruncated", page.truncated},
        {"Uploads", std::move(uploads)}, {"CommonPrefixes", std::move(prefixes)}};
    if (!query.delimiter.empty())
        output["Delimiter"] = shown(query.delimiter);
    if (page.truncated) {
        output["NextKeyMarker"] = shown(page.last());
        output["NextUploadIdMarker"] = lastId;
    }
    if (shown.encodes())
        output["EncodingType"] = "url";
    return aws::Reply::of(std::move(output));
}

}
