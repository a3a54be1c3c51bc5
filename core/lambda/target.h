#pragma once

#include "core/lambda/function_name.h"
#include "core/lambda/service.h"

namespace core::lambda {

// What FunctionName and Qualifier of a request lead to: $LATEST, a version, or the version behind an alias.
struct Target {
    FunctionName name;
    std::shared_ptr<const Function> function;
    std::shared_ptr<const Alias> alias; // when the qualifier names one
};

// FunctionName and Qualifier of a request; names the function on the span.
Result<FunctionName> nameOf(aws::RequestContext& context, const aws::Request& request);
// Under which a record of one qualifier is kept: no qualifier means $LATEST.
std::string keyOf(const FunctionName& name);

// Fails with functionNotFound.
Result<Target> findTarget(LambdaService& service, aws::RequestContext& context, const aws::Request& request);

// $LATEST, for actions whose FunctionName may not carry another qualifier.
Result<Target> findFunction(
    LambdaService& service, aws::RequestContext& context, const aws::Request& request);

bool isVersionNumber(std::string_view qualifier);

}
