#include "core/s3/actions.h"
#include "core/s3/errors.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

using Json = nlohmann::json;

ActionResult putBucketNotificationConfiguration(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, bucketName(service, context, request));
    CORE_CHECK(service.buckets().find(name));
    const auto given = request.input().value("NotificationConfiguration", Json::object());
    CORE_TRY(const auto config, readNotificationConfig(given));
    if (request.input().value("SkipDestinationValidation", false))
        context.span.step("Destinations are not asked", "x-amz-skip-destination-validation");
    else
        CORE_CHECK(service.notifier().checkTargets(config, name, context));
    CORE_CHECK(service.buckets().setNotifications(name, config.empty() ? std::string() : config.text()));
    context.span.step("Notifications kept",
        std::to_string(config.functions.size()) + " functions, " + std::to_string(config.queues.size())
            + " queues" + (config.eventBridge ? " and EventBridge" : ""),
        trace::Verdict::Pass);
    service.notifier().sendTests(config, name, context);
    return aws::Reply::of(Json::object());
}

ActionResult getBucketNotificationConfiguration(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, bucketName(service, context, request));
    CORE_TRY(const auto text, service.buckets().notifications(name));
    return aws::Reply::of(text ? describe(NotificationConfig::parse(*text)) : Json::object());
}

}
