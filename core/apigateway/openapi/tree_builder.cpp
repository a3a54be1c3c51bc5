#include "core/apigateway/openapi/tree_builder.h"

namespace core::apigateway::openapi {

bool TreeBuilder::value(Tree scalar)
{
    Tree* placed = nullptr;
    return place(std::move(scalar), placed);
}

bool TreeBuilder::key(std::string name)
{
    if (m_open.empty() || !m_open.back()->is_object())
        return refuse("a name outside an object");
    m_keys.back() = std::move(name);
    return true;
}

bool TreeBuilder::start(Tree container)
{
    if (m_open.size() >= kMaxDepth)
        return refuse("it nests deeper than " + std::to_string(kMaxDepth) + " levels");
    Tree* placed = nullptr;
    if (!place(std::move(container), placed))
        return false;
    m_open.push_back(placed);
    m_keys.emplace_back();
    return true;
}

bool TreeBuilder::end()
{
    if (m_open.empty())
        return refuse("an end without a beginning");
    m_open.pop_back();
    m_keys.pop_back();
    return true;
}

bool TreeBuilder::place(Tree&& node, Tree*& placed)
{
    if (++m_nodes > kMaxNodes)
        return refuse("it has more than " + std::to_string(kMaxNodes) + " values");
    if (m_open.empty()) {
        if (m_hasRoot)
            return refuse("it is more than one document");
        m_hasRoot = true;
        m_root = std::move(node);
        placed = &m_root;
        return true;
    }
    auto& parent = *m_open.back();
    if (parent.is_array()) {
        parent.push_back(std::move(node));
        placed = &parent.back();
        return true;
    }
    if (parent.size() >= kMaxMembers)
        return refuse("an object has more than " + std::to_string(kMaxMembers) + " members");
    auto& member = parent[m_keys.back()];
    member = std::move(node); // of two with one name the later counts
    placed = &member;
    return true;
}

bool TreeBuilder::refuse(std::string why)
{
    if (m_why.empty())
        m_why = std::move(why);
    return false;
}

}
