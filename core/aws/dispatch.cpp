#include "core/aws/detail/call.h"

#include "core/aws/content_coding.h"
#include "core/aws/host_rules.h"
#include "core/aws/session.h"
#include "core/aws/shape_check.h"
#include "core/aws/signature_errors.h"
#include "core/aws/sigv2.h"
#include "core/base/log.h"

#include <algorithm>
#include <cctype>

namespace core::aws {

namespace {

bool looksReal(std::string_view key)
{
    return key.size() == 20 && (key.starts_with("AKIA") || key.starts_with("ASIA"));
}

bool speaksJson(const Service& service)
{
    return service.protocol() == Protocol::Json10 || service.protocol() == Protocol::Json11;
}

// What works with less than AWS does is said in the track (law 4).
void noteSimplified(Call& call)
{
    if (!call.context.span.recording())
        return;
    if (call.action->fidelity == Fidelity::Simplified)
        call.context.span.step("simplified: " + std::string(call.action->name),
            std::string(call.action->note), trace::Verdict::Warn);
    if (!call.action->input || !call.service->parsesBody() || !hasSimplified(*call.action->input))
        return;
    eachSimplified(
        *call.action->input, call.request.input(), [&](std::string_view path, std::string_view note) {
            call.context.span.step(
                "simplified: " + std::string(path), std::string(note), trace::Verdict::Warn);
        });
}

}

Error internalFailure(std::string_view where, std::string_view what)
{
    log::error(where, what);
    return {ErrorKind::Internal, "InternalFailure",
        "The request processing has failed because of an unknown error, exception or failure."};
}

std::unique_ptr<Call> FrontDoor::Impl::makeCall(
    Recognised found, http::Request wire, const Signature& signature)
{
    auto call = std::make_unique<Call>();
    call->service = found.service;
    call->form = found.form;
    if (found.kind == Recognised::Kind::Action) {
        call->index = found.index;
        call->action = &found.service->action(found.index);
    }
    call->parameters = std::move(found.parameters);
    call->wire = std::move(wire);
    if (!found.pathStyle.empty())
        call->sentTarget = std::exchange(call->wire.target, std::move(found.pathStyle));
    call->request.wire = &call->wire;
    call->request.sink = call->wire.sink;
    auto& context = call->context;
    context.requestId = makeRequestId(*call->service);
    context.now = clock.now();
    if (signature.form != Signature::Form::None && !signature.region.empty())
        context.region = signature.region;
    else
        context.region = found.region.empty() ? options.defaultRegion : found.region;
    context.principal.accessKeyId = signature.accessKeyId;
    const auto holder = holderOf(signature, call->wire, context.now);
    context.principal.account = holder.session.account;
    if (holder.state == KeyHolder::State::Unknown && looksReal(signature.accessKeyId))
        warnAboutRealKey(signature.accessKeyId);
    if (const auto origin = call->wire.headers.get("Origin"); !origin.empty())
        call->allowOrigin = origin;
    return call;
}

void FrontDoor::Impl::openTrack(Call& call, bool isSigned)
{
    const std::string name(call.action ? call.action->name : "unknown action");
    // The inspectors read their own actions again and again.
    if (call.action && isOwnAction(*call.action) && call.action->effect == Effect::Reads)
        return;
    const std::string service(call.service->id());
    if (const auto header = call.wire.headers.get("X-Amzn-Trace-Id"); !header.empty())
        call.context.span = tracer.join(header, service, name);
    if (!call.context.span.recording())
        call.context.span = tracer.open({call.wire.method, name, isSigned ? "sdk" : "http", service, name});
}

void FrontDoor::Impl::warnAboutRealKey(const std::string& accessKeyId)
{
    {
        std::lock_guard guard(warnedMutex);
        if (warnedKeys.size() > 1000 || !warnedKeys.insert(accessKeyId).second)
            return;
    }
    log::warning("aws",
        "access key id " + accessKeyId.substr(0, 8)
            + "… looks like one of a real AWS account; the chamber needs none: "
              "use test/test, so that a wrong endpoint cannot reach AWS");
}

Result<> FrontDoor::Impl::checkSignature(
    const Call& call, const tl::expected<Signature, SignatureFault>& signature)
{
    if (!signature)
        return fail(signatureError(*call.service, signature.error(), call.wire));
    const auto form = signature->form;
    const auto holder = holderOf(*signature, call.wire, clock.now());
    if (holder.state == KeyHolder::State::Expired)
        return fail(expiredKey(*call.service, call.wire));
    if ((form == Signature::Form::None || form == Signature::Form::Header) && !options.verifySignatures)
        return {};
    if (form == Signature::Form::None)
        return fail(signatureError(*call.service, {SignatureFault::Kind::MissingToken, {}}, call.wire));
    if (options.verifySignatures && !holder.mayCall())
        return fail(unknownKey(*call.service, call.wire));
    const VerifyOptions verify{holder.secret, clock.now(), call.wire.sink == nullptr};
    std::optional<SignatureFault> fault;
    if (form == Signature::Form::PresignedV2) {
        fault = verifySignatureV2(*signature, call.wire, verify);
    } else if (call.sentTarget.empty()) {
        fault = verifySignature(*signature, call.wire, verify);
    } else {
        http::Request sent;
        sent.method = call.wire.method;
        sent.target = call.sentTarget;
        sent.headers = call.wire.headers;
        sent.body = call.wire.body;
        fault = verifySignature(*signature, sent, verify);
    }
    if (fault)
        return fail(signatureError(*call.service, *fault, call.wire));
    return {};
}

// JSON services take their bodies compressed; others keep what was sent.
Result<> FrontDoor::Impl::decode(Call& call)
{
    if (!speaksJson(*call.service))
        return {};
    auto decoded = decodeBody(call.wire);
    if (!decoded && decoded.error().kind == ErrorKind::Invalid)
        return fail(call.service->malformedBody(decoded.error().message));
    if (!decoded)
        return fail(decoded.error().kind, "RequestEntityTooLarge", decoded.error().message);
    return {};
}

Result<> FrontDoor::Impl::ready(Call& call)
{
    CORE_CHECK(readInput(*call.service, *call.action, call.parameters, call.request, call.form));
    return prepare(call);
}

// Once input() is filled, whichever way it came.
Result<> FrontDoor::Impl::prepare(Call& call)
{
    if (call.action->fidelity == Fidelity::Unsupported) {
        return fail(ErrorKind::Invalid, "NotImplemented",
            "Cloud Chamber does not support " + std::string(call.action->name)
                + (call.action->note.empty() ? "" : ": " + std::string(call.action->note)));
    }
    CORE_CHECK(call.service->prepare(*call.action, call.request));
    noteSimplified(call);
    return {};
}

Result<Outcome> FrontDoor::Impl::runAction(Call& call)
{
    try {
        return call.service->run(call.index, call.context, call.request);
    } catch (const std::exception& error) {
        return fail(internalFailure(call.action->name, error.what()));
    }
}

void FrontDoor::Impl::publish(const Call& call)
{
    if (call.action->effect == Effect::Reads || call.context.onlyRead || !changes.hasListeners())
        return;
    changes.publish({std::string(call.service->id()), std::string(call.action->name), call.context.region,
        call.context.resource, call.action->effect == Effect::Data});
}

// After the action: its event and the facts of its track.
void FrontDoor::Impl::settle(Call& call, const Result<Reply>& result)
{
    auto& span = call.context.span;
    if (result && call.action)
        publish(call);
    if (!span.recording())
        return;
    if (!result) {
        span.step(result.error().code, result.error().message, trace::Verdict::Fail);
        span.fail(result.error());
    }
}

// Compresses an answer that the client takes compressed. Never on the committer's answering thread, where
// everybody would wait for it: what writes answer goes as it is.
http::Response FrontDoor::Impl::encoded(const Call& call, http::Response response)
{
    if (speaksJson(*call.service))
        encodeBody(call.wire, response);
    return response;
}

http::Response FrontDoor::Impl::answer(Call& call, Result<Reply> result)
{
    settle(call, result);
    http::Response response;
    try {
        response = result
            ? writeReply(*call.service, *call.action, *std::move(result), call.context, call.form)
            : writeError(*call.service, call.action, result.error(), call.context, call.wire, call.form);
    } catch (const std::exception& error) {
        const auto failure = internalFailure(call.service->id(), error.what());
        call.context.span.fail(failure);
        response = writeError(*call.service, call.action, failure, call.context, call.wire, call.form);
    }
    auto& span = call.context.span;
    if (span.recording()) {
        span.setStatus(response.status);
        if (span.id() == 1 && call.action && !call.context.resource.empty())
            span.setTrackRequest(
                call.wire.method, std::string(call.action->name) + ' ' + call.context.resource);
        if (span.id() == 1 && !result)
            span.setTrackNote(result.error().code);
        span.end();
    }
    if (!call.allowOrigin.empty()) {
        response.headers.set("Access-Control-Allow-Origin", call.allowOrigin);
        response.headers.set("Access-Control-Expose-Headers", "*");
    }
    return response;
}

}
