#include "core/base/time_format.h"
#include "core/s3/actions.h"
#include "core/s3/conditions.h"
#include "core/s3/errors.h"
#include "core/s3/object_source.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

namespace {

using Json = nlohmann::json;

struct Selection {
    ByteRange range;
    bool partial = false;
};

constexpr std::pair<std::string_view, std::string_view> kOverrides[] = {
    {"ResponseCacheControl", "CacheControl"},
    {"ResponseContentDisposition", "ContentDisposition"},
    {"ResponseContentEncoding", "ContentEncoding"},
    {"ResponseContentLanguage", "ContentLanguage"},
    {"ResponseContentType", "ContentType"},
    {"ResponseExpires", "Expires"},
};

ReadConditions conditionsOf(const Request& request)
{
    // A date that cannot be read is no condition, as RFC 9110 §13.1.3 asks.
    return {textOf(request, "IfMatch"), textOf(request, "IfNoneMatch"),
        parseHttpDate(textOf(request, "IfModifiedSince")),
        parseHttpDate(textOf(request, "IfUnmodifiedSince"))};
}

Result<Selection> selectPart(const ObjectRecord& object, std::int64_t number)
{
    const auto count = object.multipart ? object.segments.size() : 1;
    if (number < 1 || number > static_cast<std::int64_t>(count)) {
        return fail(s3Error("InvalidPartNumber", "The requested partnumber is not satisfiable",
            {{"ActualPartCount", std::to_string(count)}, {"PartNumberRequested", std::to_string(number)}}));
    }
    if (!object.multipart)
        return Selection{{0, object.size}, true};
    Selection selection{{0, 0}, true};
    for (std::int64_t i = 0; i < number; ++i) {
        selection.range.first += selection.range.length;
        selection.range.length = object.segments[static_cast<std::size_t>(i)].size;
    }
    return selection;
}

Result<Selection> select(const Request& request, const ObjectRecord& object)
{
    const auto range = textOf(request, "Range");
    if (const auto part = request.input().find("PartNumber"); part != request.input().end()) {
        if (!range.empty())
            return fail(invalidRequest("Cannot specify both Range header and partNumber query parameter"));
        return selectPart(object, part->get<std::int64_t>());
    }
    CORE_TRY(const auto wanted, parseRange(range, object.size));
    if (!wanted)
        return Selection{{0, object.size}, false};
    return Selection{*wanted, true};
}

void writeDescription(Json& output, const ObjectRecord& object)
{
    output["AcceptRanges"] = "bytes";
    output["LastModified"] = httpDate(object.modified);
    output["ETag"] = quotedEtag(object.etag);
    for (const auto& [name, value] : object.headers.standard)
        output[name] = value;
    if (!object.headers.metadata.empty())
        output["Metadata"] = object.headers.metadata;
    // AWS does not say STANDARD.
    if (object.headers.storageClass != "STANDARD")
        output["StorageClass"] = object.headers.storageClass;
}

Result<> writeOverrides(Json& output, const RequestContext& context, const Request& request)
{
    for (const auto& [member, header] : kOverrides) {
        auto text = textOf(request, member);
        if (text.empty())
            continue;
        if (request.wire && context.principal.accessKeyId.empty()) {
            return fail(invalidRequest(
                "Request specific response headers cannot be used for anonymous GET requests."));
        }
        output[std::string(header)] = std::move(text);
    }
    return {};
}

aws::Reply notModifiedReply(const ObjectRecord& object)
{
    return aws::Reply::of(
        {{"ETag", quotedEtag(object.etag)}, {"LastModified", httpDate(object.modified)}}, 304);
}

// What GetObject and HeadObject say alike; the body is left to the caller.
Result<aws::Reply> describe(
    RequestContext& context, const Request& request, const ObjectRecord& object, Selection& selection)
{
    const auto outcome = evaluate(conditionsOf(request), object.etag, object.modified);
    if (!outcome.words.empty())
        context.span.step(outcome.words);
    if (outcome.answer == ConditionOutcome::Answer::Failed)
        return fail(preconditionFailed(outcome.condition));
    if (outcome.answer == ConditionOutcome::Answer::NotModified)
        return notModifiedReply(object);

    CORE_TRY(selection, select(request, object));
    Json output = Json::object();
    writeDescription(output, object);
    CORE_CHECK(writeOverrides(output, context, request));
    output["ContentLength"] = selection.range.length;
    const bool byPart = request.input().contains("PartNumber");
    if (byPart && object.multipart)
        output["PartsCount"] = object.segments.size();
    if (selection.partial && selection.range.length > 0) {
        const auto span =
            std::to_string(selection.range.first) + '-' + std::to_string(selection.range.last());
        output["ContentRange"] = "bytes " + span + '/' + std::to_string(object.size);
        context.span.step("range bytes=" + span + " of " + grouped(object.size));
    }
    if (textOf(request, "ChecksumMode") == "ENABLED" && object.checksum
        && selection.range.length == object.size)
        writeChecksum(output, *object.checksum);
    return aws::Reply::of(std::move(output), selection.partial ? 206 : 200);
}

}

ActionResult getObject(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    CORE_TRY(auto object, service.objects().open(name.bucket, name.key));
    Selection selection;
    CORE_TRY(auto reply, describe(context, request, object.record, selection));
    if (reply.status == 304)
        return reply;
    context.span.step(
        "object found", byteCount(object.record.size) + ", ETag " + quotedEtag(object.record.etag));
    reply.source = std::make_shared<ObjectSource>(
        service.blobs(), object.record, selection.range, std::move(object.lease));
    reply.sourceLength = selection.range.length;
    return reply;
}

ActionResult headObject(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    CORE_TRY(const auto object, service.objects().find(name.bucket, name.key));
    Selection selection;
    CORE_TRY(auto reply, describe(context, request, object, selection));
    return reply;
}

ActionResult getObjectTagging(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    CORE_CHECK(service.objects().find(name.bucket, name.key));
    context.span.step("never tagged", "an empty TagSet says so");
    return aws::Reply::of({{"TagSet", Json::array()}});
}

}
