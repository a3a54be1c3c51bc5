#pragma once

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace core::apigateway::v2 {

// A selection expression of a WebSocket API: "$request.body.action", "${request.body.a}/${request.body.b}",
// "$default" or "\$default". Each variable is asked of `lookup` without its '$' and braces; nullopt when one
// of them has no value. A text without variables is itself.
std::string_view constexpr kDefaultKey = "$default";
using SelectionLookup = std::function<std::optional<std::string>(std::string_view name)>;
std::optional<std::string> evaluateSelection(std::string_view expression, const SelectionLookup& lookup);

// The scalar at "a.b[0].c" of a document as text; nullopt for anything else.
std::optional<std::string> scalarAt(const nlohmann::json& document, std::string_view path);

}
