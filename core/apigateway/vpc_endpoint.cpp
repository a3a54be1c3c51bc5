#include "core/apigateway/vpc_endpoint.h"

#include "core/base/text.h"

namespace core::apigateway {

VpcEndpoint VpcEndpoint::of(const http::Request& head)
{
    constexpr std::string_view kBegin = "vpce-";
    constexpr std::string_view kAlias = "-vpce-";
    const auto host = toLower(head.headers.get("Host"));
    const auto label = host.substr(0, host.find('.'));
    if (label.starts_with(kBegin) && host.find(".vpce.") != host.npos)
        return {label.substr(0, label.find('-', kBegin.size())),
            std::string(head.headers.get("x-apigw-api-id")), false};
    const auto dash = label.find(kAlias);
    if (dash == label.npos || dash == 0 || !host.substr(label.size()).starts_with(".execute-api."))
        return {};
    return {label.substr(dash + 1), label.substr(0, dash), true};
}

}
