#include "core/apigateway/template_input.h"
#include "core/apigateway/v2/socket_call.h"

namespace core::apigateway::v2 {

using vtl::Heap;
using vtl::Value;

SocketResult<std::string> renderSocketTemplate(
    SocketCall& call, const std::string& text, const std::string& body)
{
    const auto parsed = call.environment.templates.get(text);
    if (!parsed)
        return socketError("The template is none: " + parsed.error().message);
    Heap heap;
    BodyProblem problem;
    // Headers and parameters of the first request, which $connect alone has.
    static const http::Request none;
    const CallContext parameters(call.request ? *call.request : none, call.span);
    auto* context = heap.map();
    for (const auto& [name, value] : socketContext(call))
        putNested(heap, *context, name, Value(value));
    auto* stage = heap.map();
    for (const auto& [name, value] : call.stage->stageVariables)
        stage->put(name, Value(value));
    vtl::Variables variables;
    variables["input"] = makeInput(heap, parameters, body, problem);
    variables["util"] = makeUtil(heap);
    variables["context"] = context;
    variables["stageVariables"] = stage;
    auto result = (*parsed)->render(variables, heap);
    if (!result)
        return socketError("The template failed: "
            + (problem.message.empty() ? result.error().code + ": " + result.error().message
                                       : problem.message));
    return *std::move(result);
}

}
