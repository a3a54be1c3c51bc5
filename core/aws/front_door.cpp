#include "core/aws/front_door.h"

#include "core/aws/detail/call.h"
#include "core/aws/host_rules.h"
#include "core/aws/json_text.h"
#include "core/aws/signature_errors.h"
#include "core/aws/xml_shape.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/log.h"

#include <nlohmann/json.hpp>

#include <array>
#include <set>

namespace core::aws {

namespace {

using nlohmann::json;

http::Response textPage(int status, std::string text)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    response.body = std::move(text);
    return response;
}

http::Response jsonPage(int status, const json& body)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.body = writeJson(body);
    return response;
}

bool hasBody(const http::Request& head)
{
    const auto length = head.headers.get("Content-Length");
    return (!length.empty() && length != "0") || head.headers.has("Transfer-Encoding");
}

// The answer to a browser's question whether a page of this machine may call us.
http::Response preflight(const http::Request& wire, std::string_view origin)
{
    http::Response response;
    response.status = 200;
    response.headers.add("Access-Control-Allow-Origin", std::string(origin));
    response.headers.add("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
    const auto wanted = wire.headers.get("Access-Control-Request-Headers");
    if (!wanted.empty())
        response.headers.add("Access-Control-Allow-Headers", std::string(wanted));
    response.headers.add("Access-Control-Max-Age", "172800"); // as AWS answers
    response.headers.add("x-amzn-RequestId", newRequestId());
    response.headers.add("Vary", "Origin, Access-Control-Request-Headers");
    return response;
}

// The query protocol's clients read XML alone, and show the user what they could read.
http::Response xmlPage(int status, const std::string& code, const std::string& message)
{
    static constexpr std::array<Member, 2> members{{{"Code", &kString}, {"Message", &kString}}};
    static constexpr Shape error{.type = Type::Structure, .members = members};
    static constexpr std::array<Member, 1> whole{{{"Error", &error}}};
    static constexpr Shape shape{.type = Type::Structure, .members = whole};
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "text/xml");
    response.body = writeXml("ErrorResponse", {}, {{"Error", {{"Code", code}, {"Message", message}}}}, shape);
    return response;
}

// A bare GET of a service that speaks JSON, by its host name.
bool isHealthCheck(const Recognised& found, const http::Request& wire, const Signature& signature)
{
    if (found.kind != Recognised::Kind::UnknownAction || wire.method != "GET" || wire.target != "/")
        return false;
    const auto protocol = found.service->protocol();
    return signature.form == Signature::Form::None
        && (protocol == Protocol::Json10 || protocol == Protocol::Json11);
}

struct WaitingRequest {
    http::Request wire;
    http::Responder responder;
    trace::SpanScope span;
};

}

FrontDoor::FrontDoor(store::Store& store, Clock& clock, trace::Tracer& tracer, WorkPool& pool,
    Publisher<ResourceChanged>& changes, FrontDoorOptions options)
    : m_impl(new Impl{store, clock, tracer, pool, changes, std::move(options), {}})
{
}

FrontDoor::~FrontDoor() = default;

void FrontDoor::add(Service& service)
{
    m_impl->directory.add(service);
}

void FrontDoor::setLocalPages(LocalPages* pages)
{
    m_impl->pages = pages;
}

std::vector<Service*> FrontDoor::services() const
{
    return m_impl->directory.services();
}

http::BodyPlan FrontDoor::planBody(const http::Request& head)
{
    // JSON 1.x bodies are collected; nothing to ask on the busiest path.
    if (!hasBody(head) || (head.target == "/" && head.headers.has("X-Amz-Target")))
        return {};
    const auto signature = parseSignature(head);
    const auto found = m_impl->directory.recognise(head, signature ? *signature : Signature{});
    if (found.kind != Recognised::Kind::Action)
        return {};
    return found.service->planBody(found.service->action(found.index), head);
}

void FrontDoor::handle(http::Request request, http::Responder responder)
{
    try {
        m_impl->handle(std::move(request), std::move(responder));
    } catch (const std::exception& error) {
        // The responder answers 500 when it dies.
        log::error("front door", error.what());
    }
}

