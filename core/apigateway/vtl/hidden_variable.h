#pragma once

#include "core/apigateway/vtl/renderer.h"

#include <optional>
#include <string>

namespace core::apigateway::vtl {

// Gives a variable its value back when the scope that hid it ends.
class HiddenVariable {
public:
    HiddenVariable(Variables& variables, std::string name)
        : m_variables(variables)
        , m_name(std::move(name))
    {
        if (const auto found = variables.find(m_name); found != variables.end())
            m_value = found->second;
    }
    ~HiddenVariable()
    {
        if (m_value)
            m_variables[m_name] = *m_value;
        else
            m_variables.erase(m_name);
    }
    HiddenVariable(const HiddenVariable&) = delete;
    HiddenVariable& operator=(const HiddenVariable&) = delete;
    // What it was outside; null when there was none.
    const Value* value() const { return m_value ? &*m_value : nullptr; }

private:
    Variables& m_variables;
    std::string m_name;
    std::optional<Value> m_value;
};

}
