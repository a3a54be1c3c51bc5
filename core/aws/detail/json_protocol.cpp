#include "core/aws/detail/protocols.h"
#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::aws::detail {

namespace {

std::string contentType(const Service& service)
{
    return service.protocol() == Protocol::Json10 ? "application/x-amz-json-1.0"
                                                  : "application/x-amz-json-1.1";
}

}

Result<> readJsonInput(const Service& service, Request& request)
{
    if (!service.parsesBody())
        return {};
    // SDKs send {} for an action without input; an empty body is the same.
    auto parsed = parseJson(request.body.empty() ? std::string_view("{}") : request.body);
    if (!parsed)
        return fail(service.malformedBody(parsed.error().message));
    if (!parsed->is_object())
        return fail(service.malformedBody("the document is no object"));
    request.setInput(*std::move(parsed));
    return {};
}

http::Response writeJsonReply(const Service& service, Reply reply)
{
    constexpr std::size_t kOfProtocol = 3; // content type, request id, checksum
    auto response = startResponse(reply, 200);
    response.headers.reserve(response.headers.size() + kOfProtocol);
    if (reply.output)
        response.body = writeJson(*reply.output);
    if (!response.headers.has("Content-Type"))
        response.headers.add("Content-Type", contentType(service));
    return response;
}

http::Response writeJsonError(const Service& service, const Error& error)
{
    http::Response response;
    response.status = service.statusOf(error);
    response.headers.add("Content-Type", contentType(service));
    response.body = writeJson(service.errorBody(error));
    return response;
}

}
