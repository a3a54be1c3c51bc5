#pragma once

#include "core/apigateway/v2/socket_runner.h"

namespace core::apigateway::v2 {

// Whether a request is for a WebSocket API: to connect, or to its @connections. Looks at the head alone.
bool isSocketCall(SocketRunner& runner, const http::Request& head);

// ws://{api}.execute-api.localhost/{stage} and /_aws/execute-api/{api}/{stage}; the same with
// /@connections/{id} behind the stage; and what a custom domain maps to a stage.
http::Response serveSocketCall(SocketRunner& runner, const http::Request& request, trace::SpanScope& span);

}
