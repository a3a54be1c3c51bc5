#include "core/project/intrinsics.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace core::project {

namespace {

using nlohmann::json;

Result<std::string> attribute(const References& references, const std::string& id, const std::string& name)
{
    const auto found = references.created.find(id);
    if (found == references.created.end())
        return fail(templateError("Fn::GetAtt names " + id + ", which is no resource of this template"));
    const auto value = found->second.attributes.find(name);
    if (value == found->second.attributes.end())
        return fail(templateError("Attribute " + name + " of " + id + " is not known here"));
    return value->second;
}

Result<std::string> reference(const References& references, const std::string& id)
{
    if (const auto pseudo = references.pseudo.find(id); pseudo != references.pseudo.end())
        return pseudo->second;
    if (const auto found = references.created.find(id); found != references.created.end())
        return found->second.ref;
    // SAM's F.Alias and F.Version
    const auto dot = id.find('.');
    const auto owner = references.created.find(id.substr(0, dot));
    if (dot != std::string::npos && owner != references.created.end()
        && owner->second.attributes.contains(id.substr(dot + 1)))
        return owner->second.attributes.at(id.substr(dot + 1));
    return fail(templateError(
        "Ref names " + id + ", which is neither a resource of this template nor a parameter known here"));
}

// Walks the ${…} of a Fn::Sub text; ${!x} is a literal ${x}.
void eachVariable(const std::string& text, const std::function<void(std::string)>& literal,
    const std::function<void(std::string)>& variable)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const auto open = text.find("${", at);
        const auto close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) {
            literal(text.substr(at));
            return;
        }
        literal(text.substr(at, open - at));
        const auto name = text.substr(open + 2, close - open - 2);
        if (name.starts_with('!'))
            literal("${" + name.substr(1) + "}");
        else
            variable(std::string(trimmed(name)));
        at = close + 1;
    }
}

Result<json> substitute(const json& argument, const References& references)
{
    const bool hasMap = argument.is_array();
    if (!(argument.is_string()
            || (hasMap && argument.size() == 2 && argument[0].is_string() && argument[1].is_object())))
        return fail(templateError("Fn::Sub takes a text, or a list of a text and a map"));
    CORE_TRY(const auto values, resolve(hasMap ? argument[1] : json::object(), references));
    std::string result;
    std::optional<Error> problem;
    eachVariable(
        hasMap ? argument[0].get<std::string>() : argument.get<std::string>(),
        [&](const std::string& text) { result += text; },
        [&](const std::string& name) {
            if (values.contains(name)) {
                result += values[name].is_string() ? values[name].get<std::string>() : values[name].dump();
                return;
            }
            const auto dot = name.find('.');
            auto value = dot == std::string::npos
                ? reference(references, name)
                : attribute(references, name.substr(0, dot), name.substr(dot + 1));
            if (value)
                result += *value;
            else
                problem = value.error();
        });
    if (problem)
        return fail(*problem);
    return json(result);
}

Result<json> joined(const json& argument, const References& references)
{
    if (!argument.is_array() || argument.size() != 2 || !argument[0].is_string())
        return fail(templateError("Fn::Join takes a list of a delimiter and a list"));
    CORE_TRY(const auto parts, resolve(argument[1], references));
    std::string result;
    for (std::size_t i = 0; i < parts.size(); ++i)
        result += (i ? argument[0].get<std::string>() : "")
            + (parts[i].is_string() ? parts[i].get<std::string>() : parts[i].dump());
    return json(result);
}

Result<json> selected(const json& argument, const References& references)
{
    CORE_TRY(const auto given, resolve(argument, references));
    if (!given.is_array() || given.size() != 2 || !given[1].is_array())
        return fail(templateError("Fn::Select takes an index and a list"));
    const auto index = parseInteger(given[0].is_string() ? given[0].get<std::string>() : given[0].dump());
    if (!index || *index < 0 || static_cast<std::size_t>(*index) >= given[1].size())
        return fail(templateError("Fn::Select cannot select nonexistent value at index " + given[0].dump()));
    return given[1][static_cast<std::size_t>(*index)];
}

Result<json> splitUp(const json& argument, const References& references)
{
    CORE_TRY(const auto given, resolve(argument, references));
    if (!given.is_array() || given.size() != 2 || !given[0].is_string() || !given[1].is_string())
        return fail(templateError("Fn::Split takes a delimiter and a text"));
    const auto delimiter = given[0].get<std::string>();
    auto rest = given[1].get<std::string>();
    auto parts = json::array();
    for (auto at = rest.find(delimiter); !delimiter.empty() && at != std::string::npos;
         at = rest.find(delimiter)) {
        parts.push_back(rest.substr(0, at));
        rest.erase(0, at + delimiter.size());
    }
    parts.push_back(rest);
    return parts;
}

Result<json> found(const json& argument, const References& references)
{
    CORE_TRY(const auto given, resolve(argument, references));
    if (!given.is_array() || given.size() != 3)
        return fail(templateError("Fn::FindInMap takes a map, a key and a second key"));
    const auto* at = references.mappings.get();
    for (const auto& key : given) {
        const auto name = key.is_string() ? key.get<std::string>() : key.dump();
        if (!at || !at->is_object() || !at->contains(name))
            return fail(templateError("Fn::FindInMap finds no " + name + " in " + argument.dump()));
        at = &at->at(name);
    }
    return *at;
}

