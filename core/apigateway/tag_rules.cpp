#include "core/apigateway/tag_rules.h"

#include "core/apigateway/errors.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

constexpr std::size_t kMostTags = 50;
constexpr std::size_t kLongestKey = 128;
constexpr std::size_t kLongestValue = 256;

}

Result<> checkTags(const StringMap& tags)
{
    if (tags.size() > kMostTags)
        return fail(errors::badRequest(
            "Maximum number of tags for this resource has been reached: " + std::to_string(kMostTags)));
    for (const auto& [key, value] : tags) {
        if (toLower(key).starts_with("aws:"))
            return fail(errors::badRequest("Invalid tag key: " + key + ". Tag keys cannot start with aws:"));
        // What begins with an underscore is the chamber's own, and may be an address.
        if (key.empty() || key.size() > kLongestKey)
            return fail(
                errors::badRequest("Invalid tag key: " + key + ". Tag keys have 1 to 128 characters"));
        if (value.size() > kLongestValue && !key.starts_with('_'))
            return fail(
                errors::badRequest("Invalid tag value for " + key + ": it has more than 256 characters"));
    }
    return {};
}

}
