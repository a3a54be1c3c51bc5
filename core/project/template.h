#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace core::project {

// A SAM or CloudFormation template as JSON: short intrinsics (!Ref, !Sub, !GetAtt …) stand in their long form
// ({"Ref": …}). Knows the line of each value, so that errors can name it. A plain value.
class Template {
public:
    // Errors: Io when the file cannot be read; Invalid with file and line when it is no YAML or no template.
    static Result<Template> load(const std::filesystem::path& file);
    static Result<Template> parse(const std::string& text, const std::string& fileName);

    Template(Template&&) noexcept;
    ~Template();

    const nlohmann::json& root() const;
    // Takes a root of the same lines, with fewer resources or with parts of them left out.
    void replace(nlohmann::json root);
    std::vector<std::string> resourceIds() const; // as written
    const nlohmann::json& resource(const std::string& id) const;
    // "template.yaml:12"; `path` is a JSON pointer; the nearest known parent's line when it is not known
    // itself.
    std::string where(const std::string& path) const;

private:
    Template();
    std::string m_fileName;
    std::unique_ptr<nlohmann::json> m_root;
    std::vector<std::string> m_resourceIds;
    std::map<std::string, int> m_lines;
};

Error templateError(std::string message);

}
