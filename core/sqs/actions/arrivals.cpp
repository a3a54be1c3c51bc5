#include "core/sqs/actions.h"

#include <nlohmann/json.hpp>

namespace core::sqs {

using nlohmann::json;

Result<Outcome> getQueueArrivals(SqsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto queue, queueOf(service, context, request));
    json output = {{"VisibilityTimeout", queue->number("VisibilityTimeout")}};
    if (const auto next = service.queues().messages(*queue)->nextVisible())
        output["NextVisibleAt"] = *next;
    return aws::Reply::of(std::move(output));
}

}
