#include "core/apigateway/v2/service_call.h"

#include "core/apigateway/timed_call.h"

namespace core::apigateway::v2 {

std::optional<Result<aws::Reply>> askInTime(Call& call, CallEnvironment& environment, ServiceCall asked)
{
    using Asked = Result<aws::Reply>;
    auto span = std::make_shared<trace::SpanScope>(call.span.child("apigateway", asked.role, asked.name));
    const auto patience = asked.patience;
    return waitAtMost<Asked>(
        environment.integrations, patience,
        [&caller = environment.caller, span, asked = std::move(asked)]() -> Asked {
            auto reply = caller.call(asked.service, asked.action, *asked.input,
                aws::CallOptions{.parent = span.get(), .region = asked.region, .from = "apigateway"},
                asked.payload);
            span->end();
            return reply;
        },
        fail(ErrorKind::Throttled, "TooManyRequestsException", "Too many integrations run at once"));
}

}
