#pragma once

#include "core/aws/protocol.h"

#include <nlohmann/json_fwd.hpp>

// The protocols behind protocol.h, a file each.
namespace core::aws::detail {

// JSON 1.0 and 1.1.
Result<> readJsonInput(const Service& service, Request& request);
http::Response writeJsonReply(const Service& service, Reply reply);
http::Response writeJsonError(const Service& service, const Error& error);

// What both REST protocols take from path, query and headers.
void readRestHead(const ActionInfo& action, const PathParameters& path, Request& request);
// Moves what travels in headers out of `output`, into the answer's headers.
void writeRestHead(const Shape& shape, nlohmann::json& output, http::Headers& headers);
const Member* payloadMember(const ActionInfo& action);

Result<> readRestJsonInput(
    const Service& service, const ActionInfo& action, const PathParameters& path, Request& request);
http::Response writeRestJsonReply(const ActionInfo& action, Reply reply);
http::Response writeRestJsonError(const Service& service, const Error& error);

Result<> readRestXmlInput(
    const Service& service, const ActionInfo& action, const PathParameters& path, Request& request);
http::Response writeRestXmlReply(const Service& service, const ActionInfo& action, Reply reply);
http::Response writeRestXmlError(
    const Service& service, const Error& error, const RequestContext& context, const http::Request& wire);

// AWS's query protocol: `List.member.1.Name=…` in a form or in the query, `<ActionResponse><ActionResult>`
// out. A member's wireName is the name that the form and the XML know it by.
Result<> readQueryInput(const Service& service, const ActionInfo& action, Request& request);
http::Response writeQueryReply(const Service& service, const ActionInfo& action, Reply reply,
    const RequestContext& context, WireForm form);
http::Response writeQueryError(
    const Service& service, const Error& error, const RequestContext& context, WireForm form);

// Smithy's RPC v2: the same values as in JSON, in CBOR.
Result<> readCborInput(const Service& service, Request& request);
http::Response writeCborReply(const ActionInfo& action, Reply reply);
http::Response writeCborError(const Service& service, const Error& error);

// Our own actions (/_chamber/…).
http::Response writeOwnError(const Service& service, const Error& error);

// An answer with what the reply already has: status, headers, body or source.
http::Response startResponse(Reply& reply, int usualStatus);

}