Result<Reply> FrontDoor::call(std::string_view service, std::string_view action, const json& input,
    const CallOptions& options, std::string payload)
{
    return m_impl->call(service, action, input, options, std::move(payload));
}

Result<http::Response> FrontDoor::fetch(
    std::string_view url, http::Request request, const CallOptions& options)
{
    return m_impl->fetch(url, std::move(request), options);
}

// A service may answer under a name of the user's own (a distribution's alias, a custom domain name): the
// name decides, not the path, which any page can choose, and leads to nothing but that service. Where
// services share a name, its paths choose among them.
void FrontDoor::Impl::serveByName(http::Request wire, http::Responder responder)
{
    http::Request byName;
    byName.method = wire.method;
    byName.headers = wire.headers;
    if (auto* owner = directory.claimantOf(byName)) {
        http::Request byPath;
        byPath.method = wire.method;
        byPath.target = wire.target;
        byPath.headers = wire.headers;
        byPath.headers.set("Host", "localhost");
        auto* chosen = directory.claimantOf(wire);
        const bool isOfName = chosen && !chosen->claims(byPath);
        return serve(isOfName ? *chosen : *owner, std::move(wire), std::move(responder));
    }
    responder.send(textPage(403,
        "The host name '" + std::string(wire.headers.get("Host"))
            + "' is not one of this chamber. It answers to localhost, 127.0.0.1, [::1], *.localhost and to "
              "the AWS "
              "names of its own resources.\n"));
}

// Pages of other sites, which their Origin tells.
std::optional<http::Response> FrontDoor::Impl::refuse(const http::Request& wire)
{
    const auto origin = wire.headers.get("Origin");
    if (origin.empty())
        return std::nullopt;
    const bool asks = wire.method == "OPTIONS" && wire.headers.has("Access-Control-Request-Method");
    // What services serve themselves decides its own CORS.
    if (!wire.path().starts_with("/_chamber/") && directory.claimantOf(wire))
        return std::nullopt;
    if (!originIsAccepted(origin, options.hosts))
        return textPage(403,
            "Pages of '" + std::string(origin)
                + "' may not call this chamber: only pages of this machine (localhost) may.\n");
    return asks ? std::optional(preflight(wire, origin)) : std::nullopt;
}

void FrontDoor::Impl::handle(http::Request wire, http::Responder responder)
{
    if (!hostIsAccepted(wire.headers.get("Host"), options.hosts))
        return serveByName(std::move(wire), std::move(responder));
    if (auto refused = refuse(wire))
        return responder.send(*std::move(refused));
    const auto signature = parseSignature(wire);
    static const Signature none;
    auto found = directory.recognise(wire, signature ? *signature : none);
    if (signature && isHealthCheck(found, wire, *signature))
        return responder.send(welcome(wire));
    switch (found.kind) {
    case Recognised::Kind::Served:
        return serve(*found.service, std::move(wire), std::move(responder));
    case Recognised::Kind::Local:
        return showPage(std::move(wire), std::move(responder));
    case Recognised::Kind::Welcome:
        return responder.send(welcome(wire));
    case Recognised::Kind::UnknownTarget:
    case Recognised::Kind::UnknownService:
        return responder.send(strangerPage(found, wire));
    case Recognised::Kind::Action:
    case Recognised::Kind::UnknownAction:
        break;
    }
    const bool known = found.kind == Recognised::Kind::Action;
    const auto what = std::move(found.what);
    auto call = makeCall(std::move(found), std::move(wire), signature ? *signature : none);
    openTrack(*call, !signature || signature->form != Signature::Form::None);
    // AWS names an unknown operation before it asks who is there.
    if (!known)
        return responder.send(answer(*call, fail(unknownAction(*call->service, what, call->form))));
    if (auto checked = checkSignature(*call, signature); !checked)
        return responder.send(answer(*call, fail(std::move(checked).error())));
    if (auto decoded = decode(*call); !decoded)
        return responder.send(answer(*call, fail(std::move(decoded).error())));
    call->request.body = std::move(call->wire.body);
    dispatch(std::move(call), std::move(responder));
}

