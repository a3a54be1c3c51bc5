#pragma once

#include "core/apigateway/call_context.h"
#include "core/apigateway/vtl/renderer.h"

namespace core::apigateway {

// A body that should be JSON and is not, as the template that wanted it as JSON met it.
struct BodyProblem {
    std::string message; // "" while there is none
};

// $input of a template: the body, parts of it by JSONPath, the request's parameters. Lives on the heap;
// `body`, `context` and `problem` outlive it.
vtl::Object* makeInput(
    vtl::Heap& heap, const CallContext& context, const std::string& body, BodyProblem& problem);
// $util: escaping, encodings, parseJson().
vtl::Object* makeUtil(vtl::Heap& heap);

// Puts "identity.sourceIp" as a map within a map; nothing where a value stands in the way.
void putNested(vtl::Heap& heap, vtl::Map& into, std::string_view name, const vtl::Value& value);

// Text as Java's StringEscapeUtils.escapeJavaScript() gives it.
std::string escapeJavaScript(std::string_view text);

}
