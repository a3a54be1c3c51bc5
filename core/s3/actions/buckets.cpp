#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/s3/actions.h"
#include "core/s3/errors.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

namespace {

using Json = nlohmann::json;

constexpr int kMaxBuckets = 10'000;

Result<std::size_t> pageSize(const Request& request)
{
    CORE_TRY(const int wanted, countOf(request, "MaxBuckets", "max-buckets", kMaxBuckets));
    if (wanted < 1 || wanted > kMaxBuckets) {
        return fail(invalidArgument("Argument max-buckets must be an integer between 1 and 10000",
            "max-buckets", std::to_string(wanted)));
    }
    return static_cast<std::size_t>(wanted);
}

Json bucketJson(const NamedBucket& bucket, bool withRegion)
{
    Json json{{"Name", bucket.first}, {"CreationDate", iso8601Millis(bucket.second.created)},
        {"BucketArn", "arn:aws:s3:::" + bucket.first}};
    if (withRegion)
        json["BucketRegion"] = bucket.second.region;
    return json;
}

}

ActionResult listBuckets(S3Service& service, RequestContext& context, Request& request)
{
    const auto prefix = textOf(request, "Prefix");
    const auto region = textOf(request, "BucketRegion");
    const auto token = textOf(request, "ContinuationToken");
    CORE_TRY(const auto limit, pageSize(request));
    const auto after = token.empty() ? std::optional(std::string()) : unbase64(token);
    if (!after)
        return fail(
            invalidArgument("The continuation token provided is incorrect", "continuation-token", token));

    // The region is a property, not part of the key: filter what a scan gives.
    Json buckets = Json::array();
    std::string last;
    bool truncated = false;
    const bool paged =
        request.input().contains("MaxBuckets") || !prefix.empty() || !region.empty() || !token.empty();
    for (const auto& bucket : service.buckets().list(prefix, *after, SIZE_MAX)) {
        if (bucket.second.owner != context.principal.account
            || (!region.empty() && bucket.second.region != region))
            continue;
        if (buckets.size() == limit) {
            truncated = true;
            break;
        }
        buckets.push_back(bucketJson(bucket, paged));
        last = bucket.first;
    }
    context.span.step(std::to_string(buckets.size()) + " buckets");
    Json output{{"Owner", ownerJson(context.principal.account)}, {"Buckets", std::move(buckets)}};
    if (truncated)
        output["ContinuationToken"] = base64(last);
    if (!prefix.empty())
        output["Prefix"] = prefix;
    return aws::Reply::of(std::move(output));
}

ActionResult headBucket(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, bucketName(service, context, request));
    CORE_TRY(const auto bucket, service.buckets().find(name));
    return aws::Reply::of({{"BucketArn", "arn:aws:s3:::" + name}, {"BucketRegion", bucket.region},
        {"AccessPointAlias", "false"}});
}

ActionResult deleteBucket(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, bucketName(service, context, request));
    CORE_CHECK(service.buckets().erase(name));
    context.span.step("bucket deleted", "it held no objects");
    return aws::Reply::of(Json::object());
}

ActionResult getBucketLocation(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, bucketName(service, context, request));
    CORE_TRY(const auto bucket, service.buckets().find(name));
    // The root is the answer itself, and empty for us-east-1.
    const auto constraint = bucket.region == "us-east-1" ? std::string() : bucket.region;
    auto reply = aws::Reply::bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint xmlns=\""
            + std::string(service.xmlNamespace()) + "\">" + constraint + "</LocationConstraint>",
        "application/xml");
    reply.output = std::make_shared<const Json>(
        Json{{"LocationConstraint", constraint.empty() ? Json() : Json(constraint)}});
    return reply;
}

ActionResult getBucketVersioning(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, bucketName(service, context, request));
    CORE_CHECK(service.buckets().find(name));
    context.span.step("never versioned", "an empty VersioningConfiguration says so");
    return aws::Reply::of(Json::object());
}

}
