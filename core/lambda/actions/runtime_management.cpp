#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

json shown(const Function& function, const std::string& arn)
{
    json output{{"UpdateRuntimeOn", function.runtimeUpdates}, {"FunctionArn", arn}};
    output["RuntimeVersionArn"] = nullptr;
    if (function.runtimeUpdates == "Manual")
        output["RuntimeVersionArn"] = function.runtimeVersion;
    return output;
}

// $LATEST or a published version: an alias has no runtime of its own.
Result<Target> versionOf(LambdaService& service, RequestContext& context, const Request& request)
{
    CORE_TRY(auto found, findTarget(service, context, request));
    if (found.alias)
        return fail(errors::invalidParameter(
            "The qualifier must be $LATEST or a version number, not the alias " + found.alias->name + "."));
    return found;
}

}

Result<Outcome> putRuntimeManagementConfig(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto mode = input.at("UpdateRuntimeOn").get<std::string>();
    const auto version = input.value("RuntimeVersionArn", "");
    if (mode == "Manual" && version.empty())
        return fail(
            errors::invalidParameter("RuntimeVersionArn is required when UpdateRuntimeOn is Manual."));
    if (mode != "Manual" && !version.empty())
        return fail(
            errors::invalidParameter("RuntimeVersionArn can be given only when UpdateRuntimeOn is Manual."));
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto found, versionOf(service, context, request));
    const auto edit = [&](Function& function) -> Result<> {
        function.runtimeUpdates = mode;
        function.runtimeVersion = version;
        return {};
    };
    if (found.function->isLatest()) {
        CORE_TRY(const auto kept, service.functions().update(found.name.key(), edit));
        return aws::Reply::of(shown(*kept, found.name.arn(context)));
    }
    auto changed = *found.function;
    CORE_CHECK(edit(changed));
    CORE_TRY(const auto kept, service.versions().put(std::move(changed)));
    return aws::Reply::of(shown(*kept, found.name.arn(context)));
}

Result<Outcome> getRuntimeManagementConfig(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, versionOf(service, context, request));
    return aws::Reply::of(shown(*found.function, found.name.arn(context)));
}

}
