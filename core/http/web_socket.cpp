#include "core/http/web_socket.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>

namespace core::http {

namespace {

bool hasToken(const Headers& headers, std::string_view name, std::string_view token)
{
    const auto value = headers.joined(name);
    return std::ranges::any_of(
        split(value, ','), [&](std::string_view part) { return equalsIgnoreCase(trimmed(part), token); });
}

}

bool asksForWebSocket(const Request& request)
{
    const auto& headers = request.headers;
    const auto key = unbase64(trimmed(headers.get("Sec-WebSocket-Key")));
    return request.method == "GET" && hasToken(headers, "Connection", "upgrade")
        && hasToken(headers, "Upgrade", "websocket") && trimmed(headers.get("Sec-WebSocket-Version")) == "13"
        && key && key->size() == 16;
}

std::vector<std::string> offeredSubprotocols(const Request& request)
{
    std::vector<std::string> offered;
    const auto value = request.headers.joined("Sec-WebSocket-Protocol");
    for (const auto part : split(value, ',')) {
        if (const auto name = trimmed(part); !name.empty())
            offered.emplace_back(name);
    }
    return offered;
}

Response acceptWebSocket(std::shared_ptr<WebSocketHandler> handler, std::string_view subprotocol)
{
    Response response;
    response.status = 101;
    if (!subprotocol.empty())
        response.headers.add("Sec-WebSocket-Protocol", std::string(subprotocol));
    response.webSocket = std::move(handler);
    return response;
}

}
