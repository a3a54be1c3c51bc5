#pragma once

#include "core/apigateway/reference/html.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace core::apigateway::reference {

// Schemas for people: a name for the type, a tree of members, an example of a value. A schema that refers to
// itself ends at the name; all is bounded.
class SchemaTree {
public:
    explicit SchemaTree(const nlohmann::ordered_json& definition)
        : m_definition(definition)
    {
    }

    // "array of Pet", "string (date-time)"; a model's name links to it.
    void writeType(Html& html, const nlohmann::ordered_json& schema) const;
    std::string typeText(const nlohmann::ordered_json& schema) const;
    // The members as nested lists; nothing for a schema without members.
    void writeMembers(Html& html, const nlohmann::ordered_json& schema) const;
    // "1 to 100, one of: a, b": what values are held to. "" when nothing is said.
    std::string limitsText(const nlohmann::ordered_json& schema) const;
    nlohmann::ordered_json example(const nlohmann::ordered_json& schema) const;

    static std::string modelName(const nlohmann::ordered_json& schema); // "" when it names none
    // Whether an import made up the name ("MODEL7f5132"), so that it tells a reader nothing.
    static bool isMadeUp(const std::string& model);

private:
    struct Walk;

    const nlohmann::ordered_json* resolved(const nlohmann::ordered_json& schema) const;
    // What a made-up name stands for, where that can be said in a few words; null else.
    const nlohmann::ordered_json* unfolded(const nlohmann::ordered_json& schema) const;
    void writeLevel(Html& html, const nlohmann::ordered_json& schema, Walk& walk) const;
    void writeMember(Html& html, const std::string& name, const nlohmann::ordered_json& schema, bool required,
        Walk& walk) const;
    nlohmann::ordered_json exampleOf(const nlohmann::ordered_json& schema, Walk& walk) const;

    const nlohmann::ordered_json& m_definition;
};

}
