#include "core/apigateway/json_schema.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/request_values.h"
#include "core/apigateway/steps.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

// A parameter that is required must be there and not blank.
StepResult checkParameters(CallContext& context)
{
    std::vector<std::string> missing;
    for (const auto& [parameter, required] : context.method->requestParameters) {
        const auto expression = MappingExpression::parse(parameter);
        if (!required || !expression)
            continue;
        const auto values = requestValues(context, *expression);
        if (values.empty() || trimmed(values.back()).empty())
            missing.push_back(expression->name);
    }
    if (!missing.empty())
        return stopWith(GatewayResponseType::BadRequestParameters,
            "Missing required request parameters: [" + join(missing, ", ") + "]");
    context.step("Validate", "All required parameters are there", trace::Verdict::Pass);
    return {};
}

// The model of the request's content type, else the one for all types; none: nothing to hold the body
// against.
const Model* modelOf(const CallContext& context, const std::string& type)
{
    const auto& models = context.method->requestModels;
    auto named = models.find(type);
    if (named == models.end())
        named = models.find("$default");
    if (named == models.end())
        return nullptr;
    const auto found = context.deployment->models.find(named->second);
    return found == context.deployment->models.end() ? nullptr : &found->second;
}

StepResult checkBody(CallContext& context)
{
    auto type = mediaType(context.request.headers.get("Content-Type"));
    if (type.empty())
        type = "application/json";
    const auto* model = modelOf(context, type);
    if (!model) {
        context.step("Validate", "No model for " + type + ": the body is not checked");
        return {};
    }
    // AWS takes no body for an empty object.
    const auto& body = context.request.body;
    const auto found =
        violations(model->schema, body.empty() ? "{}" : body, modelSource(context.deployment->models));
    if (!found)
        return stop(GatewayResponseType::ApiConfigurationError,
            "The schema of model " + model->name + " is not usable: " + found.error().message);
    if (!found->empty()) {
        GatewayFailure failure{GatewayResponseType::BadRequestBody,
            type + ", model " + model->name + ": " + join(*found, "; "), "Invalid request body",
            "[" + join(*found, ", ") + "]"};
        return tl::unexpected(std::move(failure));
    }
    context.step("Validate", "The body is what model " + model->name + " says", trace::Verdict::Pass);
    return {};
}

}

StepResult validateRequest(CallContext& context, CallEnvironment&)
{
    const auto& id = context.method->requestValidatorId;
    const auto validator = context.deployment->validators.find(id);
    if (id.empty() || validator == context.deployment->validators.end())
        return {};
    if (validator->second.validateRequestParameters) {
        if (const auto checked = checkParameters(context); !checked)
            return checked;
    }
    return validator->second.validateRequestBody ? checkBody(context) : StepResult();
}

}
