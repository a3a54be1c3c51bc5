#include "core/project/intrinsics.h"

#include "core/base/text.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

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

Result<json> intrinsic(const std::string& name, const json& argument, const References& references)
{
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
    return fail(templateError(name + " is not supported; Ref, Fn::GetAtt, Fn::Sub and Fn::Join are"));
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
        into.insert(value["Ref"].get<std::string>());
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
