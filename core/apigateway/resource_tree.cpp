#include "core/apigateway/resource_tree.h"

#include "core/apigateway/errors.h"

#include <algorithm>

namespace core::apigateway {

namespace {

bool isPlainChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
        || c == '-' || c == ':';
}

bool isVariable(const std::string& part)
{
    return part.starts_with('{');
}

bool isGreedy(const std::string& part)
{
    return part.ends_with("+}");
}

bool isPathPart(const std::string& part)
{
    std::string name = part;
    if (isVariable(part)) {
        if (!part.ends_with('}'))
            return false;
        name = part.substr(1, part.size() - (isGreedy(part) ? 3 : 2));
    }
    return !name.empty() && std::all_of(name.begin(), name.end(), isPlainChar);
}

std::vector<std::string> childrenOf(const Resources& resources, const std::string& id)
{
    std::vector<std::string> children;
    for (const auto& [childId, resource] : resources) {
        if (resource.parentId == id)
            children.push_back(childId);
    }
    return children;
}

}

Result<> checkPlace(const Resources& resources, const Resource& parent, const std::string& pathPart,
    const std::string& except)
{
    if (!isPathPart(pathPart))
        return fail(errors::invalidPathPart());
    if (isGreedy(parent.pathPart))
        return fail(errors::childOfGreedy(parent.pathPart));
    for (const auto& id : childrenOf(resources, parent.id)) {
        const auto& sibling = resources.at(id);
        if (id == except)
            continue;
        if (sibling.pathPart == pathPart)
            return fail(errors::siblingHasName(pathPart));
        if (isVariable(sibling.pathPart) && isVariable(pathPart))
            return fail(errors::siblingIsVariable(sibling.pathPart));
    }
    return {};
}

std::string pathBelow(const Resource& parent, const std::string& pathPart)
{
    return parent.path == "/" ? "/" + pathPart : parent.path + "/" + pathPart;
}

void renamePaths(Resources& resources, const std::string& id)
{
    for (const auto& childId : childrenOf(resources, id)) {
        auto& child = resources.at(childId);
        child.path = pathBelow(resources.at(id), child.pathPart);
        renamePaths(resources, childId);
    }
}

bool isBelow(const Resources& resources, const std::string& id, const std::string& ancestor)
{
    for (std::string at = id; !at.empty();) {
        if (at == ancestor)
            return true;
        const auto found = resources.find(at);
        at = found == resources.end() ? std::string{} : found->second.parentId;
    }
    return false;
}

void removeTree(Resources& resources, const std::string& id)
{
    for (const auto& child : childrenOf(resources, id))
        removeTree(resources, child);
    resources.erase(id);
}

}
