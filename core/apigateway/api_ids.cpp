#include "core/apigateway/api_ids.h"

#include "core/apigateway/errors.h"
#include "core/base/ids.h"

#include <algorithm>

namespace core::apigateway {

bool isApiIdTaken(store::Reader& reader, std::string_view id)
{
    bool taken = false;
    for (const auto keyspace : {kRestApisKeyspace, kHttpApisKeyspace}) {
        reader.scan(keyspace, store::Range::all(), store::Direction::Forward,
            [&](std::string_view key, std::string_view) {
                taken = taken || key.substr(key.rfind('/') + 1) == id;
                return !taken;
            });
    }
    return taken;
}

Result<std::string> newApiId(const std::map<std::string, std::string>& tags)
{
    const auto pinned = tags.find("_custom_id_");
    if (pinned == tags.end())
        return randomLower(10);
    const auto& id = pinned->second;
    const bool clean = !id.empty() && id.size() <= 63 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!clean)
        return fail(errors::badRequest("The tag _custom_id_ must have 1 to 63 characters of a-z, 0-9 and -"));
    return id;
}

}
