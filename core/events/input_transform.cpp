#include "core/events/input_transform.h"

#include "core/aws/json_text.h"
#include "core/base/text.h"
#include "core/events/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

namespace core::events {

using nlohmann::json;

namespace {

using Values = std::map<std::string, json, std::less<>>;

tl::unexpected<Error> badPath(std::string_view path)
{
    return fail(errors::validation("Parameter InputPath is not valid: " + std::string(path)));
}

// One step of a path: ".name", "['name']" or "[3]"; takes it off the text.
std::optional<json> takeStep(std::string_view& path)
{
    if (path.front() == '.') {
        path.remove_prefix(1);
        const auto end = std::min(path.find_first_of(".["), path.size());
        json name = std::string(path.substr(0, end));
        path.remove_prefix(end);
        return name.get_ref<const std::string&>().empty() ? std::nullopt : std::optional(name);
    }
    const auto close = path.find(']');
    if (path.front() != '[' || close == std::string_view::npos)
        return std::nullopt;
    auto inner = path.substr(1, close - 1);
    path.remove_prefix(close + 1);
    if (inner.size() >= 2 && (inner.front() == '\'' || inner.front() == '"') && inner.back() == inner.front())
        return json(std::string(inner.substr(1, inner.size() - 2)));
    const auto index = parseInteger(inner);
    return index && *index >= 0 ? std::optional(json(*index)) : std::nullopt;
}

// The placeholders of a template: <name>.
void eachPlaceholder(std::string_view text,
    const std::function<void(std::size_t from, std::size_t to, std::string_view name)>& visit)
{
    for (std::size_t open = text.find('<'); open != std::string_view::npos; open = text.find('<', open + 1)) {
        const auto close = text.find('>', open);
        if (close == std::string_view::npos)
            return;
        const auto name = text.substr(open + 1, close - open - 1);
        const bool isName = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
                || c == '_' || c == '.';
        });
        if (isName)
            visit(open, close + 1, name);
    }
}

bool isPredefined(std::string_view name)
{
    return name == "aws.events.rule-arn" || name == "aws.events.rule-name" || name == "aws.events.event"
        || name == "aws.events.event.json" || name == "aws.events.event.ingestion-time";
}

Values valuesOf(const json& transformer, const json& event, const RuleName& rule)
{
    auto bare = event;
    bare.erase("detail");
    Values values = {{"aws.events.rule-arn", rule.arn}, {"aws.events.rule-name", rule.name},
        {"aws.events.event", std::move(bare)}, {"aws.events.event.json", event},
        {"aws.events.event.ingestion-time", event.value("time", "")}};
    const auto paths = transformer.find("InputPathsMap");
    if (paths == transformer.end())
        return values;
    for (const auto& [name, path] : paths->items()) {
        const auto found = readPath(event, path.get<std::string>());
        values[name] = found ? *found : json();
    }
    return values;
}

// Text inside a string of the template goes in bare, with its quotes escaped; elsewhere values go in as JSON.
std::string shown(const json* value, bool inString)
{
    if (!value || value->is_null())
        return inString ? "" : "\"\"";
    if (!inString)
        return aws::writeJson(*value);
    const auto text = value->is_string() ? value->get<std::string>() : aws::writeJson(*value);
    const auto quoted = aws::writeJson(text);
    return quoted.substr(1, quoted.size() - 2);
}

std::string fill(std::string_view text, const Values& values)
{
    std::string filled;
    std::size_t done = 0;
    bool inString = false;
    const auto copy = [&](std::size_t to) {
        for (; done < to; ++done) {
            if (text[done] == '\\' && done + 1 < to)
                filled += text[done++];
            else if (text[done] == '"')
                inString = !inString;
            filled += text[done];
        }
    };
    eachPlaceholder(text, [&](std::size_t from, std::size_t to, std::string_view name) {
        copy(from);
        const auto value = values.find(name);
        filled += shown(value == values.end() ? nullptr : &value->second, inString);
        done = to;
    });
    copy(text.size());
    return filled;
}

Result<> checkTransformer(const std::string& id, const json& transformer)
{
    const auto paths = transformer.value("InputPathsMap", json::object());
    for (const auto& [name, path] : paths.items())
        CORE_CHECK(readPath(json::object(), path.get<std::string>()));
    std::string unknown;
    const auto text = transformer.at("InputTemplate").get<std::string>();
    eachPlaceholder(text, [&](std::size_t, std::size_t, std::string_view name) {
        if (unknown.empty() && !paths.contains(std::string(name)) && !isPredefined(name))
            unknown = name;
    });
    if (!unknown.empty())
        return fail(errors::validation(
            "InputTemplate for target " + id + " contains invalid placeholder " + unknown + "."));
    return {};
}

}

Result<json> readPath(const json& event, std::string_view path)
{
    if (path.empty() || path.front() != '$')
        return badPath(path);
    const json* at = &event;
    auto rest = path.substr(1);
    while (!rest.empty()) {
        const auto step = takeStep(rest);
        if (!step)
            return badPath(path);
        if (!at)
            continue;
        if (step->is_string()) {
            const auto found = at->is_object() ? at->find(step->get_ref<const std::string&>()) : at->end();
            at = at->is_object() && found != at->end() ? &*found : nullptr;
        } else {
            const auto index = step->get<std::size_t>();
            at = at->is_array() && index < at->size() ? &(*at)[index] : nullptr;
        }
    }
    return at ? *at : json();
}

Result<> checkTargetInput(const json& target)
{
    const auto id = target.value("Id", "");
    const int given = static_cast<int>(target.contains("Input"))
        + static_cast<int>(target.contains("InputPath"))
        + static_cast<int>(target.contains("InputTransformer"));
    if (given > 1)
        return fail(errors::validation(
            "Only one of Input, InputPath, or InputTransformer must be provided for target " + id + '.'));
    if (target.contains("Input") && !aws::parseJson(target["Input"].get<std::string>()))
        return fail(errors::validation("JSON syntax error in input for target " + id + '.'));
    if (target.contains("InputPath"))
        CORE_CHECK(readPath(json::object(), target["InputPath"].get<std::string>()));
    if (target.contains("InputTransformer"))
        return checkTransformer(id, target["InputTransformer"]);
    return {};
}

std::string targetInput(const json& target, const json& event, const RuleName& rule)
{
    if (target.contains("Input"))
        return target["Input"].get<std::string>();
    if (target.contains("InputPath")) {
        const auto found = readPath(event, target["InputPath"].get<std::string>());
        return aws::writeJson(found ? *found : json());
    }
    if (!target.contains("InputTransformer"))
        return aws::writeJson(event);
    const auto& transformer = target["InputTransformer"];
    return fill(transformer.at("InputTemplate").get<std::string>(), valuesOf(transformer, event, rule));
}

}
