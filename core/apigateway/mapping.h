#pragma once

#include "core/apigateway/model.h"
#include "core/base/result.h"

#include <string_view>

namespace core::apigateway {

// A parameter mapping's right side, as in requestParameters and responseParameters:
//   'literal'   method.request.{path,querystring,header,multivaluequerystring,multivalueheader}.name
//   method.request.body[.JSONPath]   stageVariables.name   context.name
//   integration.response.{header,multivalueheader}.name   integration.response.body[.JSONPath]
struct MappingExpression {
    enum class Source {
        Literal,
        RequestPath,
        RequestQuery,
        RequestMultiQuery,
        RequestHeader,
        RequestMultiHeader,
        StageVariable,
        Context,
        ResponseHeader,
        ResponseMultiHeader,
        RequestBody,
        ResponseBody,
    };
    Source source = Source::Literal;
    std::string name; // or the literal's text; of bodies a JSONPath, "" for the whole

    // AWS's error for text that is no expression.
    static Result<MappingExpression> parse(const std::string& text);
};

// A mapping's left side: "integration.request.{path,querystring,header}.name" or
// "method.response.header.name".
struct MappingTarget {
    enum class Place { Path, Query, Header };
    Place place = Place::Header;
    std::string name;

    static std::optional<MappingTarget> parseRequest(std::string_view text);
    static std::optional<MappingTarget> parseResponse(std::string_view text);
};

// "${stageVariables.name}" replaced in a URI; a variable that the stage has not becomes empty, as on AWS.
std::string substituteStageVariables(std::string text, const StringMap& variables);
// "{name}" and "{name+}" replaced by the mapped path values, which stand in the result as they are: what they
// have in braces is theirs.
std::string substitutePath(const std::string& text, const StringMap& values);

// "application/json; charset=utf-8" → "application/json"
std::string mediaType(std::string_view contentType);
// Whether a media type is one of the API's binary ones ("*/*" and "image/*" are patterns).
bool isBinaryType(const std::vector<std::string>& binaryMediaTypes, std::string_view contentType);

}
