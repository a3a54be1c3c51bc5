#pragma once

#include "core/aws/request.h"
#include "core/aws/service.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::aws {

// What the {names} of a path template stood for, decoded.
using PathParameters = std::vector<std::pair<std::string_view, std::string>>;

// Between a service and the wire: fills Request::input(), writes answers and errors. Pure; any thread.
// Actions below
// /_chamber/ are plain JSON whatever the service speaks.

// How a request is written, and so its answer: as the service's own protocol() says or, for a service with a
// queryVersion(), as AWS's query protocol (form parameters in, XML out) or as Smithy's RPC in CBOR, to which
// those services' newer SDKs go. The rows, the shapes and what input() holds are the same in all of them.
// QueryJson: query parameters in, and JSON out, for who accepts that alone, as API Gateway does.
enum class WireForm { Own, Query, QueryJson, Cbor };

bool isOwnAction(const ActionInfo& action);

// Fills request.input() from path, query, headers and body (json 1.x: the body alone). Errors are the
// service's.
Result<> readInput(const Service& service, const ActionInfo& action, const PathParameters& path,
    Request& request, WireForm form = WireForm::Own);

http::Response writeReply(const Service& service, const ActionInfo& action, Reply reply,
    const RequestContext& context, WireForm form = WireForm::Own);

// `action` is null when the request matched none.
http::Response writeError(const Service& service, const ActionInfo* action, const Error& error,
    const RequestContext& context, const http::Request& wire, WireForm form = WireForm::Own);

Error unknownAction(const Service& service, std::string_view what, WireForm form);

// The request id in the form and under the names that the service uses.
std::string makeRequestId(const Service& service);
void addRequestId(const Service& service, const std::string& requestId, http::Headers& headers);

}
