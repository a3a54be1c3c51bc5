#pragma once

#include "core/lambda/service.h"

namespace core::lambda {

// The actions, one function each, named as on the wire. All run on the pool: they write files or wait for
// functions.
using aws::Outcome;
using aws::Request;
using aws::RequestContext;

Result<Outcome> createFunction(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> updateFunctionCode(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> updateFunctionConfiguration(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getFunction(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getFunctionConfiguration(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listFunctions(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteFunction(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> invoke(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> addPermission(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> removePermission(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getPolicy(LambdaService& service, RequestContext& context, Request& request);

// Own actions, for the workbench: below /_chamber/lambda/.
Result<Outcome> listEnvironments(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> endEnvironments(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listRuns(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listFiles(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> readFile(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> writeFile(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> renameFile(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteFile(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getPackage(LambdaService& service, RequestContext& context, Request& request);

}
