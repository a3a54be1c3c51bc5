#include "core/apigateway/steps.h"
#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

// A MOCK answers with the statusCode that the mapped request body names; templates do the rest.
StepResult answerMock(CallContext& context, CallEnvironment&)
{
    const auto body = aws::parseJson(context.integrationRequest.body).value_or(nlohmann::json());
    const auto status = body.is_object() ? body.find("statusCode") : body.end();
    if (!body.is_object() || status == body.end() || !status->is_number_integer())
        return stop(GatewayResponseType::ApiConfigurationError,
            "The mock's request body must be JSON with a statusCode, such as {\"statusCode\": 200}");
    context.answer.status = status->get<int>();
    context.answer.headers = {};
    context.answer.body.clear();
    context.step("Integrate", "Mock with status " + std::to_string(context.answer.status));
    return {};
}

}
