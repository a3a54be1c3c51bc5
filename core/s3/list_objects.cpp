#include "core/s3/list_objects.h"

namespace core::s3 {

namespace {

// The common prefix that `key` rolls up into; empty when it stands for itself.
std::string_view groupOf(std::string_view key, const ListQuery& query)
{
    if (query.delimiter.empty() || !key.starts_with(query.prefix))
        return {};
    const auto found = key.find(query.delimiter, query.prefix.size());
    return found == std::string_view::npos ? std::string_view()
                                           : key.substr(0, found + query.delimiter.size());
}

// Where the page begins; no value when nothing can follow.
std::optional<std::string> firstKey(const ListQuery& query, const store::Range& all)
{
    if (query.after.empty())
        return all.from;
    if (query.groupSeen) {
        if (const auto group = groupOf(query.after, query); !group.empty()) {
            auto beyond = store::Range::prefix(group).to;
            return beyond.empty() ? std::nullopt : std::optional(std::move(beyond));
        }
    }
    return std::max(all.from, query.after + '\0');
}

}

ListPage listKeys(const KeyScan& scan, const ListQuery& query)
{
    ListPage page;
    if (query.maxKeys == 0)
        return page;
    const auto all = store::Range::prefix(query.prefix);
    auto from = firstKey(query, all);
    while (from && (all.to.empty() || *from < all.to)) {
        std::optional<std::string> next;
        scan({*from, all.to}, [&](std::string_view key, std::string_view value) {
            if (page.entries.size() == query.maxKeys) {
                page.truncated = true;
                return false;
            }
            const auto group = groupOf(key, query);
            if (group.empty()) {
                page.entries.push_back({std::string(key), std::string(value), false});
                return true;
            }
            page.entries.push_back({std::string(group), {}, true});
            if (auto beyond = store::Range::prefix(group).to; !beyond.empty())
                next = std::move(beyond);
            return false;
        });
        from = std::move(next);
    }
    return page;
}

}
