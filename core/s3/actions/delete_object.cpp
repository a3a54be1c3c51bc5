#include "core/s3/actions.h"
#include "core/s3/errors.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxKeys = 1000;

Result<> deleteOne(S3Service& service, RequestContext& context, const std::string& bucket, const Json& entry)
{
    const auto key = entry.value("Key", std::string());
    CORE_CHECK(checkKey(key));
    CORE_CHECK(checkVersion(entry.value("VersionId", std::string())));
    ChangeNotice notice(service.notifier(), context, bucket, key, "ObjectRemoved:Delete", "DeleteObject");
    CORE_CHECK(service.objects().erase(bucket, key, entry.value("ETag", std::string()), notice.also()));
    notice.tell();
    return {};
}

}

ActionResult deleteObject(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    ChangeNotice notice(
        service.notifier(), context, name.bucket, name.key, "ObjectRemoved:Delete", "DeleteObject");
    CORE_TRY(const bool found,
        service.objects().erase(name.bucket, name.key, textOf(request, "IfMatch"), notice.also()));
    context.span.step(found ? "object deleted" : "there was no such object: S3 answers 204 all the same");
    notice.tell();
    return aws::Reply::of(Json::object());
}

ActionResult deleteObjects(S3Service& service, RequestContext& context, Request& request)
{
    const auto bucket = textOf(request, "Bucket");
    context.touch(bucket);
    CORE_CHECK(checkOwner(service, bucket, textOf(request, "ExpectedBucketOwner")));
    CORE_CHECK(service.buckets().find(bucket));
    const auto& wanted = request.input()["Delete"];
    const auto& objects = wanted.at("Objects");
    if (objects.empty() || objects.size() > kMaxKeys)
        return fail(malformedXml());

    const bool quiet = wanted.value("Quiet", false);
    Json deleted = Json::array();
    Json errors = Json::array();
    for (const auto& entry : objects) {
        const auto outcome = deleteOne(service, context, bucket, entry);
        if (!outcome) {
            errors.push_back({{"Key", entry.at("Key")}, {"Code", outcome.error().code},
                {"Message", outcome.error().message}});
        } else if (!quiet) {
            deleted.push_back({{"Key", entry.at("Key")}});
        }
    }
    context.span.step(std::to_string(objects.size() - errors.size()) + " objects deleted",
        errors.empty() ? std::string() : std::to_string(errors.size()) + " failed");
    return aws::Reply::of({{"Deleted", std::move(deleted)}, {"Errors", std::move(errors)}});
}

}
