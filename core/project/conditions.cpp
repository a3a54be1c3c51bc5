#include "core/project/conditions.h"

#include "core/project/intrinsics.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace core::project {

namespace {

using nlohmann::json;

// CloudFormation compares texts: true, "true" and a parameter's true are the same.
std::string textOf(const json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

bool isSingle(const json& value, const char* name)
{
    return value.is_object() && value.size() == 1 && value.contains(name);
}

class ConditionEval {
public:
    ConditionEval(const json& conditions, const References& values)
        : m_conditions(conditions)
        , m_values(values)
    {
    }

    Result<bool> named(const std::string& name)
    {
        if (!m_conditions.contains(name))
            return fail(templateError("condition " + name + " is not one of the template's Conditions"));
        const auto [entry, isNew] = m_decided.try_emplace(name);
        if (!isNew && !entry->second)
            return fail(templateError("circular dependency through condition " + name));
        if (isNew) {
            CORE_TRY(entry->second, decide(m_conditions[name]));
        }
        return *entry->second;
    }

private:
    Result<bool> decide(const json& condition)
    {
        if (isSingle(condition, "Condition"))
            return named(textOf(condition["Condition"]));
        if (isSingle(condition, "Fn::Equals"))
            return equal(condition["Fn::Equals"]);
        if (isSingle(condition, "Fn::Not") && condition["Fn::Not"].is_array()
            && condition["Fn::Not"].size() == 1) {
            CORE_TRY(const auto inner, decide(condition["Fn::Not"][0]));
            return !inner;
        }
        for (const auto& [name, decisive] : {std::pair{"Fn::And", false}, std::pair{"Fn::Or", true}}) {
            if (isSingle(condition, name))
                return several(name, condition[name], decisive);
        }
        return fail(
            templateError("a condition is Fn::Equals of two values, Fn::Not of one condition, Fn::And "
                          "or Fn::Or of two to ten, or Condition, not "
                + condition.dump()));
    }

    Result<bool> equal(const json& pair)
    {
        CORE_TRY(const auto values, resolve(pair, m_values));
        if (!values.is_array() || values.size() != 2)
            return fail(templateError("Fn::Equals takes a list of two values"));
        return textOf(values[0]) == textOf(values[1]);
    }

    Result<bool> several(const std::string& name, const json& list, bool decisive)
    {
        if (!list.is_array() || list.size() < 2 || list.size() > 10)
            return fail(templateError(name + " takes a list of two to ten conditions"));
        for (const auto& entry : list) {
            CORE_TRY(const auto value, decide(entry));
            if (value == decisive)
                return decisive;
        }
        return !decisive;
    }

    const json& m_conditions;
    const References& m_values;
    std::map<std::string, std::optional<bool>> m_decided; // without a value: being decided
};

// Puts the branches that conditions choose where their Fn::If stood.
class Chooser {
public:
    Chooser(const Template& source, ConditionEval& conditions)
        : m_source(source)
        , m_conditions(conditions)
    {
    }

    // Nothing where AWS::NoValue stands.
    Result<std::optional<json>> chosen(const json& value, const std::string& pointer)
    {
        if (isSingle(value, "Ref") && value["Ref"] == "AWS::NoValue")
            return std::optional<json>();
        if (isSingle(value, "Fn::If"))
            return branch(value["Fn::If"], pointer + "/Fn::If");
        if (!value.is_structured())
            return std::optional<json>(value);
        auto result = value.is_array() ? json::array() : json::object();
        for (const auto& [key, entry] : value.items()) {
            CORE_TRY(auto kept, chosen(entry, pointer + "/" + key));
            if (!kept)
                continue;
            if (value.is_array())
                result.push_back(*std::move(kept));
            else
                result[key] = *std::move(kept);
        }
        return std::optional<json>(std::move(result));
    }

    Result<bool> holds(const json& name, const std::string& pointer)
    {
        auto value = m_conditions.named(textOf(name));
        if (!value)
            return fail(templateError(m_source.where(pointer) + ": " + value.error().message));
        return value;
    }

private:
    Result<std::optional<json>> branch(const json& argument, const std::string& pointer)
    {
        if (!argument.is_array() || argument.size() != 3)
            return fail(templateError(
                m_source.where(pointer) + ": Fn::If takes a condition and the values for true and false"));
        CORE_TRY(const auto holdsHere, holds(argument[0], pointer));
        const auto index = holdsHere ? 1U : 2U;
        return chosen(argument[index], pointer + "/" + std::to_string(index));
    }

    const Template& m_source;
    ConditionEval& m_conditions;
};

Result<json> wantedResources(const Template& source, Chooser& chooser)
{
    auto wanted = json::object();
    for (const auto& id : source.resourceIds()) {
        const auto pointer = "/Resources/" + id;
        const auto& resource = source.resource(id);
        if (resource.is_object() && resource.contains("Condition")) {
            CORE_TRY(const auto holds, chooser.holds(resource["Condition"], pointer + "/Condition"));
            if (!holds)
                continue;
        }
        CORE_TRY(auto chosen, chooser.chosen(resource, pointer));
        wanted[id] = chosen.value_or(json());
    }
    return wanted;
}

}

Result<> decideConditions(Template& source, const References& values)
{
    auto root = source.root();
    const auto conditions = root.value("Conditions", json::object());
    ConditionEval eval(conditions, values);
    Chooser chooser(source, eval);
    for (const auto& [name, condition] : conditions.items())
        CORE_CHECK(chooser.holds(name, "/Conditions/" + name));
    CORE_TRY(root["Resources"], wantedResources(source, chooser));
    if (root.contains("Globals")) {
        CORE_TRY(auto globals, chooser.chosen(root["Globals"], "/Globals"));
        root["Globals"] = globals.value_or(json::object());
    }
    source.replace(std::move(root));
    return {};
}

}
