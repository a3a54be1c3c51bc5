#include "core/apigateway/openapi/definition_text.h"
#include "core/apigateway/openapi/tree_builder.h"

#include <algorithm>
#include <array>

// Block style as AWS exports YAML: texts in double quotes, which JSON's are, names plain where that is safe.
namespace core::apigateway::openapi {

namespace {

constexpr std::size_t kMaxSimpleName = 1000; // YAML's limit for names before a colon is 1024 characters

std::string quoted(const std::string& text)
{
    auto written = Tree(text).dump(-1, ' ', false, Tree::error_handler_t::replace);
    // JSON leaves DEL and the C1 controls as they are, YAML does not print them.
    std::string safe;
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (written[i] == '\x7f') {
            safe += "\\u007f";
        } else if (written[i] == '\xc2' && i + 1 < written.size()
            && static_cast<unsigned char>(written[i + 1]) < 0xa0) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            const auto code = static_cast<unsigned char>(written[++i]);
            safe += "\\u00";
            safe += kDigits[code >> 4];
            safe += kDigits[code & 15];
        } else {
            safe += written[i];
        }
    }
    return safe;
}

bool isPlainName(const std::string& name)
{
    constexpr std::array<std::string_view, 14> kWords{"null", "Null", "NULL", "true", "True", "TRUE", "false",
        "False", "FALSE", "y", "n", "yes", "no", "on"};
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const bool simple = !name.empty() && (letter(name[0]) || name[0] == '/')
        && std::all_of(name.begin(), name.end(),
            [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/'; });
    return simple && std::find(kWords.begin(), kWords.end(), name) == kWords.end();
}

std::string scalar(const Tree& value)
{
    if (value.is_string())
        return quoted(value.get_ref<const std::string&>());
    if (value.is_object())
        return "{}";
    if (value.is_array())
        return "[]";
    return value.dump();
}

class Writer {
public:
    void members(const Tree& object, std::size_t depth)
    {
        for (const auto& [name, value] : object.items()) {
            indent(depth);
            member(name, value, depth);
        }
    }

    std::string take() { return std::move(m_text); }

private:
    void indent(std::size_t depth) { m_text.append(depth * 2, ' '); }

    void member(const std::string& name, const Tree& value, std::size_t depth)
    {
        const auto written = isPlainName(name) ? name : quoted(name);
        if (written.size() > kMaxSimpleName) {
            m_text += "? " + written + '\n';
            indent(depth);
            m_text += ':';
        } else {
            m_text += written + ':';
        }
        if (value.is_object() && !value.empty()) {
            m_text += '\n';
            members(value, depth + 1);
        } else if (value.is_array() && !value.empty()) {
            m_text += '\n';
            entries(value, depth);
        } else {
            m_text += ' ' + scalar(value) + '\n';
        }
    }

    void entries(const Tree& list, std::size_t depth)
    {
        for (const auto& value : list) {
            indent(depth);
            m_text += "- ";
            if (value.is_object() && !value.empty()) {
                bool first = true;
                for (const auto& [name, inner] : value.items()) {
                    if (!first)
                        indent(depth + 1);
                    first = false;
                    member(name, inner, depth + 1);
                }
            } else if (value.is_array() && !value.empty()) {
                m_text.pop_back();
                m_text += '\n';
                entries(value, depth + 1);
            } else {
                m_text += scalar(value) + '\n';
            }
        }
    }

    std::string m_text;
};

}

std::string writeDefinitionYaml(const Tree& tree)
{
    if (!tree.is_object() || tree.empty())
        return "--- {}\n";
    Writer writer;
    writer.members(tree, 0);
    return "---\n" + writer.take();
}

}
