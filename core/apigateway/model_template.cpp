#include "core/apigateway/model_template.h"

#include <nlohmann/json.hpp>

#include <set>

namespace core::apigateway {

using json = nlohmann::ordered_json;

namespace {

// The output so far, and what leads there.
class SampleWriter {
public:
    explicit SampleWriter(const std::map<std::string, Model>& models)
        : m_models(models)
    {
    }

    std::string write(const json& schema)
    {
        m_root = &schema;
        value(schema, 0);
        return "#set($inputRoot = $input.path('$'))\n" + m_text;
    }

private:
    void line(int depth) { m_text += "\n" + std::string(static_cast<std::size_t>(depth) * 2, ' '); }

    void value(const json& schema, int depth)
    {
        if (!schema.is_object())
            return void(m_text += "null");
        if (schema.contains("$ref"))
            return reference(schema["$ref"], depth);
        const auto type = typeOf(schema);
        if (type == "object")
            object(schema, depth);
        else if (type == "array")
            list(schema, depth);
        else if (type == "string")
            m_text += "\"foo\"";
        else if (type == "boolean")
            m_text += "true";
        else
            m_text += type == "null" ? "null" : type == "number" ? "3.14" : "42";
    }

    // The first of several types; without one, an object or a list by what it has.
    static std::string typeOf(const json& schema)
    {
        auto type = schema.value("type", json());
        if (type.is_array() && !type.empty())
            type = json(type.front());
        if (type.is_string())
            return type.get<std::string>();
        return schema.contains("items") ? "array" : "object";
    }

    void object(const json& schema, int depth)
    {
        const auto properties = schema.value("properties", json::object());
        m_text += "{";
        bool first = true;
        for (const auto& [name, property] : properties.items()) {
            m_text += first ? "" : ",";
            first = false;
            line(depth + 1);
            m_text += json(name).dump() + " : ";
            value(property, depth + 1);
        }
        if (!first)
            line(depth);
        m_text += "}";
    }

    void list(const json& schema, int depth)
    {
        m_text += "[";
        m_text += "\n##TODO: Update this foreach loop to reference array from input json";
        m_text += "\n#foreach($elem in $inputRoot)";
        line(depth + 1);
        value(schema.value("items", json::object()), depth + 1);
        m_text += "#if($foreach.hasNext),#end";
        m_text += "\n#end";
        line(depth);
        m_text += "]";
    }

    // ".../models/Name" or "#/definitions/Name"; a circle ends in null.
    void reference(const json& to, int depth)
    {
        const auto text = to.is_string() ? to.get<std::string>() : std::string();
        const auto name = text.substr(text.rfind('/') + 1);
        if (!m_open.insert(text).second)
            return void(m_text += "null");
        if (text.starts_with('#'))
            definition(name, depth);
        else
            model(name, depth);
        m_open.erase(text);
    }

    void definition(const std::string& name, int depth)
    {
        const auto definitions = m_root->value("definitions", json::object());
        const auto found = definitions.find(name);
        value(found == definitions.end() ? json() : *found, depth);
    }

    void model(const std::string& name, int depth)
    {
        const auto found = m_models.find(name);
        const auto schema =
            found == m_models.end() ? json() : json::parse(found->second.schema, nullptr, false);
        const auto* before = std::exchange(m_root, &schema);
        value(schema, depth);
        m_root = before;
    }

    const std::map<std::string, Model>& m_models;
    const json* m_root = nullptr;
    std::set<std::string> m_open;
    std::string m_text;
};

}

std::string sampleTemplate(const std::map<std::string, Model>& models, const Model& model)
{
    const auto schema = json::parse(model.schema, nullptr, false);
    return SampleWriter(models).write(schema.is_object() ? schema : json::object());
}

}
