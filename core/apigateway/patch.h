#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core::apigateway {

// One entry of patchOperations. `path` is taken apart at '/', with ~1 and ~0 unescaped: "/variables/a~1b" →
// {"variables", "a/b"}.
struct PatchOperation {
    std::string op;
    std::string path;
    std::vector<std::string> parts;
    std::optional<std::string> value;
    std::string from;

    const std::string& valueOrEmpty() const;
};

// `takesCopy`: op copy is given on; elsewhere it is refused, as move and test are.
Result<std::vector<PatchOperation>> parsePatch(const nlohmann::json& input, bool takesCopy = false);

// What one path of a patch does. `pattern` is the path with "*" for a variable part; a rule says which
// operations it takes.
template <typename Noun> struct PatchRule {
    std::string_view pattern;
    std::string_view operations; // "replace", "add remove replace"
    Result<> (*apply)(Noun&, const PatchOperation&);
};

bool matchesPatch(std::string_view pattern, const PatchOperation& operation);
bool allowsOperation(std::string_view operations, std::string_view op);
Error wrongPatchOperation(const PatchOperation& operation, std::string_view allowed);

// Applies operations in order by the first rule whose pattern fits; `unknown` words the error for a path of
// no rule.
template <typename Noun>
Result<> applyPatch(Noun& noun, const std::vector<PatchOperation>& operations,
    std::span<const PatchRule<Noun>> rules, Error (*unknown)(const PatchOperation&))
{
    for (const auto& operation : operations) {
        const PatchRule<Noun>* rule = nullptr;
        for (const auto& candidate : rules) {
            if (matchesPatch(candidate.pattern, operation)) {
                rule = &candidate;
                break;
            }
        }
        if (!rule)
            return fail(unknown(operation));
        if (!allowsOperation(rule->operations, operation.op))
            return fail(wrongPatchOperation(operation, rule->operations));
        CORE_CHECK(rule->apply(noun, operation));
    }
    return {};
}

// Sets or clears a contentHandling; AWS's error for a word that is none.
Result<> checkedContentHandling(std::string& member, const PatchOperation& operation);

// The usual error for a path of no rule.
Error unknownPatchPath(const PatchOperation& operation);
// A path that AWS knows and this service does not.
Error unsupportedPatchPath(const PatchOperation& operation);

// Sets or removes one entry of a map at the last part of the path.
template <typename Value>
void patchEntry(std::map<std::string, Value>& map, const PatchOperation& operation, Value value)
{
    if (operation.op == "remove")
        map.erase(operation.parts.back());
    else
        map[operation.parts.back()] = std::move(value);
}

}