void FrontDoor::Impl::serve(Service& service, http::Request wire, http::Responder responder)
{
    const auto name = wire.method + ' ' + std::string(wire.path());
    trace::SpanScope span;
    if (const auto header = wire.headers.get("X-Amzn-Trace-Id"); !header.empty())
        span = tracer.join(header, std::string(service.id()), name);
    if (!span.recording())
        span = tracer.open({wire.method, wire.target, "http", std::string(service.id()), name});
    auto waiting = std::make_shared<WaitingRequest>(
        WaitingRequest{std::move(wire), std::move(responder), std::move(span)});
    const bool taken = pool.post([waiting, &service] {
        http::Response response;
        try {
            response = service.serve(std::move(waiting->wire), waiting->span);
        } catch (const std::exception& error) {
            waiting->span.fail(internalFailure(service.id(), error.what()));
            response = jsonPage(500, {{"message", "Internal server error"}});
        }
        waiting->span.setStatus(response.status);
        waiting->span.end();
        waiting->responder.send(std::move(response));
    });
    if (!taken) {
        waiting->span.step("refused", "the chamber has too many requests in work", trace::Verdict::Fail);
        waiting->span.setStatus(503);
        waiting->span.end();
        waiting->responder.send(jsonPage(503, {{"message", "Service Unavailable"}}));
    }
}

void FrontDoor::Impl::showPage(http::Request wire, http::Responder responder)
{
    auto waiting =
        std::make_shared<WaitingRequest>(WaitingRequest{std::move(wire), std::move(responder), {}});
    const bool taken = pool.post([this, waiting] { waiting->responder.send(page(waiting->wire)); });
    if (!taken)
        waiting->responder.send(jsonPage(503, {{"message", "Service Unavailable"}}));
}

http::Response FrontDoor::Impl::page(const http::Request& wire)
{
    if (!pages)
        return jsonPage(404, {{"message", "Nothing is served at " + std::string(wire.path())}});
    http::Response response;
    try {
        response = pages->serve(wire);
    } catch (const std::exception& error) {
        log::error("pages", error.what());
        response = jsonPage(500, {{"message", "Internal failure"}});
    }
    if (const auto origin = wire.headers.get("Origin"); !origin.empty())
        response.headers.set("Access-Control-Allow-Origin", std::string(origin));
    return response;
}

// The answer to requests for services that are not here.
http::Response FrontDoor::Impl::strangerPage(const Recognised& found, const http::Request& wire) const
{
    if (found.kind == Recognised::Kind::UnknownTarget) {
        auto unknown = jsonPage(400,
            {{"__type", "com.amazon.coral.service#UnknownOperationException"},
                {"message", "No service here has the target " + found.what}});
        if (const auto type = wire.headers.get("Content-Type"); type.starts_with("application/x-amz-json-1."))
            unknown.headers.set("Content-Type", std::string(type));
        unknown.headers.add("x-amzn-RequestId", newRequestId());
        unknown.headers.add("x-amz-crc32", std::to_string(crc32(unknown.body)));
        return unknown;
    }
    std::string message = "Cloud Chamber has no service '" + found.what + "'; it has";
    std::set<std::string_view> said; // streams of tables are signed as their tables are
    for (const auto* service : directory.services()) {
        if (said.insert(service->signingName()).second)
            message += (message.ends_with("has") ? " " : ", ") + std::string(service->signingName());
    }
    if (wire.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded"))
        return xmlPage(501, "NotImplemented", message);
    auto response = jsonPage(501, {{"__type", "NotImplemented"}, {"message", message}});
    response.headers.add("x-amzn-ErrorType", "NotImplemented");
    return response;
}

// As DynamoDB answers a bare GET, with the endpoint's name; clients and scripts wait for it. What is here
// says
// /_chamber/health.
http::Response FrontDoor::Impl::welcome(const http::Request& wire) const
{
    auto host = wire.headers.get("Host");
    host = host.substr(0, host.find(':'));
    const bool asAws = host.starts_with("dynamodb.") && host.ends_with(".amazonaws.com");
    return textPage(200,
        "healthy: " + (asAws ? std::string(host) : "dynamodb." + options.defaultRegion + ".amazonaws.com")
            + " \n");
}

}
