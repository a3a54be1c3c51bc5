#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace core::apigateway::openapi {

// Members keep the order of the document, for models and exports are read by people.
using Tree = nlohmann::ordered_json;

// Puts a tree together from what a parser meets, within bounds that no definition of use comes near: a small
// text must not become a large tree. Each function gives false once a bound was met; why() then says which.
// Included by .cpp files alone.
class TreeBuilder {
public:
    static constexpr std::size_t kMaxNodes = 1'000'000;
    static constexpr std::size_t kMaxMembers = 5'000; // of one object: a look-up is linear
    static constexpr std::size_t kMaxDepth = 200;

    bool value(Tree scalar);
    bool key(std::string name);
    bool startObject() { return start(Tree::object()); }
    bool startList() { return start(Tree::array()); }
    bool end();

    bool empty() const { return !m_hasRoot; }
    const std::string& why() const { return m_why; }
    Tree take() { return std::move(m_root); }

private:
    bool start(Tree container);
    bool place(Tree&& node, Tree*& placed);
    bool refuse(std::string why);

    Tree m_root;
    bool m_hasRoot = false;
    std::vector<Tree*> m_open; // the innermost last; each is the newest child of the one before
    std::vector<std::string> m_keys; // of each open object the name that waits for its value
    std::size_t m_nodes = 0;
    std::string m_why;
};

}
