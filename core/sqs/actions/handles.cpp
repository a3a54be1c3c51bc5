#include "core/sqs/actions.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace core::sqs {

using nlohmann::json;

namespace {

using Apply = std::function<Result<>(SqsService&, const Queue&, const json&)>;

Result<> deleteOne(SqsService& service, const Queue& queue, const json& given)
{
    CORE_TRY(const auto receipt, Receipt::parse(given.at("ReceiptHandle").get<std::string>()));
    CORE_CHECK(service.queues().messages(queue)->erase(receipt));
    service.metrics().deleted(queue);
    return {};
}

Result<> changeOne(SqsService& service, const Queue& queue, const json& given)
{
    const auto seconds = given.value("VisibilityTimeout", std::int64_t(0));
    if (seconds < 0 || seconds > 43'200)
        return fail(errors::invalidValue(std::to_string(seconds), "VisibilityTimeout",
            "VisibilityTimeout must be an integer between 0 and 43200."));
    CORE_TRY(const auto receipt, Receipt::parse(given.at("ReceiptHandle").get<std::string>()));
    return service.queues().messages(queue)->setVisibility(receipt, seconds * kSecond);
}

Result<Outcome> one(SqsService& service, RequestContext& context, Request& request, const Apply& apply)
{
    CORE_TRY(const auto queue, queueOf(service, context, request));
    CORE_CHECK(apply(service, *queue, request.input()));
    return aws::Reply::of(json::object());
}

Result<Outcome> batch(SqsService& service, RequestContext& context, Request& request, std::string_view entry,
    const Apply& apply)
{
    const auto& entries = request.input().at("Entries");
    CORE_TRY(const auto queue, queueOf(service, context, request));
    CORE_CHECK(checkBatch(entries, entry));
    json successful = json::array();
    json failed = json::array();
    for (const auto& given : entries) {
        const auto id = given.at("Id").get<std::string>();
        if (const auto done = apply(service, *queue, given); done)
            successful.push_back({{"Id", id}});
        else
            failed.push_back(failedEntry(id, done.error()));
    }
    return aws::Reply::of({{"Successful", std::move(successful)}, {"Failed", std::move(failed)}});
}

}

Result<Outcome> deleteMessage(SqsService& service, RequestContext& context, Request& request)
{
    return one(service, context, request, deleteOne);
}

Result<Outcome> deleteMessageBatch(SqsService& service, RequestContext& context, Request& request)
{
    return batch(service, context, request, "DeleteMessageBatchRequestEntry", deleteOne);
}

Result<Outcome> changeMessageVisibility(SqsService& service, RequestContext& context, Request& request)
{
    return one(service, context, request, changeOne);
}

Result<Outcome> changeMessageVisibilityBatch(SqsService& service, RequestContext& context, Request& request)
{
    return batch(service, context, request, "ChangeMessageVisibilityBatchRequestEntry", changeOne);
}

}
