#include "core/apigateway/stage_rules.h"

#include "core/apigateway/errors.h"

#include <algorithm>
#include <string_view>

namespace core::apigateway {

namespace {

constexpr std::size_t kLongestName = 64; // of a stage variable
constexpr std::size_t kMostVariables = 100;

bool onlyHas(std::string_view text, std::string_view extra)
{
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || extra.find(c) != extra.npos;
    });
}

}

Result<> checkStageName(const std::string& name)
{
    if (name.empty() || name.size() > 128 || !onlyHas(name, "_-"))
        return fail(errors::badRequest("Stage name only allows a-zA-Z0-9_"));
    return {};
}

Result<> checkVariable(const std::string& name, const std::string& value)
{
    if (name.empty() || name.size() > kLongestName || !onlyHas(name, "_"))
        return fail(errors::badRequest(
            "Stage variable name " + name + " is not allowed. Names only allow a-zA-Z0-9_"));
    if (value.size() > 512 || !onlyHas(value, "-._~:/?#&=,"))
        return fail(errors::badRequest("Stage variable value " + value + " for " + name
            + " is not allowed. Values only allow A-Za-z0-9-._~:/?#&=,"));
    return {};
}

Result<> checkVariables(const StringMap& variables)
{
    if (variables.size() > kMostVariables)
        return fail(errors::badRequest("Maximum number of stage variables for this stage has been reached: "
            + std::to_string(kMostVariables)));
    for (const auto& [name, value] : variables)
        CORE_CHECK(checkVariable(name, value));
    return {};
}

Result<> checkDocumentationVersion(const RestApi& api, const std::string& version)
{
    if (!version.empty() && !api.documentation.versions.contains(version))
        return fail(errors::notFound("Invalid Documentation version specified"));
    return {};
}

Result<> checkDeployable(const Resources& resources)
{
    bool any = false;
    for (const auto& [id, resource] : resources) {
        for (const auto& [name, method] : resource.methods) {
            any = true;
            if (!method.integration)
                return fail(errors::badRequest("No integration defined for method"));
        }
    }
    if (!any)
        return fail(errors::badRequest("The REST API doesn't contain any methods"));
    return {};
}

}
