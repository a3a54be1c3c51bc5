#include "core/base/ids.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/page.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

Result<std::shared_ptr<const UrlConfig>> find(
    LambdaService& service, RequestContext& context, const Request& request)
{
    CORE_TRY(const auto name, nameOf(context, request));
    auto config = service.urls().find(keyOf(name));
    if (!config)
        return fail(errors::resourceNotFound());
    return config;
}

void take(const json& input, UrlConfig& config)
{
    config.authType = input.value("AuthType", config.authType);
    config.invokeMode = input.value("InvokeMode", config.invokeMode);
    if (!input.contains("Cors"))
        return;
    const auto& cors = input.at("Cors");
    // An empty structure takes the settings away.
    config.cors = cors.empty() ? "" : cors.dump();
}

}

Result<Outcome> createFunctionUrlConfig(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto name, nameOf(context, request));
    const std::lock_guard guard(service.changing());
    const auto target = service.resolve(name.key(), name.qualifier);
    if (!target.function || (!name.qualifier.empty() && !target.alias))
        return fail(errors::functionMissing());
    UrlConfig config;
    config.region = name.region;
    config.account = target.function->account;
    config.function = name.name;
    config.qualifier = name.qualifier;
    config.id = randomLower(32);
    config.created = config.modified = context.now;
    take(input, config);
    if (service.urls().find(keyOf(name)))
        return fail(errors::urlExists(config.arn()));
    CORE_TRY(const auto kept, service.urls().put(std::move(config)));
    auto output = describe(*kept, service.host().endpoint());
    output.erase("LastModifiedTime");
    if (!input.contains("InvokeMode"))
        output.erase("InvokeMode");
    return aws::Reply::of(std::move(output));
}

Result<Outcome> updateFunctionUrlConfig(LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto before, find(service, context, request));
    auto config = *before;
    take(request.input(), config);
    config.modified = context.now;
    CORE_TRY(const auto kept, service.urls().put(std::move(config)));
    return aws::Reply::of(describe(*kept, service.host().endpoint()));
}

Result<Outcome> getFunctionUrlConfig(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto config, find(service, context, request));
    return aws::Reply::of(describe(*config, service.host().endpoint()));
}

Result<Outcome> deleteFunctionUrlConfig(LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto config, find(service, context, request));
    CORE_CHECK(service.urls().erase(recordKey(*config)));
    return aws::Reply{};
}

Result<Outcome> listFunctionUrlConfigs(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, nameOf(context, request));
    CORE_TRY(const auto page, pageOf(request.input()));
    if (!service.functions().find(name.key()))
        return fail(errors::functionMissing());
    std::vector<std::pair<std::string, json>> entries;
    for (const auto& config : service.urls().below(name.key() + '/'))
        entries.emplace_back(recordKey(*config), describe(*config, service.host().endpoint()));
    return aws::Reply::of(writePage(page, "FunctionUrlConfigs", std::move(entries)));
}

}
