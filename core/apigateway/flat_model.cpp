#include "core/apigateway/flat_model.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace core::apigateway {

namespace {

using Node = nlohmann::ordered_json; // people read schemas

class Flattening {
public:
    Flattening(const Model& model, const std::map<std::string, Model>& models)
        : m_model(model)
        , m_models(models)
    {
    }

    std::string run()
    {
        auto root = Node::parse(m_model.schema, nullptr, false);
        if (!root.is_object())
            return m_model.schema;
        m_own = "#";
        redirect(root);
        auto definitions = Node::object();
        while (!m_left.empty()) {
            const auto name = m_left.back();
            m_left.pop_back();
            if (definitions.contains(name))
                continue;
            auto schema = Node::parse(m_models.at(name).schema, nullptr, false);
            m_own = "#/definitions/" + name;
            redirect(schema);
            definitions[name] = std::move(schema);
        }
        for (auto& [name, schema] : definitions.items())
            root["definitions"][name] = std::move(schema);
        return root.dump();
    }

private:
    void redirect(Node& node)
    {
        if (!node.is_structured())
            return;
        for (auto& [name, child] : node.items()) {
            if (node.is_object() && name == "$ref" && child.is_string())
                child = target(child.get<std::string>());
            else
                redirect(child);
        }
    }

    std::string target(const std::string& reference)
    {
        if (reference.starts_with('#'))
            return m_own + reference.substr(1);
        constexpr std::string_view kMark = "/models/";
        const auto mark = reference.find(kMark);
        if (mark == reference.npos || !reference.starts_with("https://apigateway."))
            return reference;
        const auto rest = reference.substr(mark + kMark.size());
        const auto name = rest.substr(0, rest.find('#'));
        const auto pointer = rest.size() > name.size() ? rest.substr(name.size() + 1) : std::string();
        if (name == m_model.name)
            return "#" + pointer;
        if (!m_models.contains(name))
            return reference;
        m_left.push_back(name);
        return "#/definitions/" + name + pointer;
    }

    const Model& m_model;
    const std::map<std::string, Model>& m_models;
    std::string m_own; // where the document stands whose references are read
    std::vector<std::string> m_left; // models to take in
};

}

std::string flatSchema(const Model& model, const std::map<std::string, Model>& models)
{
    return Flattening(model, models).run();
}

}
