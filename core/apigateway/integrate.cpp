#include "core/apigateway/steps.h"

namespace core::apigateway {

namespace {

StepResult run(CallContext& context, CallEnvironment& environment)
{
    switch (context.method->integration->type) {
    case IntegrationType::AwsProxy:
        if (context.method->integration->streams())
            return callLambdaStream(context, environment);
        return callLambdaProxy(context, environment);
    case IntegrationType::HttpProxy:
    case IntegrationType::Http:
        return callHttp(context, environment);
    case IntegrationType::Aws:
        return callAwsService(context, environment);
    case IntegrationType::Mock:
        break;
    }
    return answerMock(context, environment);
}

}

StepResult integrate(CallContext& context, CallEnvironment& environment)
{
    const Micros begin = steadyMicros();
    auto result = run(context, environment);
    auto& phase = context.measures.integration;
    if (context.method->integration->type != IntegrationType::Mock)
        phase.latency = steadyMicros() - begin;
    if (result) {
        phase.status = context.answer.status;
    } else {
        phase.status = gatewayResponse(result.error().type).status;
        phase.error = result.error().reason;
    }
    return result;
}

}
