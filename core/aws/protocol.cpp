#include "core/aws/protocol.h"

#include "core/aws/detail/protocols.h"
#include "core/base/hash.h"
#include "core/base/ids.h"

namespace core::aws {

namespace {

// x-amz-crc32 is the decimal checksum of the body as sent.
void addChecksum(const Service& service, http::Response& response)
{
    if (service.sendsCrc32())
        response.headers.add("x-amz-crc32", std::to_string(crc32(response.body)));
}

bool isS3(const Service& service)
{
    return service.protocol() == Protocol::RestXml && service.xmlManner() == XmlManner::S3;
}

bool isQuery(WireForm form)
{
    return form == WireForm::Query || form == WireForm::QueryJson;
}

http::Response protocolError(const Service& service, const ActionInfo* action, const Error& error,
    const RequestContext& context, const http::Request& wire, WireForm form)
{
    if (action && isOwnAction(*action))
        return detail::writeOwnError(service, error);
    if (isQuery(form))
        return detail::writeQueryError(service, error, context, form);
    if (form == WireForm::Cbor)
        return detail::writeCborError(service, error);
    if (auto written = service.errorResponse(error, context, wire))
        return *std::move(written);
    switch (service.protocol()) {
    case Protocol::Json10:
    case Protocol::Json11:
        return detail::writeJsonError(service, error);
    case Protocol::RestJson:
        return detail::writeRestJsonError(service, error);
    case Protocol::RestXml:
        break;
    }
    return detail::writeRestXmlError(service, error, context, wire);
}

}

bool isOwnAction(const ActionInfo& action)
{
    return action.uri.starts_with("/_chamber/");
}

Result<> readInput(const Service& service, const ActionInfo& action, const PathParameters& path,
    Request& request, WireForm form)
{
    if (isOwnAction(action))
        return detail::readRestJsonInput(service, action, path, request);
    if (isQuery(form))
        return detail::readQueryInput(service, action, request);
    if (form == WireForm::Cbor)
        return detail::readCborInput(service, request);
    switch (service.protocol()) {
    case Protocol::Json10:
    case Protocol::Json11:
        return detail::readJsonInput(service, request);
    case Protocol::RestJson:
        return detail::readRestJsonInput(service, action, path, request);
    case Protocol::RestXml:
        break;
    }
    return detail::readRestXmlInput(service, action, path, request);
}

http::Response writeReply(const Service& service, const ActionInfo& action, Reply reply,
    const RequestContext& context, WireForm form)
{
    http::Response response;
    if (isQuery(form))
        response = detail::writeQueryReply(service, action, std::move(reply), context, form);
    else if (form == WireForm::Cbor)
        response = detail::writeCborReply(action, std::move(reply));
    else if (isOwnAction(action) || service.protocol() == Protocol::RestJson)
        response = detail::writeRestJsonReply(action, std::move(reply));
    else if (service.protocol() == Protocol::RestXml)
        response = detail::writeRestXmlReply(service, action, std::move(reply));
    else
        response = detail::writeJsonReply(service, std::move(reply));
    addRequestId(service, context.requestId, response.headers);
    addChecksum(service, response);
    return response;
}

http::Response writeError(const Service& service, const ActionInfo* action, const Error& error,
    const RequestContext& context, const http::Request& wire, WireForm form)
{
    auto response = protocolError(service, action, error, context, wire, form);
    // By what name the query protocol knows the error, which programs written for it still compare.
    if (!service.queryVersion().empty() && !isQuery(form))
        response.headers.set(
            "x-amzn-query-error", error.code + (response.status < 500 ? ";Sender" : ";Receiver"));
    addRequestId(service, context.requestId, response.headers);
    addChecksum(service, response);
    return response;
}

Error unknownAction(const Service& service, std::string_view what, WireForm form)
{
    if (isQuery(form))
        return {ErrorKind::Invalid, "InvalidAction", "Could not find operation " + std::string(what)};
    return service.unknownAction(what);
}

std::string makeRequestId(const Service& service)
{
    if (isS3(service))
        return randomUpper(16);
    const bool longId = service.protocol() == Protocol::Json10 && service.queryVersion().empty();
    return longId ? newRequestId() : newUuid();
}

void addRequestId(const Service& service, const std::string& requestId, http::Headers& headers)
{
    if (!isS3(service)) {
        if (!headers.has("x-amzn-RequestId"))
            headers.add("x-amzn-RequestId", requestId);
        return;
    }
    if (headers.has("x-amz-request-id"))
        return;
    headers.add("x-amz-request-id", requestId);
    headers.add("x-amz-id-2", base64(sha256(requestId + "cloud-chamber")));
}

}
