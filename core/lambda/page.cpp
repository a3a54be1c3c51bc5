#include "core/lambda/page.h"

#include "core/base/hash.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

Result<PageRequest> pageOf(const json& input, std::size_t most)
{
    auto after = unbase64(input.value("Marker", ""));
    if (!after)
        return fail(errors::invalidParameter("Invalid Marker"));
    return PageRequest{std::move(*after), std::min(input.value("MaxItems", most), most)};
}

json writePage(const PageRequest& page, const char* member, std::vector<std::pair<std::string, json>> entries)
{
    auto list = json::array();
    auto entry = entries.begin();
    if (!page.after.empty())
        entry =
            std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.first > page.after; });
    for (; entry != entries.end() && list.size() < page.limit; ++entry)
        list.push_back(std::move(entry->second));
    json output = {{member, std::move(list)}};
    if (entry != entries.end() && entry != entries.begin())
        output["NextMarker"] = base64(std::prev(entry)->first);
    return output;
}

}
