#include "core/apigateway/addresses.h"

#include "core/apigateway/vpc_endpoint.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

constexpr std::string_view kLabel = ".execute-api.";
constexpr std::string_view kUserRequest = "_user_request_";
constexpr std::string_view kOwnPrefix = "/_aws/execute-api/";
constexpr std::string_view kControlPrefix = "/restapis/";

// Takes "/stage/rest" apart; "//stage" names the stage too, as AWS was seen to do.
void splitStage(std::string_view path, CallAddress& address)
{
    while (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    const auto slash = path.find('/');
    address.stage = percentDecode(path.substr(0, slash));
    address.path = slash == path.npos ? "/" : std::string(path.substr(slash));
}

std::string_view withoutPort(std::string_view host)
{
    return host.substr(0, host.rfind(':') == host.npos ? host.size() : host.rfind(':'));
}

// "localhost", "us-east-1.localhost" and "us-east-1.amazonaws.com" with the region they name.
std::optional<std::string> regionOfSuffix(std::string_view suffix)
{
    if (suffix == "localhost")
        return std::string{};
    for (const std::string_view ending : {".localhost", ".amazonaws.com"}) {
        if (suffix.size() > ending.size() && suffix.ends_with(ending)) {
            const auto region = suffix.substr(0, suffix.size() - ending.size());
            if (region.find('.') == region.npos)
                return std::string(region);
        }
    }
    return std::nullopt;
}

std::optional<CallAddress> fromHost(const http::Request& head)
{
    const std::string host = toLower(withoutPort(head.headers.get("Host")));
    const auto label = host.find(kLabel);
    if (label == host.npos || label == 0)
        return std::nullopt;
    const auto endpoint = VpcEndpoint::of(head);
    std::string suffix = host.substr(label + kLabel.size());
    if (!endpoint.id.empty() && !endpoint.isAlias)
        suffix = replaceAll(std::move(suffix), "vpce.", "");
    const auto region = regionOfSuffix(suffix);
    if (!region)
        return std::nullopt;
    CallAddress address{.apiId = host.substr(0, label), .region = *region, .rule = "host name"};
    address.domain = head.headers.get("Host");
    if (!endpoint.id.empty()) {
        address.apiId = endpoint.apiId;
        address.rule = endpoint.isAlias ? "alias of a VPC endpoint" : "VPC endpoint and x-apigw-api-id";
    }
    splitStage(head.path(), address);
    return address;
}

std::optional<CallAddress> fromOwnPath(std::string_view path)
{
    if (!path.starts_with(kOwnPrefix))
        return std::nullopt;
    path.remove_prefix(kOwnPrefix.size());
    const auto slash = path.find('/');
    CallAddress address{.apiId = percentDecode(path.substr(0, slash)), .rule = "path /_aws/execute-api"};
    splitStage(slash == path.npos ? "" : path.substr(slash), address);
    return address;
}

std::optional<CallAddress> fromUserRequest(std::string_view path)
{
    if (!path.starts_with(kControlPrefix))
        return std::nullopt;
    const auto parts = split(path.substr(kControlPrefix.size()), '/');
    if (parts.size() < 3 || parts[2] != kUserRequest)
        return std::nullopt;
    CallAddress address{.apiId = percentDecode(parts[0]), .rule = "path _user_request_"};
    address.stage = percentDecode(parts[1]);
    const auto rest = path.substr(static_cast<std::size_t>(parts[2].data() + parts[2].size() - path.data()));
    address.path = rest.empty() ? "/" : std::string(rest);
    return address;
}

}

std::optional<CallAddress> parseCallAddress(const http::Request& head)
{
    if (auto address = fromHost(head))
        return address;
    if (auto address = fromOwnPath(head.path()))
        return address;
    return fromUserRequest(head.path());
}

}
