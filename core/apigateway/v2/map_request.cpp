#include "core/apigateway/v2/mapping_values.h"
#include "core/apigateway/v2/pipeline.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace core::apigateway::v2 {

namespace {

using Action = MappingKey::Action;
using Place = MappingKey::Place;

// Fields of one connection, which go no further.
bool isHopByHop(const std::string& name)
{
    constexpr std::array<std::string_view, 9> kNames{"Connection", "Expect", "Keep-Alive",
        "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade"};
    return std::any_of(
        kNames.begin(), kNames.end(), [&](std::string_view hop) { return equalsIgnoreCase(name, hop); });
}

void setQuery(http::QueryParameters& query, const MappingKey& key, const std::optional<std::string>& value)
{
    if (key.action != Action::Append)
        std::erase_if(query, [&](const auto& entry) { return entry.first == key.name; });
    if (key.action != Action::Remove && value)
        query.emplace_back(key.name, *value);
}

void apply(OutgoingRequest& outgoing, const MappingKey& key, const std::optional<std::string>& value)
{
    if (key.place == Place::Query)
        return setQuery(outgoing.query, key, value);
    if (key.place == Place::Path) {
        outgoing.path = value;
        return;
    }
    if (key.action == Action::Remove)
        outgoing.headers.remove(key.name);
    else if (value && key.action == Action::Append)
        outgoing.headers.add(key.name, *value);
    else if (value)
        outgoing.headers.set(key.name, *value);
}

}

OutgoingRequest OutgoingRequest::of(const http::Request& request)
{
    OutgoingRequest outgoing;
    for (const auto& [name, value] : request.headers) {
        if (!isHopByHop(name))
            outgoing.headers.add(name, value);
    }
    outgoing.query = http::parseQuery(request.rawQuery());
    return outgoing;
}

StepResult mapRequest(Call& call, CallEnvironment&)
{
    const auto mappings = call.integration->requestParameters.value_or(StringMap{});
    if (!call.integration->integrationSubtype.empty())
        return {}; // its parameters are mapped where they are used
    if (mappings.empty()) {
        call.step("Map request", "Passed on as it came: no parameter mappings");
        return {};
    }
    for (const auto& [text, expression] : mappings) {
        const auto key = MappingKey::parse(text, MappingSide::Request);
        if (!key)
            return internalError("Parameter mapping " + text + " is none of an HTTP API");
        const auto value = mappedValue(call, expression, MappingSide::Request);
        apply(call.outgoing, *key, value);
        call.step("Map request", text + " = " + value.value_or("(nothing: " + expression + " is not there)"));
    }
    return {};
}

}
