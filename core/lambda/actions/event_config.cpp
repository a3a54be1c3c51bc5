#include "core/lambda/actions.h"
#include "core/lambda/destinations.h"
#include "core/lambda/errors.h"
#include "core/lambda/page.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

// As messages name it: always with a qualifier.
std::string arnOf(const RequestContext& context, FunctionName name)
{
    if (name.qualifier.empty())
        name.qualifier = kLatest;
    return name.arn(context);
}

// The function, version or alias that a change is about.
Result<FunctionName> changed(LambdaService& service, RequestContext& context, const Request& request)
{
    const auto& input = request.input();
    if (!input.contains("MaximumRetryAttempts") && !input.contains("MaximumEventAgeInSeconds")
        && !input.contains("DestinationConfig"))
        return fail(errors::invalidParameter(
            "You must specify at least one of error handling or destination setting."));
    CORE_TRY(auto name, nameOf(context, request));
    if (!service.resolve(name.key(), name.qualifier).function)
        return fail(errors::eventFunctionMissing());
    return name;
}

Result<> takeDestination(LambdaService& service, const EventConfig& config, const json& destinations,
    const char* which, std::string& into)
{
    into = destinations.value(which, json::object()).value("Destination", "");
    if (into.empty())
        return {};
    return checkDestination(
        service, config.region + '/' + config.function, into, std::string_view(which) == "OnFailure");
}

Result<> take(LambdaService& service, const json& input, EventConfig& config)
{
    config.maxRetries = input.value("MaximumRetryAttempts", config.maxRetries);
    config.maxAge = input.value("MaximumEventAgeInSeconds", config.maxAge);
    if (!input.contains("DestinationConfig"))
        return {};
    const auto& destinations = input.at("DestinationConfig");
    CORE_CHECK(takeDestination(service, config, destinations, "OnSuccess", config.onSuccess));
    return takeDestination(service, config, destinations, "OnFailure", config.onFailure);
}

}

Result<Outcome> putFunctionEventInvokeConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto name, changed(service, context, request));
    EventConfig config;
    config.region = name.region;
    config.account = context.principal.account;
    config.function = name.name;
    config.qualifier = name.qualifier.empty() ? std::string(kLatest) : name.qualifier;
    config.modified = context.now;
    CORE_CHECK(take(service, request.input(), config));
    CORE_TRY(const auto kept, service.eventConfigs().put(std::move(config)));
    return aws::Reply::of(describe(*kept));
}

Result<Outcome> updateFunctionEventInvokeConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto name, changed(service, context, request));
    const auto before = service.eventConfigs().find(keyOf(name));
    if (!before)
        return fail(errors::noEventConfig(arnOf(context, name)));
    auto config = *before;
    config.modified = context.now;
    CORE_CHECK(take(service, request.input(), config));
    CORE_TRY(const auto kept, service.eventConfigs().put(std::move(config)));
    return aws::Reply::of(describe(*kept));
}

Result<Outcome> getFunctionEventInvokeConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, nameOf(context, request));
    const auto config = service.eventConfigs().find(keyOf(name));
    if (!config)
        return fail(errors::noEventConfig(arnOf(context, name)));
    return aws::Reply::of(describe(*config));
}

Result<Outcome> deleteFunctionEventInvokeConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, nameOf(context, request));
    const std::lock_guard guard(service.changing());
    if (!service.eventConfigs().find(keyOf(name)))
        return fail(errors::noEventConfig(arnOf(context, name)));
    CORE_CHECK(service.eventConfigs().erase(keyOf(name)));
    return aws::Reply{};
}

Result<Outcome> listFunctionEventInvokeConfigs(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, nameOf(context, request));
    CORE_TRY(const auto page, pageOf(request.input()));
    if (!service.functions().find(name.key()))
        return fail(errors::eventFunctionMissing());
    std::vector<std::pair<std::string, json>> entries;
    for (const auto& config : service.eventConfigs().below(name.key() + '/'))
        entries.emplace_back(config->qualifier, describe(*config));
    return aws::Reply::of(writePage(page, "FunctionEventInvokeConfigs", std::move(entries)));
}

}
