#include "core/aws/host_rules.h"

#include "core/base/text.h"

#include <algorithm>

namespace core::aws {

namespace {

constexpr std::string_view kAmazon = ".amazonaws.com";
constexpr std::string_view kLocal = ".localhost";

bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && equalsIgnoreCase(text.substr(text.size() - end.size()), end);
}

bool isAddress(std::string_view name)
{
    if (name.starts_with('[') && name.ends_with(']'))
        return true;
    return !name.empty() && name.find_first_not_of("0123456789.") == std::string_view::npos;
}

// The name without ".amazonaws.com" or ".localhost".
std::optional<std::string_view> ourPart(std::string_view name)
{
    for (const auto suffix : {kAmazon, kLocal}) {
        if (endsWith(name, suffix))
            return name.substr(0, name.size() - suffix.size());
    }
    return std::nullopt;
}

}

std::string_view hostWithoutPort(std::string_view host)
{
    if (host.starts_with('[')) {
        const auto end = host.find(']');
        return end == std::string_view::npos ? host : host.substr(0, end + 1);
    }
    return host.substr(0, host.rfind(':'));
}

std::string_view portOfHost(std::string_view host)
{
    const auto name = hostWithoutPort(host);
    return host.size() > name.size() ? host.substr(name.size() + 1) : std::string_view();
}

bool isLocalHost(std::string_view name)
{
    return equalsIgnoreCase(name, "localhost") || endsWith(name, kLocal) || isAddress(name);
}

bool isAmazonHost(std::string_view name)
{
    return endsWith(name, kAmazon) || endsWith(name, ".cloudfront.net");
}

std::optional<BucketHost> bucketOfHost(std::string_view name)
{
    const auto part = ourPart(name);
    if (!part)
        return std::nullopt;
    // Bucket names may hold dots: the last label "s3" counts.
    for (auto at = part->size(); at-- > 0;) {
        if (at > 0 && (*part)[at - 1] != '.')
            continue;
        const auto label = part->substr(at, part->find('.', at) - at);
        if (!equalsIgnoreCase(label, "s3") && !label.starts_with("s3-"))
            continue;
        BucketHost found;
        found.bucket = at == 0 ? std::string_view() : part->substr(0, at - 1);
        const auto after = part->substr(at + label.size());
        found.region = label.size() > 3 ? label.substr(3) : after.substr(after.empty() ? 0 : 1);
        return found.region.find('.') == std::string_view::npos ? std::optional(found) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<ServiceHost> serviceOfHost(std::string_view name)
{
    const auto part = ourPart(name);
    if (!part || part->empty())
        return std::nullopt;
    auto labels = split(*part, '.');
    // Streams of tables have an endpoint below their tables', and sign as them.
    if (labels.size() == 3 && labels[0] == "streams" && labels[1] == "dynamodb")
        labels.erase(labels.begin());
    if (labels.size() > 2)
        return std::nullopt;
    return ServiceHost{labels[0], labels.size() == 2 ? labels[1] : std::string_view()};
}

bool hostIsAccepted(std::string_view host, const std::vector<std::string>& furtherHosts)
{
    const auto name = hostWithoutPort(host);
    return name.empty() || isLocalHost(name) || isAmazonHost(name)
        || std::any_of(furtherHosts.begin(), furtherHosts.end(),
            [&](const std::string& further) { return equalsIgnoreCase(further, name); });
}

bool originIsAccepted(std::string_view origin, const std::vector<std::string>& furtherHosts)
{
    const auto scheme = origin.find("://");
    if (scheme == std::string_view::npos)
        return false;
    const auto name = hostWithoutPort(origin.substr(scheme + 3));
    return isLocalHost(name)
        || std::any_of(furtherHosts.begin(), furtherHosts.end(),
            [&](const std::string& further) { return equalsIgnoreCase(further, name); });
}

}
