#include "core/apigateway/authorizer_identity.h"

#include "core/apigateway/errors.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/request_values.h"
#include "core/base/text.h"

#include <boost/regex.hpp>

#include <algorithm>

namespace core::apigateway {

std::string AuthorizerIdentity::key() const
{
    std::string text;
    for (const auto& [source, value] : values)
        text += std::to_string(value.size()) + ':' + value;
    return text;
}

AuthorizerIdentity authorizerIdentity(const Authorizer& authorizer, const CallContext& context)
{
    AuthorizerIdentity identity;
    if (authorizer.identitySource.empty())
        return identity;
    for (const auto part : split(authorizer.identitySource, ',')) {
        std::string source(trimmed(part));
        const auto expression = MappingExpression::parse(source);
        const auto found = expression ? requestValues(context, *expression) : std::vector<std::string>{};
        auto value = join(found, ",");
        if (value.empty() && identity.missing.empty())
            identity.missing = source;
        identity.values.emplace_back(std::move(source), std::move(value));
    }
    return identity;
}

bool fitsExpression(const std::string& expression, const std::string& token)
{
    try {
        return boost::regex_match(token, boost::regex(expression, boost::regex::perl));
    } catch (const std::exception&) {
        return false;
    }
}

Result<> checkExpression(const std::string& expression)
{
    try {
        const boost::regex compiled(expression, boost::regex::perl);
        return {};
    } catch (const std::exception&) {
        return fail(errors::badRequest("Invalid identity validation expression specified: " + expression));
    }
}

std::string maskedIdentity(const std::string& value)
{
    // AWS was seen to leave six characters; of short values half, so that something is hidden.
    constexpr std::size_t kMostShown = 6;
    const auto hidden = value.size() - std::min(kMostShown, value.size() / 2);
    return std::string(hidden, '*') + value.substr(hidden);
}

}
