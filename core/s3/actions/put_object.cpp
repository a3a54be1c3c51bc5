#include "core/s3/actions.h"
#include "core/s3/errors.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

ActionResult putObject(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    CORE_CHECK(service.buckets().find(name.bucket));
    CORE_TRY(auto headers, objectHeaders(request));
    CORE_TRY(const auto body, receiveBody(service, request));
    context.span.step("body received", byteCount(body.size));
    if (!body.verified.empty())
        context.span.step(body.verified, {}, trace::Verdict::Pass);

    const auto record = plainRecord(body, std::move(headers), context);
    ChangeNotice notice(service.notifier(), context, name.bucket, name.key, "ObjectCreated:Put", "PutObject");
    CORE_CHECK(service.objects().put(name.bucket, name.key, record,
        {textOf(request, "IfMatch"), textOf(request, "IfNoneMatch")}, notice.also()));
    context.span.step("stored", "ETag " + quotedEtag(record.etag));
    notice.tell();

    nlohmann::json output{{"ETag", quotedEtag(record.etag)}};
    writeChecksum(output, *record.checksum);
    writeEncryption(output, record.headers);
    return aws::Reply::of(std::move(output));
}

}
