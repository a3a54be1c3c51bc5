#include "core/apigateway/test_call.h"

#include "core/apigateway/requests.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

namespace {

std::shared_ptr<const Deployment> undeployed(const RestApi& api)
{
    Deployment now;
    static_cast<ApiDefinition&>(now) = api;
    return std::make_shared<const Deployment>(std::move(now));
}

}

http::Request testRequest(const json& input, std::string method, std::string target)
{
    http::Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    for (const auto& [name, value] : stringMap(input, "headers"))
        request.headers.add(name, value);
    if (const auto multi = input.find("multiValueHeaders"); multi != input.end() && multi->is_object()) {
        for (const auto& [name, values] : multi->items()) {
            request.headers.remove(name);
            for (const auto& value : values)
                request.headers.add(name, value.get<std::string>());
        }
    }
    request.body = text(input, "body");
    return request;
}

CallContext newTestCall(const CallEnvironment& environment, const http::Request& request,
    trace::SpanScope& span, ApiPtr api, const json& input, std::string stage, ExecutionLog& log)
{
    auto call = newCallContext(environment, request, span);
    call.address = {.apiId = api->api.id,
        .stage = std::move(stage),
        .path = std::string(request.path()),
        .domain = "testPrefix.testDomainName"};
    call.deployment = undeployed(api->api);
    call.api = std::move(api);
    call.stageVariables = stringMap(input, "stageVariables");
    call.isTest = true;
    call.log = &log;
    return call;
}

}
