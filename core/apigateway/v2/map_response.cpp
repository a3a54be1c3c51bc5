#include "core/apigateway/v2/cors.h"
#include "core/apigateway/v2/mapping_values.h"
#include "core/apigateway/v2/pipeline.h"
#include "core/base/text.h"

namespace core::apigateway::v2 {

namespace {

using Action = MappingKey::Action;

// A status that is none leaves the integration's.
void overwriteStatus(Call& call, const std::string& value)
{
    const auto status = parseInteger(value);
    if (status && *status >= 100 && *status <= 599)
        call.response.status = static_cast<int>(*status);
}

void apply(Call& call, const MappingKey& key, const std::optional<std::string>& value)
{
    if (key.place == MappingKey::Place::StatusCode)
        return overwriteStatus(call, value.value_or(""));
    if (key.action == Action::Remove)
        call.response.headers.remove(key.name);
    else if (value && key.action == Action::Append)
        call.response.headers.add(key.name, *value);
    else if (value)
        call.response.headers.set(key.name, *value);
}

}

StepResult mapResponse(Call& call, CallEnvironment&)
{
    const auto status = std::to_string(call.response.status);
    const auto& all = call.integration->responseParameters;
    const auto found = all ? all->find(status) : std::map<std::string, StringMap>::const_iterator{};
    if (!all || found == all->end()) {
        call.step("Map response", "Status " + status + " passed on: no parameter mappings for it");
        return {};
    }
    // All values come from the integration's answer, whatever was set before them.
    std::vector<std::pair<MappingKey, std::optional<std::string>>> changes;
    for (const auto& [text, expression] : found->second) {
        const auto key = MappingKey::parse(text, MappingSide::Response);
        if (!key)
            return internalError("Parameter mapping " + text + " is none of an HTTP API");
        auto value = mappedValue(call, expression, MappingSide::Response);
        call.step(
            "Map response", text + " = " + value.value_or("(nothing: " + expression + " is not there)"));
        changes.emplace_back(*key, std::move(value));
    }
    for (const auto& [key, value] : changes)
        apply(call, key, value);
    return {};
}

}
