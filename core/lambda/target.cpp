#include "core/lambda/target.h"

#include "core/lambda/errors.h"

#include <algorithm>

namespace core::lambda {

bool isVersionNumber(std::string_view qualifier)
{
    return !qualifier.empty()
        && std::all_of(qualifier.begin(), qualifier.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<FunctionName> nameOf(aws::RequestContext& context, const aws::Request& request)
{
    CORE_TRY(auto name, functionNameOf(context, request));
    context.touch(name.name);
    return name;
}

std::string keyOf(const FunctionName& name)
{
    return name.key() + '/' + (name.qualifier.empty() ? std::string(kLatest) : name.qualifier);
}

Result<Target> findTarget(LambdaService& service, aws::RequestContext& context, const aws::Request& request)
{
    CORE_TRY(auto name, nameOf(context, request));
    auto found = service.resolve(name.key(), name.qualifier);
    if (!found.function)
        return fail(errors::functionNotFound(name.arn(context)));
    return Target{std::move(name), std::move(found.function), std::move(found.alias)};
}

Result<Target> findFunction(LambdaService& service, aws::RequestContext& context, const aws::Request& request)
{
    CORE_TRY(auto name, nameOf(context, request));
    auto function = service.current(name.key());
    if (!function || !name.isLatest())
        return fail(errors::functionNotFound(name.arn(context)));
    return Target{std::move(name), std::move(function), nullptr};
}

}
