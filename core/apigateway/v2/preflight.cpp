#include "core/apigateway/v2/cors.h"
#include "core/apigateway/v2/pipeline.h"

namespace core::apigateway::v2 {

StepResult answerPreflight(Call& call, CallEnvironment&)
{
    const auto& cors = call.deployment->corsConfiguration;
    const std::string origin(call.request.headers.get("Origin"));
    if (!cors) {
        if (!origin.empty())
            call.step("CORS", "The API has no CORS configuration: its integrations answer for themselves");
        return {};
    }
    if (isPreflight(call.request)) {
        call.response = preflightAnswer(*cors, call.request);
        call.isAnswered = true;
        call.step("CORS",
            "Preflight of " + origin + ", answered here: "
                + (allowedOrigin(*cors, origin) ? "the origin is allowed"
                                                : "the origin is not among allowOrigins"),
            trace::Verdict::Pass);
    } else if (!origin.empty()) {
        call.step("CORS",
            origin
                + (allowedOrigin(*cors, origin)
                        ? " is allowed: the answer will say so"
                        : " is not among allowOrigins: the answer will have no CORS headers"));
    }
    return {};
}

}
