#include "core/project/template.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <sstream>

namespace core::project {

namespace {

using nlohmann::json;

// CloudFormation's short forms; !GetAtt alone splits its text at the first dot.
const std::map<std::string, std::string, std::less<>> kShortForms{
    {"!Ref", "Ref"},
    {"!GetAtt", "Fn::GetAtt"},
    {"!Sub", "Fn::Sub"},
    {"!Join", "Fn::Join"},
    {"!Select", "Fn::Select"},
    {"!Split", "Fn::Split"},
    {"!If", "Fn::If"},
    {"!Equals", "Fn::Equals"},
    {"!And", "Fn::And"},
    {"!Or", "Fn::Or"},
    {"!Not", "Fn::Not"},
    {"!ImportValue", "Fn::ImportValue"},
    {"!FindInMap", "Fn::FindInMap"},
    {"!Base64", "Fn::Base64"},
    {"!Condition", "Condition"},
};

json scalar(const YAML::Node& node)
{
    const auto& text = node.Scalar();
    if (node.Tag() != "?" && node.Tag() != "tag:yaml.org,2002:int")
        return text; // quoted, or under a short form
    if (text.empty() || text == "~" || text == "null")
        return nullptr;
    if (text == "true" || text == "True" || text == "false" || text == "False")
        return text[0] == 't' || text[0] == 'T';
    if (const auto whole = parseInteger(text); whole && (text == "0" || text[0] != '0'))
        return *whole;
    const auto number = json::parse(text, nullptr, false);
    return number.is_number() ? number : json(text);
}

class Converter {
public:
    explicit Converter(std::map<std::string, int>& lines)
        : m_lines(lines)
    {
    }

    json convert(const YAML::Node& node, const std::string& path)
    {
        m_lines[path] = node.Mark().line + 1;
        const auto form = kShortForms.find(node.Tag());
        if (form == kShortForms.end())
            return plain(node, path);
        auto value = plain(node, path);
        if (form->second == "Fn::GetAtt" && value.is_string()) {
            const auto text = value.get<std::string>();
            const auto dot = text.find('.');
            value = json::array({text.substr(0, dot), dot == std::string::npos ? "" : text.substr(dot + 1)});
        }
        return json{{form->second, std::move(value)}};
    }

private:
    json plain(const YAML::Node& node, const std::string& path)
    {
        if (node.IsMap())
            return map(node, path);
        if (node.IsSequence()) {
            auto list = json::array();
            for (const auto& entry : node)
                list.push_back(convert(entry, path + "/" + std::to_string(list.size())));
            return list;
        }
        return node.IsScalar() ? scalar(node) : json();
    }

    json map(const YAML::Node& node, const std::string& path)
    {
        auto object = json::object();
        for (const auto& entry : node) {
            const auto key = entry.first.Scalar();
            object[key] = convert(entry.second, path + "/" + key);
            m_lines[path + "/" + key] = entry.first.Mark().line + 1;
        }
        return object;
    }

    std::map<std::string, int>& m_lines;
};

}

Error templateError(std::string message)
{
    return {ErrorKind::Invalid, "InvalidTemplate", std::move(message)};
}

Template::Template()
    : m_root(std::make_unique<json>())
{
}
Template::Template(Template&&) noexcept = default;
Template::~Template() = default;

Result<Template> Template::load(const std::filesystem::path& file)
{
    std::ifstream stream(file);
    if (!stream)
        return fail(ErrorKind::Io, "TemplateNotFound", "There is no readable template at " + file.string());
    std::ostringstream text;
    text << stream.rdbuf();
    return parse(text.str(), file.filename().string());
}

Result<Template> Template::parse(const std::string& text, const std::string& fileName)
{
    Template result;
    result.m_fileName = fileName;
    try {
        const auto document = YAML::Load(text);
        *result.m_root = Converter(result.m_lines).convert(document, "");
        if (const auto resources = document["Resources"]; resources && resources.IsMap()) {
            for (const auto& entry : resources)
                result.m_resourceIds.push_back(entry.first.Scalar());
        }
    } catch (const YAML::Exception& problem) {
        return fail(
            templateError(fileName + ":" + std::to_string(problem.mark.line + 1) + ": " + problem.msg));
    }
    if (result.m_resourceIds.empty())
        return fail(templateError(fileName + ": a template needs Resources with at least one resource"));
    return result;
}

const json& Template::root() const
{
    return *m_root;
}

void Template::replace(json root)
{
    *m_root = std::move(root);
    std::erase_if(
        m_resourceIds, [this](const std::string& id) { return !m_root->at("Resources").contains(id); });
}

std::vector<std::string> Template::resourceIds() const
{
    return m_resourceIds;
}

const json& Template::resource(const std::string& id) const
{
    return m_root->at("Resources").at(id);
}

std::string Template::where(const std::string& path) const
{
    auto at = path;
    for (;;) {
        if (const auto found = m_lines.find(at); found != m_lines.end())
            return m_fileName + ":" + std::to_string(found->second);
        if (at.empty())
            return m_fileName;
        at.resize(at.rfind('/'));
    }
}

}
