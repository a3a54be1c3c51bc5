#include "core/s3/list_objects.h"

#include "core/base/text.h"
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

Result<ListQuery> baseQuery(S3Service& service, RequestContext& context, const Request& request)
{
    const auto bucket = textOf(request, "Bucket");
    context.touch(bucket);
    CORE_CHECK(checkOwner(service, bucket, textOf(request, "ExpectedBucketOwner")));
    CORE_CHECK(checkEncodingType(request));
    ListQuery query;
    query.prefix = textOf(request, "Prefix");
    query.delimiter = textOf(request, "Delimiter");
    CORE_TRY(const int wanted, countOf(request, "MaxKeys", "maxKeys", kMaxPage));
    query.maxKeys = static_cast<std::size_t>(std::min(wanted, kMaxPage));
    return query;
}

Json objectJson(const ListEntry& entry, const ObjectRecord& object, const KeyText& shown, bool withOwner)
{
    Json json{{"Key", shown(entry.key)}, {"LastModified", iso8601Millis(object.modified)},
        {"ETag", quotedEtag(object.etag)}, {"Size", object.size},
        {"StorageClass", object.headers.storageClass}};
    if (object.checksum) {
        json["ChecksumAlgorithm"] = Json::array({checksumName(object.checksum->algorithm)});
        json["ChecksumType"] = checksumTypeName(object.checksum->type);
    }
    if (withOwner)
        json["Owner"] = ownerJson(object.owner);
    return json;
}

// The members that both versions of the action have.
Json pageJson(const Request& request, const ListQuery& query, const ListPage& page, bool withOwner)
{
    const KeyText shown(request);
    Json contents = Json::array();
    Json prefixes = Json::array();
    for (const auto& entry : page.entries) {
        if (entry.isGroup)
            prefixes.push_back({{"Prefix", shown(entry.key)}});
        else
            contents.push_back(objectJson(entry, ObjectRecord::parse(entry.value), shown, withOwner));
    }
    Json output{{"Name", textOf(request, "Bucket")}, {"Prefix", shown(query.prefix)},
        {"MaxKeys", query.maxKeys}, {"IsTruncated", page.truncated}, {"Contents", std::move(contents)},
        {"CommonPrefixes", std::move(prefixes)}};
    if (!query.delimiter.empty())
        output["Delimiter"] = shown(query.delimiter);
    if (shown.encodes())
        output["EncodingType"] = "url";
    return output;
}

void explain(RequestContext& context, const ListQuery& query, const ListPage& page)
{
    const auto groups = std::count_if(
        page.entries.begin(), page.entries.end(), [](const ListEntry& entry) { return entry.isGroup; });
    std::string detail = query.prefix.empty() ? "the whole bucket" : "prefix \"" + query.prefix + '"';
    if (!query.delimiter.empty())
        detail += ", keys rolled up at \"" + query.delimiter + '"';
    const auto keys = page.entries.size() - static_cast<std::size_t>(groups);
    context.span.step(std::to_string(keys) + " keys, " + std::to_string(groups) + " common prefixes", detail);
}

}

ActionResult listObjectsV2(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto query, baseQuery(service, context, request));
    const auto token = textOf(request, "ContinuationToken");
    const auto startAfter = textOf(request, "StartAfter");
    query.after = startAfter;
    if (request.input().contains("ContinuationToken")) {
        const auto last = unbase64(token);
        if (!last || last->empty())
            return fail(
                invalidArgument("The continuation token provided is incorrect", "continuation-token", token));
        query.after = *last;
        query.groupSeen = true;
    }
    CORE_TRY(const auto page, service.objects().list(textOf(request, "Bucket"), query));
    explain(context, query, page);

    const bool withOwner = request.input().value("FetchOwner", false);
    auto output = pageJson(request, query, page, withOwner);
    output["KeyCount"] = page.entries.size();
    if (!token.empty())
        output["ContinuationToken"] = token;
    if (!startAfter.empty())
        output["StartAfter"] = KeyText(request)(startAfter);
    if (page.truncated)
        output["NextContinuationToken"] = base64(page.last());
    return aws::Reply::of(std::move(output));
}

ActionResult listObjects(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto query, baseQuery(service, context, request));
    query.after = textOf(request, "Marker");
    query.groupSeen = true;
    CORE_TRY(const auto page, service.objects().list(textOf(request, "Bucket"), query));
    explain(context, query, page);

    const KeyText shown(request);
    auto output = pageJson(request, query, page, true);
    output["Marker"] = shown(query.after);
    // "This element is returned only if you have the delimiter request parameter specified."
    if (page.truncated && !query.delimiter.empty())
        output["NextMarker"] = shown(page.last());
    return aws::Reply::of(std::move(output));
}

}
