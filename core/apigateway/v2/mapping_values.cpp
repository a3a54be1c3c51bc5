#include "core/apigateway/v2/mapping_values.h"

#include "core/apigateway/body_part.h"

namespace core::apigateway::v2 {

namespace {

// "request.header.X" → {"request.header.", "X"}: the name may hold dots.
struct Source {
    std::string_view kind;
    std::string_view name;
};

Source sourceOf(std::string_view variable)
{
    for (const std::string_view kind : {"request.header.", "request.querystring.", "request.path.",
             "request.body.", "response.header.", "response.body.", "context.", "stageVariables."}) {
        if (variable.starts_with(kind))
            return {kind, variable.substr(kind.size())};
    }
    return {variable, {}};
}

std::optional<std::string> nonEmpty(std::string text)
{
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::optional<std::string> valueIn(const StringMap& map, std::string_view name)
{
    const auto found = map.find(std::string(name));
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

std::string joinedQuery(const http::QueryParameters& query, std::string_view name)
{
    std::string values;
    for (const auto& [key, value] : query) {
        if (key == name)
            values += (values.empty() ? "" : ",") + value;
    }
    return values;
}

std::optional<std::string> variableOf(const Call& call, std::string_view variable)
{
    const auto [kind, name] = sourceOf(variable);
    if (kind == "request.header.")
        return nonEmpty(call.request.headers.joined(name));
    if (kind == "request.querystring.")
        return nonEmpty(joinedQuery(call.query, name));
    if (kind == "request.path.")
        return valueIn(call.pathParameters, name);
    if (kind == "request.path")
        return call.fullPath();
    if (kind == "request.body")
        return call.request.body;
    if (kind == "request.body.")
        return bodyPart(call.request.body, std::string(name));
    if (kind == "response.header.")
        return nonEmpty(call.response.headers.joined(name));
    if (kind == "response.body")
        return call.response.body;
    if (kind == "response.body.")
        return bodyPart(call.response.body, std::string(name));
    if (kind == "stageVariables.")
        return valueIn(call.stage->stageVariables, name);
    return contextVariable(call, name);
}

}

std::optional<std::string> mappedValue(const Call& call, const std::string& value, MappingSide side)
{
    const auto parts = parseMappingValue(value, side);
    if (!parts)
        return std::nullopt;
    if (parts->size() == 1 && parts->front().isVariable)
        return variableOf(call, parts->front().text);
    std::string text;
    for (const auto& part : *parts)
        text += part.isVariable ? variableOf(call, part.text).value_or("") : part.text;
    return text;
}

}
