#include "core/apigateway/service_call.h"

#include "core/apigateway/timed_call.h"
#include "core/http/client.h"

namespace core::apigateway {

namespace {

using Asked = Result<aws::Reply>;
using Fetched = Result<http::Response>;

tl::unexpected<Error> tooBusy()
{
    return fail(ErrorKind::Throttled, "TooManyRequestsException", "Too many integrations run at once");
}

Fetched fetchUnverified(const EndpointCall& asked, trace::SpanScope& parent)
{
    CORE_TRY(const auto url, http::Url::parse(asked.url));
    auto request = asked.request;
    request.target = url.target;
    auto span = parent.child(
        "client", request.method + ' ' + std::string(request.path()), url.host, trace::SpanKind::Network);
    auto answer = http::send(url, std::move(request), {.trustsAnyAuthority = true});
    if (answer)
        span.setStatus(answer->status);
    else
        span.fail(answer.error());
    return answer;
}

}

std::optional<Asked> askInTime(
    aws::Caller& caller, WorkPool& pool, trace::SpanScope& parent, ServiceCall asked)
{
    auto span = std::make_shared<trace::SpanScope>(parent.child("apigateway", asked.role, asked.name));
    const auto patience = asked.patience;
    return waitAtMost<Asked>(
        pool, patience,
        [&caller, span, asked = std::move(asked)]() -> Asked {
            auto reply = caller.call(asked.service, asked.action, *asked.input,
                aws::CallOptions{.parent = span.get(), .region = asked.region, .from = "apigateway"},
                asked.payload);
            span->end();
            return reply;
        },
        tooBusy());
}

std::optional<Fetched> fetchInTime(
    aws::Caller& caller, WorkPool& pool, trace::SpanScope& parent, EndpointCall asked)
{
    auto span = std::make_shared<trace::SpanScope>(parent.child("apigateway", "integration", asked.name));
    const auto patience = asked.patience;
    return waitAtMost<Fetched>(
        pool, patience,
        [&caller, span, asked = std::move(asked)]() -> Fetched {
            auto response = asked.skipsVerification
                ? fetchUnverified(asked, *span)
                : caller.fetch(asked.url, asked.request,
                    aws::CallOptions{.parent = span.get(), .region = asked.region, .from = "apigateway"});
            span->end();
            return response;
        },
        tooBusy());
}

}
