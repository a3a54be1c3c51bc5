#include "core/aws/detail/call.h"
#include "core/aws/detail/protocols.h"
#include "core/aws/host_rules.h"
#include "core/aws/json_text.h"
#include "core/aws/signature_errors.h"
#include "core/base/text.h"
#include "core/http/client.h"

#include <nlohmann/json.hpp>

namespace core::aws {

namespace {

trace::SpanScope openSpan(trace::Tracer& tracer, const CallOptions& options, const std::string& service,
    const std::string& name, std::string method, std::string path)
{
    if (options.quiet)
        return {};
    if (options.parent)
        return options.parent->child(service, name);
    return tracer.open({std::move(method), std::move(path), options.from, service, name});
}

// An in-process caller has no headers or path: every member comes in the input.
void fillInput(Call& call, const nlohmann::json& input, std::string payload)
{
    if (!call.service->parsesBody() && payload.empty())
        payload = writeJson(input);
    call.request.setInput(input.is_null() ? nlohmann::json::object() : input);
    call.request.body = std::move(payload);
}

}

Result<Reply> FrontDoor::Impl::call(std::string_view service, std::string_view action,
    const nlohmann::json& input, const CallOptions& callOptions, std::string payload)
{
    auto* target = directory.find(service);
    if (!target)
        return fail(ErrorKind::NotFound, "UnknownService", "no service is named " + std::string(service));
    const auto index = directory.findAction(*target, action);
    if (!index)
        return fail(target->unknownAction(action));
    Call call;
    call.service = target;
    call.index = *index;
    call.action = &target->action(*index);
    call.context.requestId = makeRequestId(*target);
    call.context.now = clock.now();
    call.context.region = callOptions.region;
    call.context.principal.accessKeyId = "test";
    const std::string name(action);
    call.context.span = openSpan(tracer, callOptions, std::string(service), name, "AWS", name);
    fillInput(call, input, std::move(payload));

    Result<Reply> result = runInProcess(call);
    settle(call, result);
    auto& span = call.context.span;
    if (span.recording()) {
        span.setStatus(result ? (result->status ? result->status : call.action->status)
                              : target->statusOf(result.error()));
        if (span.id() == 1 && !call.context.resource.empty())
            span.setTrackRequest("AWS", name + ' ' + call.context.resource);
        if (span.id() == 1 && !result)
            span.setTrackNote(result.error().code);
    }
    return result;
}

bool FrontDoor::Impl::isOurs(const http::Request& head, const http::Url& url) const
{
    if (options.endpoint) {
        const auto own = http::Url::parse(options.endpoint());
        if (own && own->port == url.port && url.scheme == "http" && isLocalHost(url.host))
            return true;
    }
    if (isAmazonHost(url.host) || url.host.ends_with(".localhost"))
        return directory.claimantOf(head) || bucketOfHost(url.host) || serviceIsHere(url.host);
    return false;
}

bool FrontDoor::Impl::serviceIsHere(std::string_view host) const
{
    const auto named = serviceOfHost(host);
    if (!named)
        return false;
    for (const auto* service : directory.services()) {
        if (service->signingName() == named->service)
            return true;
    }
    return false;
}

Result<http::Response> FrontDoor::Impl::fetch(
    std::string_view text, http::Request request, const CallOptions& callOptions)
{
    CORE_TRY(const auto url, http::Url::parse(text));
    request.target = url.target;
    if (!request.headers.has("Host")) {
        const bool usual =
            (url.scheme == "http" && url.port == 80) || (url.scheme == "https" && url.port == 443);
        request.headers.add("Host", usual ? url.host : url.host + ':' + std::to_string(url.port));
    }
    if (isOurs(request, url))
        return fetchHere(std::move(request), callOptions);

    trace::SpanScope span;
    const auto name = request.method + ' ' + std::string(request.path());
    if (!callOptions.quiet && callOptions.parent)
        span = callOptions.parent->child("client", name, url.host, trace::SpanKind::Network);
    else if (!callOptions.quiet)
        span = tracer.open({request.method, std::string(text), callOptions.from, "client", name});
    auto answer =
        http::send(url, std::move(request), {.totalTimeout = callOptions.timeout, .stop = callOptions.stop});
    if (answer)
        span.setStatus(answer->status);
    else
        span.fail(answer.error());
    return answer;
}

http::Response FrontDoor::Impl::fetchHere(http::Request request, const CallOptions& callOptions)
{
    const auto signature = parseSignature(request);
    static const Signature none;
    auto found = directory.recognise(request, signature ? *signature : none);
    const auto name = request.method + ' ' + std::string(request.path());
    if (found.kind == Recognised::Kind::Served) {
        auto& service = *found.service;
        auto span =
            openSpan(tracer, callOptions, std::string(service.id()), name, request.method, request.target);
        auto response = service.serve(std::move(request), span);
        span.setStatus(response.status);
        return response;
    }
    if (found.kind == Recognised::Kind::Welcome)
        return welcome(request);
    if (found.kind == Recognised::Kind::UnknownTarget || found.kind == Recognised::Kind::UnknownService)
        return strangerPage(found, request);
    if (found.kind != Recognised::Kind::Action && found.kind != Recognised::Kind::UnknownAction)
        return page(request);
    const auto what = found.what;
    const auto method = request.method;
    auto call = makeCall(std::move(found), std::move(request), signature ? *signature : none);
    call->allowOrigin.clear();
    const std::string action(call->action ? call->action->name : "unknown action");
    call->context.span =
        openSpan(tracer, callOptions, std::string(call->service->id()), action, method, action);
    if (auto checked = checkSignature(*call, signature); !checked)
        return answer(*call, fail(std::move(checked).error()));
    if (!call->action)
        return answer(*call, fail(unknownAction(*call->service, what, call->form)));
    if (auto decoded = decode(*call); !decoded)
        return answer(*call, fail(std::move(decoded).error()));
    call->request.body = std::move(call->wire.body);
    return answer(*call, runHere(*call));
}

}
