#include "core/apigateway/schema_references.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <vector>

namespace core::apigateway {

namespace {

using nlohmann::json;

constexpr int kMaxChain = 200;

struct Place {
    const json* node = nullptr;
    const json* root = nullptr; // of its document
};

Error invalid(const char* why)
{
    return {ErrorKind::Invalid, "InvalidSchema", why};
}

void addEach(const json& children, const json* root, std::vector<Place>& into)
{
    for (const auto& child : children) {
        if (child.is_object())
            into.push_back({&child, root});
    }
}

const json* member(const json& node, const char* name)
{
    const auto found = node.find(name);
    return found == node.end() || !found->is_structured() ? nullptr : &*found;
}

// One part of a JSON pointer as the library reads it; nullptr when there is no such thing, of which the
// library tells itself.
const json* step(const json& node, const std::string& token)
{
    if (node.is_array()) {
        char* end = nullptr;
        const auto index = std::strtoul(token.c_str(), &end, 10); // as lenient as the library
        return end != token.c_str() && index < node.size() ? &node[index] : nullptr;
    }
    const auto found = node.find(token);
    return node.is_object() && found != node.end() ? &*found : nullptr;
}

std::string unescaped(std::string_view token)
{
    std::string result;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool isEscape = token[i] == '~' && i + 1 < token.size();
        result += isEscape && token[i + 1] == '0' ? '~' : isEscape && token[i + 1] == '1' ? '/' : token[i];
        if (isEscape && (token[i + 1] == '0' || token[i + 1] == '1'))
            ++i;
    }
    return percentDecode(result);
}

const json* follow(const json& document, std::string_view pointer)
{
    const json* at = &document;
    while (at && !pointer.empty()) {
        const auto end = std::min(pointer.find('/'), pointer.size());
        if (end > 0) // empty parts are left out
            at = step(*at, unescaped(pointer.substr(0, end)));
        pointer.remove_prefix(std::min(end + 1, pointer.size()));
    }
    return at;
}

class ReferenceWalk {
public:
    explicit ReferenceWalk(const SchemaFetch& fetch)
        : m_fetch(fetch)
    {
    }

    Result<> run(const json& schema)
    {
        std::vector<Place> left{{&schema, &schema}};
        while (!left.empty()) {
            const auto place = left.back();
            left.pop_back();
            CORE_CHECK(length(place, 0));
            left.insert(left.end(), m_below.begin(), m_below.end());
            m_below.clear();
        }
        return {};
    }

private:
    // How many schemas follow on each other from here for one value of the document.
    Result<int> length(const Place& place, int depth)
    {
        if (!place.node->is_object())
            return 0;
        const auto [known, isNew] = m_lengths.try_emplace(place.node, kUnfinished);
        if (!isNew && known->second == kUnfinished)
            return fail(invalid("A schema refers to itself in a circle"));
        if (!isNew)
            return known->second;
        int longest = 0;
        for (const auto& next : sameValue(place)) {
            if (depth >= kMaxChain)
                return fail(invalid("A schema's references follow on each other too often"));
            CORE_TRY(const int further, length(next, depth + 1));
            longest = std::max(longest, further + 1);
        }
        if (longest > kMaxChain)
            return fail(invalid("A schema's references follow on each other too often"));
        m_lengths[place.node] = longest;
        addBelow(place);
        return longest;
    }

    // The schemas that hold for the same value; beside a $ref nothing else counts.
    std::vector<Place> sameValue(const Place& place)
    {
        const auto& node = *place.node;
        if (const auto reference = node.find("$ref"); reference != node.end() && reference->is_string())
            return targets(reference->get_ref<const std::string&>(), place.root);
        std::vector<Place> result;
        for (const auto* name : {"allOf", "anyOf", "oneOf", "dependencies"}) {
            if (const auto* children = member(node, name))
                addEach(*children, place.root, result);
        }
        if (const auto* negated = member(node, "not"))
            result.push_back({negated, place.root});
        return result;
    }

    // The schemas of what lies within the value.
    void addBelow(const Place& place)
    {
        const auto& node = *place.node;
        if (const auto reference = node.find("$ref"); reference != node.end() && reference->is_string())
            return;
        for (const auto* name : {"properties", "patternProperties"}) {
            if (const auto* children = member(node, name))
                addEach(*children, place.root, m_below);
        }
        for (const auto* name : {"items", "additionalItems", "additionalProperties"}) {
            const auto* child = member(node, name);
            if (child && child->is_array())
                addEach(*child, place.root, m_below);
            else if (child)
                m_below.push_back({child, place.root});
        }
    }

    // The library takes what has no "://" for a part of the same document, unless it is a good URN: both
    // here.
    std::vector<Place> targets(const std::string& reference, const json* root)
    {
        const auto hash = std::min(reference.find('#'), reference.size());
        const auto uri = reference.substr(0, hash);
        const auto pointer = std::string_view(reference).substr(std::min(hash + 1, reference.size()));
        std::vector<Place> result;
        const auto add = [&](const json* document) {
            if (const auto* node = document ? follow(*document, pointer) : nullptr)
                result.push_back({node, document});
        };
        if (uri.find(':') != uri.npos)
            add(m_fetch(uri));
        if (uri.find("://") == uri.npos)
            add(root);
        return result;
    }

    static constexpr int kUnfinished = -1;

    const SchemaFetch& m_fetch;
    std::unordered_map<const json*, int> m_lengths;
    std::vector<Place> m_below; // schemas found that are still to be walked
};

}

Result<> checkReferences(const json& schema, const SchemaFetch& fetch)
{
    return ReferenceWalk(fetch).run(schema);
}

}