Result<json> encoded(const json& argument, const References& references)
{
    CORE_TRY(const auto text, resolve(argument, references));
    if (!text.is_string())
        return fail(templateError("Fn::Base64 takes a text"));
    return json(base64(text.get<std::string>()));
}

Result<json> intrinsic(const std::string& name, const json& argument, const References& references)
{
    if (name == "Ref" && argument.is_string() && references.numbers.contains(argument.get<std::string>()))
        return json::parse(references.pseudo.at(argument.get<std::string>()), nullptr, false);
    if (name == "Ref") {
        CORE_TRY(auto text,
            reference(references, argument.is_string() ? argument.get<std::string>() : argument.dump()));
        return json(std::move(text));
    }
    if (name == "Fn::GetAtt") {
        if (!argument.is_array() || argument.size() != 2 || !argument[0].is_string()
            || !argument[1].is_string())
            return fail(templateError("Fn::GetAtt takes a resource and an attribute"));
        CORE_TRY(
            auto text, attribute(references, argument[0].get<std::string>(), argument[1].get<std::string>()));
        return json(std::move(text));
    }
    if (name == "Fn::Sub")
        return substitute(argument, references);
    if (name == "Fn::Join")
        return joined(argument, references);
    if (name == "Fn::Select")
        return selected(argument, references);
    if (name == "Fn::Split")
        return splitUp(argument, references);
    if (name == "Fn::FindInMap")
        return found(argument, references);
    if (name == "Fn::Base64")
        return encoded(argument, references);
    return fail(templateError(name
        + " is not supported; Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select, Fn::Split, Fn::FindInMap and "
          "Fn::Base64 are"));
}

bool isIntrinsic(const json& value)
{
    if (!value.is_object() || value.size() != 1)
        return false;
    const auto& name = value.begin().key();
    return name == "Ref" || name.starts_with("Fn::");
}

void collect(const json& value, std::set<std::string>& into)
{
    if (value.is_object() && value.contains("Ref") && value["Ref"].is_string())
        into.insert(value["Ref"].get<std::string>().substr(0, value["Ref"].get<std::string>().find('.')));
    if (value.is_object() && value.contains("Fn::GetAtt") && value["Fn::GetAtt"].is_array()
        && !value["Fn::GetAtt"].empty() && value["Fn::GetAtt"][0].is_string())
        into.insert(value["Fn::GetAtt"][0].get<std::string>());
    if (value.is_object() && value.contains("Fn::Sub")) {
        const auto& argument = value["Fn::Sub"];
        const auto& text = argument.is_array() && !argument.empty() ? argument[0] : argument;
        if (text.is_string())
            eachVariable(
                text.get<std::string>(), [](const std::string&) {},
                [&](const std::string& name) { into.insert(name.substr(0, name.find('.'))); });
    }
    if (value.is_structured()) {
        for (const auto& entry : value)
            collect(entry, into);
    }
}

}

std::optional<std::string> unknownIntrinsic(const json& value, const std::string& pointer)
{
    static constexpr std::string_view kKnown[] = {
        "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::FindInMap", "Fn::Base64"};
    if (!value.is_structured())
        return std::nullopt;
    for (const auto& [key, entry] : value.items()) {
        const auto here = pointer + "/" + key;
        if (value.is_object() && value.size() == 1 && key.starts_with("Fn::")
            && std::find(std::begin(kKnown), std::end(kKnown), key) == std::end(kKnown))
            return here;
        if (auto inner = unknownIntrinsic(entry, here))
            return inner;
    }
    return std::nullopt;
}

Result<> takeParameters(const json& root, References& into)
{
    into.mappings = std::make_shared<const json>(root.value("Mappings", json::object()));
    const auto parameters = root.value("Parameters", json::object());
    for (const auto& [name, parameter] : parameters.items()) {
        const auto type = parameter.value("Type", "String");
        if (!parameter.contains("Default") || type.starts_with("AWS::SSM::"))
            return fail(templateError("parameter " + name + " of type " + type
                + " has no value: parameters have their Default here, and none of Systems Manager"));
        const auto& value = parameter["Default"];
        into.pseudo[name] = value.is_string() ? value.get<std::string>() : value.dump();
        if (type == "Number" && json::parse(into.pseudo[name], nullptr, false).is_number())
            into.numbers.insert(name);
    }
    return {};
}

Result<json> resolve(const json& value, const References& references)
{
    if (isIntrinsic(value))
        return intrinsic(value.begin().key(), value.begin().value(), references);
    if (value.is_object()) {
        auto object = json::object();
        for (const auto& [key, entry] : value.items()) {
            CORE_TRY(object[key], resolve(entry, references));
        }
        return object;
    }
    if (value.is_array()) {
        auto list = json::array();
        for (const auto& entry : value) {
            CORE_TRY(auto resolved, resolve(entry, references));
            list.push_back(std::move(resolved));
        }
        return list;
    }
    return value;
}

std::set<std::string> referencesIn(const json& value)
{
    std::set<std::string> result;
    collect(value, result);
    return result;
}

}
