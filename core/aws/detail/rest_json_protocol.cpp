#include "core/aws/detail/protocols.h"
#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::aws::detail {

using nlohmann::json;

namespace {

// A member of the body whose wire name is another one goes to its own name, unless the body belongs to
// another member.
void takeMembers(const ActionInfo& action, json body, json& input)
{
    for (auto& [name, value] : body.items()) {
        std::string target = name;
        for (const auto& member : action.input ? action.input->members : std::span<const Member>()) {
            if (member.in == In::Body && member.wireName == name)
                target = std::string(member.name);
        }
        // What the path, the query or a header said stands.
        if (!input.contains(target))
            input[target] = std::move(value);
    }
}

bool isRawPayload(const Member* payload)
{
    return payload && (payload->shape->type == Type::Blob || payload->shape->type == Type::String);
}

}

Result<> readRestJsonInput(
    const Service& service, const ActionInfo& action, const PathParameters& path, Request& request)
{
    readRestHead(action, path, request);
    const auto* payload = payloadMember(action);
    if (request.sink || isRawPayload(payload) || !service.parsesBody() || request.body.empty())
        return {};
    auto parsed = parseJson(request.body);
    if (!parsed)
        return fail(service.malformedBody(parsed.error().message));
    if (payload) {
        request.input()[std::string(payload->name)] = *std::move(parsed);
        return {};
    }
    if (!parsed->is_object())
        return fail(service.malformedBody("the document is no object"));
    takeMembers(action, *std::move(parsed), request.input());
    return {};
}

http::Response writeRestJsonReply(const ActionInfo& action, Reply reply)
{
    auto response = startResponse(reply, action.status);
    if (reply.output && response.status != 204) {
        if (action.output) {
            auto output = *reply.output;
            writeRestHead(*action.output, output, response.headers);
            response.body = writeJson(output);
        } else {
            response.body = writeJson(*reply.output);
        }
    }
    const bool hasBody = !response.body.empty() || response.source;
    if (hasBody && !response.headers.has("Content-Type"))
        response.headers.add("Content-Type", "application/json");
    return response;
}

http::Response writeRestJsonError(const Service& service, const Error& error)
{
    http::Response response;
    response.status = service.statusOf(error);
    response.headers.add("Content-Type", "application/json");
    response.headers.add("x-amzn-ErrorType", service.errorType(error));
    response.body = writeJson(service.errorBody(error));
    return response;
}

http::Response writeOwnError(const Service& service, const Error& error)
{
    http::Response response;
    response.status = service.statusOf(error);
    response.headers.add("Content-Type", "application/json");
    response.headers.add("x-amzn-ErrorType", error.code);
    response.body = writeJson(json{{"__type", error.code}, {"message", error.message}});
    return response;
}

}
