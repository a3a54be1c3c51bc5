#include "core/apigateway/cache_key.h"

#include "core/apigateway/request_values.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

constexpr std::string_view kIntegration = "integration.request.";

// The values of one cache key parameter. An integration's parameter has those that it is mapped from.
std::vector<std::string> valuesOf(const CallContext& context, const std::string& parameter)
{
    auto source = parameter;
    if (parameter.starts_with(kIntegration)) {
        const auto& mapped = context.method->integration->requestParameters;
        const auto found = mapped.find(parameter);
        if (found == mapped.end())
            return {};
        source = found->second;
    }
    // Every value of a query parameter or header counts, not only the last.
    for (const auto* place : {"method.request.querystring.", "method.request.header."}) {
        if (source.starts_with(place))
            source.insert(std::string_view("method.request.").size(), "multivalue");
    }
    const auto expression = MappingExpression::parse(source);
    return expression ? requestValues(context, *expression) : std::vector<std::string>{};
}

// Lengths keep values that have separators in them apart.
void append(std::string& key, std::string_view part)
{
    key += std::to_string(part.size());
    key += ':';
    key += part;
}

}

std::string cacheKey(const CallContext& context)
{
    const auto& integration = *context.method->integration;
    std::string key;
    append(key, integration.cacheNamespace.empty() ? context.resource->id : integration.cacheNamespace);
    append(key, context.request.method);
    for (const auto& parameter : integration.cacheKeyParameters) {
        const auto values = valuesOf(context, parameter);
        append(key, parameter);
        append(key, std::to_string(values.size()));
        for (const auto& value : values)
            append(key, value);
    }
    return key;
}

std::string shownCacheKey(const CallContext& context)
{
    std::string shown = context.request.method + " " + context.resource->path;
    for (const auto& parameter : context.method->integration->cacheKeyParameters) {
        const auto values = valuesOf(context, parameter);
        shown += ", " + parameter.substr(std::min(parameter.find("request.") + 8, parameter.size())) + " = "
            + (values.empty() ? "absent" : join(values, ","));
    }
    return shown;
}

}
