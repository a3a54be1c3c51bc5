#include "core/apigateway/v2/pipeline.h"

namespace core::apigateway::v2 {

StepResult integrate(Call& call, CallEnvironment& environment)
{
    if (!call.integration->integrationSubtype.empty())
        return callService(call, environment);
    return call.integration->integrationType == "HTTP_PROXY" ? callEndpoint(call, environment)
                                                             : callFunction(call, environment);
}

}
