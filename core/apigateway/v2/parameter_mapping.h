#pragma once

#include "core/apigateway/v2/model.h"
#include "core/base/result.h"

#include <string_view>

namespace core::apigateway::v2 {

// Parameter mappings of HTTP APIs: "append:header.X" → "text with $request.header.Y and ${context.stage}".
// Pure.

enum class MappingSide { Request, Response };

struct MappingKey {
    enum class Action { Append, Overwrite, Remove };
    enum class Place { Header, Query, Path, StatusCode };
    Action action = Action::Overwrite;
    Place place = Place::Header;
    std::string name; // of a header or query parameter

    // nullopt for what is no destination of that side.
    static std::optional<MappingKey> parse(std::string_view text, MappingSide side);
};

// A value taken apart into fixed text and variables.
struct MappingPart {
    bool isVariable = false;
    std::string text; // of a variable without '$' and braces: "request.header.X"
};
// nullopt for text that AWS does not take.
std::optional<std::vector<MappingPart>> parseMappingValue(std::string_view text, MappingSide side);

// AWS's error for mappings that are not valid; empty values, which remove an entry, are looked at by key
// alone.
Result<> checkRequestMappings(const StringMap& mappings);
Result<> checkResponseMappings(const std::map<std::string, StringMap>& byStatus);

}
