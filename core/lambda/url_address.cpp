#include "core/lambda/url_address.h"

#include "core/base/text.h"

namespace core::lambda {

namespace {

constexpr std::string_view kLabel = ".lambda-url.";
constexpr std::string_view kPath = "/_aws/lambda-url/";
constexpr std::string_view kOurs = ".localhost";
constexpr std::string_view kAws = ".on.aws";

}

std::optional<UrlAddress> parseUrlAddress(const http::Request& head)
{
    // Asked of every request: most are decided without a copy.
    const auto named = head.headers.get("Host");
    const bool byPath = head.path().starts_with(kPath);
    if (!byPath && named.find(kLabel) == named.npos)
        return std::nullopt;
    UrlAddress address;
    address.domain = named;
    if (byPath) {
        const auto rest = std::string_view(head.target).substr(kPath.size());
        const auto end = rest.find_first_of("/?");
        address.id = rest.substr(0, end);
        address.target = end == rest.npos ? "" : rest.substr(end);
        if (address.target.empty() || address.target.front() != '/')
            address.target.insert(0, 1, '/');
        return address;
    }
    const auto host = toLower(address.domain.substr(0, address.domain.rfind(':')));
    const auto label = host.find(kLabel);
    if (label == host.npos || label == 0)
        return std::nullopt;
    auto region = std::string_view(host).substr(label + kLabel.size());
    address.isForeign = region.ends_with(kAws);
    if (!address.isForeign && !region.ends_with(kOurs))
        return std::nullopt;
    region.remove_suffix(address.isForeign ? kAws.size() : kOurs.size());
    address.id = host.substr(0, label);
    address.region = region;
    address.target = head.target;
    return address;
}

}
