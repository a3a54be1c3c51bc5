#include "core/lambda/actions.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

// There are no code signing configurations here, so no function has one: tools that ask for it get AWS's
// answer.
namespace core::lambda {

Result<Outcome> getFunctionCodeSigningConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findFunction(service, context, request));
    return aws::Reply::of(nlohmann::json::object());
}

Result<Outcome> putFunctionCodeSigningConfig(LambdaService&, RequestContext&, Request& request)
{
    return fail(ErrorKind::NotFound, "CodeSigningConfigNotFoundException",
        "The code signing configuration cannot be found. Check that the provided configuration is not "
        "deleted: "
            + request.input().at("CodeSigningConfigArn").get<std::string>() + ".");
}

Result<Outcome> deleteFunctionCodeSigningConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findFunction(service, context, request));
    return aws::Reply{};
}

}
