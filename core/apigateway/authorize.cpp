#include "core/apigateway/steps.h"

namespace core::apigateway {

// PutMethod takes no other authorization than NONE; a stored method with another one comes from elsewhere and
// is closed.
StepResult authorize(CallContext& context, CallEnvironment&)
{
    if (context.method->authorizationType != "NONE" || context.method->apiKeyRequired)
        return stop(GatewayResponseType::ApiConfigurationError,
            "Cloud Chamber does not support authorization " + context.method->authorizationType);
    context.step(
        "Authorize", "Open: authorizationType is NONE and no API key is required", trace::Verdict::Pass);
    return {};
}

}
