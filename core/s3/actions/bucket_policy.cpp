#include "core/s3/actions.h"
#include "core/s3/errors.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

namespace {

using Json = nlohmann::json;

// What every policy has; which principals and actions it names does not matter, because nothing is decided by
// it.
bool isPolicy(const Json& document)
{
    if (!document.is_object() || !document.contains("Statement"))
        return false;
    const auto& statements = document["Statement"];
    return statements.is_object() || (statements.is_array() && !statements.empty());
}

}

ActionResult putBucketPolicy(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, bucketName(service, context, request));
    // On the wire the document is the body itself; in process it is a member.
    const auto document = request.body.empty() ? textOf(request, "Policy") : request.body;
    if (!isPolicy(Json::parse(document, nullptr, false)))
        return fail(malformedPolicy());
    CORE_CHECK(service.buckets().setPolicy(name, document));
    context.span.step("policy kept", "it is given back as it is; nothing is allowed or denied by it");
    return aws::Reply::of(Json::object());
}

ActionResult getBucketPolicy(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, bucketName(service, context, request));
    CORE_TRY(const auto document, service.buckets().policy(name));
    if (!document)
        return fail(noSuchBucketPolicy(name));
    auto reply = aws::Reply::bytes(*document, "application/json");
    reply.output = std::make_shared<const Json>(Json{{"Policy", *document}});
    return reply;
}

ActionResult deleteBucketPolicy(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, bucketName(service, context, request));
    CORE_CHECK(service.buckets().setPolicy(name, {}));
    return aws::Reply::of(Json::object());
}

}
