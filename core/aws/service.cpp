#include "core/aws/service.h"

#include "core/aws/shape_check.h"

#include <nlohmann/json.hpp>

namespace core::aws {

using nlohmann::json;

namespace {

bool isJsonProtocol(const Service& service)
{
    return service.protocol() == Protocol::Json10 || service.protocol() == Protocol::Json11;
}

const Violation* firstOf(Violation::Kind kind, const std::vector<Violation>& violations)
{
    for (const auto& violation : violations) {
        if (violation.kind == kind)
            return &violation;
    }
    return nullptr;
}

int restStatus(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Invalid:
    case ErrorKind::Cancelled:
        return 400;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
        return 409;
    case ErrorKind::Denied:
        return 403;
    case ErrorKind::Throttled:
        return 429;
    case ErrorKind::TooLarge:
        return 413;
    case ErrorKind::Io:
    case ErrorKind::Internal:
        break;
    }
    return 500;
}

}

Result<> Service::prepare(const ActionInfo& action, Request& request)
{
    static constexpr Shape nothing{.type = Type::Structure};
    const auto violations = checkShape(action.input ? *action.input : nothing, request.input());
    if (!violations.empty())
        return fail(invalidInput(action, violations));
    return {};
}

Error Service::invalidInput(const ActionInfo& action, const std::vector<Violation>& violations) const
{
    if (const auto* type = firstOf(Violation::Kind::Type, violations))
        return {ErrorKind::Invalid, "SerializationException", type->value};
    if (const auto* unsupported = firstOf(Violation::Kind::Unsupported, violations)) {
        return {ErrorKind::Invalid, "ValidationException",
            "'" + unsupported->path + "' of " + std::string(action.name) + ": " + unsupported->constraint};
    }
    return {ErrorKind::Invalid, "ValidationException", describeViolations(violations)};
}

http::BodyPlan Service::planBody(const ActionInfo& /*action*/, const http::Request& /*head*/)
{
    return {};
}

int Service::statusOf(const Error& error) const
{
    if (error.code == "ServiceUnavailable" || error.code == "ServiceUnavailableException")
        return 503;
    if (error.code == "MethodNotAllowed")
        return 405;
    if (!isJsonProtocol(*this))
        return restStatus(error);
    if (error.kind == ErrorKind::TooLarge)
        return 413;
    return error.kind == ErrorKind::Internal || error.kind == ErrorKind::Io ? 500 : 400;
}

std::string Service::errorType(const Error& error) const
{
    return error.code;
}

json Service::errorBody(const Error& error) const
{
    json body = json::object();
    if (isJsonProtocol(*this))
        body["__type"] = errorType(error);
    // What the services share with each other is spelt with a capital.
    const bool shared = isJsonProtocol(*this)
        && (error.code == "SerializationException" || error.code == "AccessDeniedException");
    if (!error.message.empty())
        body[shared ? "Message" : "message"] = error.message;
    if (error.members.empty())
        return body;
    const auto members = json::parse(error.members, nullptr, false);
    if (members.is_object())
        body.update(members);
    // A service that spells it "Message" does not send both.
    if (body.contains("Message"))
        body.erase("message");
    return body;
}

Error Service::malformedBody(std::string_view detail) const
{
    if (protocol() == Protocol::RestXml)
        return {ErrorKind::Invalid, "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema"};
    // json 1.x services send a bare SerializationException; the reason helps whoever wrote the request.
    return {ErrorKind::Invalid, "SerializationException",
        "Could not parse request body into json: " + std::string(detail)};
}

Error Service::unknownAction(std::string_view /*what*/) const
{
    if (protocol() == Protocol::RestXml && xmlManner() == XmlManner::S3)
        return {ErrorKind::Invalid, "MethodNotAllowed",
            "The specified method is not allowed against this resource."};
    if (isJsonProtocol(*this)) // without a word
        return {ErrorKind::Invalid, "UnknownOperationException", {}};
    return {ErrorKind::NotFound, "UnknownOperationException",
        "Unable to determine service/operation name to be authorized"};
}

bool Service::claims(const http::Request& /*head*/) const
{
    return false;
}

http::Response Service::serve(http::Request /*request*/, trace::SpanScope& /*span*/)
{
    http::Response response;
    response.status = 404;
    return response;
}

}
