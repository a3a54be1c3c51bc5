#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

Result<Outcome> putFunctionRecursionConfig(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findFunction(service, context, request));
    if (!found.name.qualifier.empty())
        return fail(errors::unqualifiedOnly());
    CORE_TRY(
        const auto kept, service.functions().update(found.name.key(), [&](Function& function) -> Result<> {
            request.input().at("RecursiveLoop").get_to(function.recursiveLoop);
            return {};
        }));
    return aws::Reply::of({{"RecursiveLoop", kept->recursiveLoop}});
}

Result<Outcome> getFunctionRecursionConfig(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findFunction(service, context, request));
    return aws::Reply::of({{"RecursiveLoop", found.function->recursiveLoop}});
}

}
