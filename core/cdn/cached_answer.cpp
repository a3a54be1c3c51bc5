#include "core/cdn/viewer_pipeline.h"

#include "core/base/text.h"

#include <algorithm>

namespace core::cdn {

namespace {

std::string_view opaque(std::string_view etag)
{
    return etag.starts_with("W/") ? etag.substr(2) : etag;
}

// Weak comparison, as RFC 9110 §13.1.2 wants it for If-None-Match.
bool matches(std::string_view ifNoneMatch, std::string_view etag)
{
    if (trimmed(ifNoneMatch) == "*")
        return true;
    for (const auto candidate : split(ifNoneMatch, ',')) {
        if (!etag.empty() && opaque(trimmed(candidate)) == opaque(etag))
            return true;
    }
    return false;
}

struct Slice {
    std::size_t first;
    std::size_t last;
};

// One byte range; several, or malformed ones, are answered with the whole body (RFC 9110 §14.2 allows it).
std::optional<Slice> oneRange(std::string_view header, std::size_t size)
{
    if (!header.starts_with("bytes=") || header.find(',') != std::string_view::npos)
        return std::nullopt;
    const auto range = trimmed(header.substr(6));
    const auto dash = range.find('-');
    if (dash == std::string_view::npos)
        return std::nullopt;
    const auto first = parseInteger(range.substr(0, dash));
    const auto last = parseInteger(range.substr(dash + 1));
    const auto length = static_cast<std::int64_t>(size);
    if (!first) {
        if (!last || *last <= 0 || dash != 0)
            return std::nullopt;
        return Slice{static_cast<std::size_t>(std::max<std::int64_t>(0, length - *last)), size - 1};
    }
    const auto end = std::min(last.value_or(length - 1), length - 1);
    if (*first < 0 || *first > end)
        return std::nullopt;
    return Slice{static_cast<std::size_t>(*first), static_cast<std::size_t>(end)};
}

bool beyond(std::string_view header, std::size_t size)
{
    const auto first =
        header.starts_with("bytes=") ? parseInteger(header.substr(6, header.find('-') - 6)) : std::nullopt;
    return first && *first >= static_cast<std::int64_t>(size);
}

}

http::Response answerFrom(const ViewerRequest& viewer, const CacheEntry& entry)
{
    http::Response response;
    response.status = entry.status;
    response.headers = entry.headers;
    response.headers.set("Age", std::to_string(std::max<std::int64_t>(0, entry.age(viewer.now))));
    const auto& asked = viewer.request.headers;
    if (entry.status == 200 && asked.has("If-None-Match")
        && matches(asked.get("If-None-Match"), entry.headers.get("ETag"))) {
        response.status = 304;
        return response;
    }
    const auto range = asked.get("Range");
    const auto size = entry.body->size();
    if (entry.status == 200 && beyond(range, size)) {
        response.status = 416;
        response.headers.set("Content-Range", "bytes */" + std::to_string(size));
        return response;
    }
    if (const auto slice = entry.status == 200 && size ? oneRange(range, size) : std::nullopt) {
        response.status = 206;
        response.body = entry.body->substr(slice->first, slice->last - slice->first + 1);
        response.headers.set("Content-Range",
            "bytes " + std::to_string(slice->first) + "-" + std::to_string(slice->last) + "/"
                + std::to_string(size));
        return response;
    }
    response.body = *entry.body;
    return response;
}

}
