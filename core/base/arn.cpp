#include "core/base/arn.h"

#include <array>

namespace core {

std::string Arn::text() const
{
    std::string out = "arn:";
    out.reserve(10 + partition.size() + service.size() + region.size() + account.size() + resource.size());
    out.append(partition).append(":").append(service).append(":").append(region).append(":");
    out.append(account).append(":").append(resource);
    return out;
}

std::optional<Arn> Arn::parse(std::string_view text)
{
    std::array<std::string_view, 5> parts;
    for (auto& part : parts) {
        const auto colon = text.find(':');
        if (colon == std::string_view::npos)
            return std::nullopt;
        part = text.substr(0, colon);
        text.remove_prefix(colon + 1);
    }
    if (parts[0] != "arn" || parts[1].empty() || parts[2].empty() || text.empty())
        return std::nullopt;
    Arn arn;
    arn.partition = parts[1];
    arn.service = parts[2];
    arn.region = parts[3];
    arn.account = parts[4];
    arn.resource = text;
    return arn;
}

}
