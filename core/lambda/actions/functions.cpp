#include "core/base/hash.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/function_name.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

struct Found {
    std::shared_ptr<const Function> function;
    FunctionName name;
};

Result<Found> find(LambdaService& service, RequestContext& context, const Request& request)
{
    CORE_TRY(auto name, functionNameOf(context, request));
    context.touch(name.name);
    auto function = service.current(name.key());
    if (!function || !name.isLatest())
        return fail(errors::functionNotFound(name.arn(context)));
    return Found{std::move(function), std::move(name)};
}

}

Result<Outcome> getFunction(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, find(service, context, request));
    const auto& function = *found.function;
    json output = {{"Configuration", configuration(function, Moment::Settled, found.name.suffix())},
        {"Code",
            {{"RepositoryType", "S3"},
                {"Location",
                    service.host().endpoint() + "/_chamber/lambda/functions/" + function.name
                        + "/package?Region=" + function.region}}}};
    if (!function.tags.empty())
        output["Tags"] = function.tags;
    return aws::Reply::of(std::move(output));
}

Result<Outcome> getFunctionConfiguration(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, find(service, context, request));
    return aws::Reply::of(configuration(*found.function, Moment::Settled, found.name.suffix()));
}

Result<Outcome> listFunctions(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto marker = input.value("Marker", "");
    const auto after = unbase64(marker);
    if (!after)
        return fail(errors::invalidParameter("Invalid Marker"));
    // AWS gives at most 50, whatever is asked for.
    const auto limit = std::min<std::size_t>(input.value("MaxItems", std::size_t{50}), 50);
    const bool withVersions = input.value("FunctionVersion", "") == "ALL";
    auto functions = service.functions().list(context.region, *after, limit + 1);
    json output = {{"Functions", json::array()}};
    if (functions.size() > limit) {
        functions.pop_back();
        output["NextMarker"] = base64(functions.back()->name);
    }
    for (const auto& function : functions)
        output["Functions"].push_back(
            configuration(*function, Moment::Listed, withVersions ? ":$LATEST" : ""));
    return aws::Reply::of(std::move(output));
}

Result<Outcome> deleteFunction(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    if (name.qualifier == "$LATEST")
        return fail(
            errors::invalidParameter("$LATEST version cannot be deleted without deleting the function."));
    if (!name.qualifier.empty())
        return fail(errors::aliasesNotDeleted());
    const std::lock_guard guard(service.creating());
    CORE_TRY(const auto function, service.functions().erase(name.key()));
    if (!function)
        return fail(errors::functionNotFound(name.arn(context)));
    service.sources().forget(name.key());
    service.environments().endIdle(name.key());
    service.history().forget(name.key());
    std::error_code failed;
    std::filesystem::remove_all(service.folderOf(*function), failed);
    return aws::Reply{};
}

}
