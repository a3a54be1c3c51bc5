#include "core/apigateway/patch.h"

#include "core/apigateway/errors.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

namespace {

std::vector<std::string> partsOf(std::string_view path)
{
    std::vector<std::string> parts;
    if (path.starts_with('/'))
        path.remove_prefix(1);
    for (const auto part : split(path, '/'))
        parts.push_back(replaceAll(replaceAll(std::string(part), "~1", "/"), "~0", "~"));
    return parts;
}

}

const std::string& PatchOperation::valueOrEmpty() const
{
    static const std::string kEmpty;
    return value ? *value : kEmpty;
}

Result<std::vector<PatchOperation>> parsePatch(const nlohmann::json& input, bool takesCopy)
{
    std::vector<PatchOperation> operations;
    const auto list = input.find("patchOperations");
    if (list == input.end() || !list->is_array())
        return operations;
    for (const auto& entry : *list) {
        PatchOperation operation;
        operation.op = entry.value("op", "");
        operation.path = entry.value("path", "");
        operation.from = entry.value("from", "");
        if (const auto value = entry.find("value"); value != entry.end() && value->is_string())
            operation.value = value->get<std::string>();
        operation.parts = partsOf(operation.path);
        if (operation.op == "move" || (operation.op == "copy" && !takesCopy) || operation.op == "test")
            return fail(errors::unsupported("the patch operation '" + operation.op + "'"));
        if (operation.op.empty() || operation.path.empty())
            return fail(errors::badRequest("Patch operations must have op and path"));
        operations.push_back(std::move(operation));
    }
    return operations;
}

bool matchesPatch(std::string_view pattern, const PatchOperation& operation)
{
    const auto wanted = partsOf(pattern);
    if (wanted.size() != operation.parts.size())
        return false;
    return std::equal(wanted.begin(), wanted.end(), operation.parts.begin(),
        [](const auto& rule, const auto& part) { return rule == "*" ? !part.empty() : rule == part; });
}

bool allowsOperation(std::string_view operations, std::string_view op)
{
    const auto allowed = split(operations, ' ');
    return std::find(allowed.begin(), allowed.end(), op) != allowed.end();
}

Error wrongPatchOperation(const PatchOperation& operation, std::string_view allowed)
{
    std::string list = replaceAll(std::string(allowed), " ", ", ");
    return errors::badRequest(
        "Invalid patch operation specified. Must be one of: [" + list + "] for path " + operation.path);
}

Result<> checkedContentHandling(std::string& member, const PatchOperation& operation)
{
    const auto& value = operation.valueOrEmpty();
    if (operation.op != "remove" && value != "CONVERT_TO_BINARY" && value != "CONVERT_TO_TEXT"
        && !value.empty())
        return fail(errors::badRequest(
            "Invalid content handling specified. Valid options are CONVERT_TO_BINARY, CONVERT_TO_TEXT"));
    member = operation.op == "remove" ? std::string() : value;
    return {};
}

Error unknownPatchPath(const PatchOperation& operation)
{
    return errors::invalidPatchPath(operation.path);
}

Error unsupportedPatchPath(const PatchOperation& operation)
{
    return errors::unsupported("the patch path " + operation.path);
}

}
