#include "core/apigateway/call_context.h"
#include "core/apigateway/service_call.h"
#include "core/apigateway/v2/mapping_values.h"
#include "core/apigateway/v2/pipeline.h"
#include "core/apigateway/v2/subtypes.h"
#include "core/aws/json_text.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using nlohmann::json;

namespace {

constexpr const char* kJsonType = "application/x-amz-json-1.1";

// The values of the integration's parameters for this call; a JSON list stays one.
json parametersOf(Call& call)
{
    json parameters = json::object();
    for (const auto& [name, expression] : call.integration->requestParameters.value_or(StringMap{})) {
        const auto value = mappedValue(call, expression, MappingSide::Request);
        call.step("Map request", name + " = " + value.value_or("(nothing: " + expression + " is not there)"));
        if (!value)
            continue;
        const bool mayBeList = value->starts_with('[') && name != "MessageBody";
        const auto list = mayBeList ? aws::parseJson(*value) : Result<json>(json(nullptr));
        parameters[name] = list && list->is_array() ? *list : json(*value);
    }
    return parameters;
}

// Mapped values are text: numbers and attributes of messages become what SQS takes.
json typed(json parameters)
{
    for (const auto* name : {"DelaySeconds", "MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds"}) {
        const auto found = parameters.find(name);
        if (found == parameters.end() || !found->is_string())
            continue;
        if (const auto number = parseInteger(found->get_ref<const std::string&>()))
            *found = *number;
    }
    for (const auto* name : {"MessageAttributes", "MessageSystemAttributes"}) {
        const auto found = parameters.find(name);
        if (found == parameters.end() || !found->is_string())
            continue;
        if (auto parsed = aws::parseJson(found->get_ref<const std::string&>()))
            *found = *std::move(parsed);
    }
    return parameters;
}

http::Response jsonResponse(int status, const json& body)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", kJsonType);
    response.body = aws::writeJson(body);
    return response;
}

}

// EventBridge's PutEvents takes a list of events; the integration's parameters are one.
StepResult callService(Call& call, CallEnvironment& environment)
{
    const auto* subtype = findSubtype(call.integration->integrationSubtype);
    if (!subtype || subtype->service.empty())
        return internalError("Cloud Chamber does not support " + call.integration->integrationSubtype);
    auto entry = parametersOf(call);
    auto region = call.api->api.region;
    if (const auto named = entry.find("Region"); named != entry.end()) {
        region = named->is_string() ? named->get<std::string>() : region;
        entry.erase(named);
    }
    const json input = subtype->service == "events" ? json{{"Entries", json::array({std::move(entry)})}}
                                                    : typed(std::move(entry));
    call.step("Integrate", std::string(subtype->name) + " " + shownBody(aws::writeJson(input)));
    const Micros begin = steadyMicros();
    const Micros patience = call.integration->timeoutInMillis * kMillisecond;
    const auto answered = askInTime(environment.caller, environment.integrations, call.span,
        {std::string(subtype->service), std::string(subtype->action), std::make_shared<const json>(input), {},
            region, "integration", std::string(subtype->name), patience});
    call.integrationLatency = steadyMicros() - begin;
    if (!answered)
        return unavailable(503, std::string(subtype->name) + " has not answered in time");
    if (!*answered) {
        const auto& error = answered->error();
        call.integrationError = error.message;
        call.response = jsonResponse(error.kind == ErrorKind::Internal ? 500 : 400,
            {{"__type", error.code}, {"message", error.message}});
    } else {
        call.response = jsonResponse(200, (*answered)->json());
    }
    call.integrationStatus = call.response.status;
    call.step("Integrate",
        "Status " + std::to_string(call.response.status) + ", body " + shownBody(call.response.body),
        *answered ? trace::Verdict::Pass : trace::Verdict::Warn);
    return {};
}

}
