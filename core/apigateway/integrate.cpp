#include "core/apigateway/steps.h"

namespace core::apigateway {

StepResult integrate(CallContext& context, CallEnvironment& environment)
{
    switch (context.method->integration->type) {
    case IntegrationType::AwsProxy:
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
