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
Result<Outcome> publishVersion(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listVersionsByFunction(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> createAlias(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> updateAlias(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getAlias(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteAlias(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listAliases(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> tagResource(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> untagResource(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listTags(LambdaService& service, RequestContext& context, Request& request);
Result<> checkTags(const std::map<std::string, std::string>& tags);
Result<Outcome> getAccountSettings(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> putFunctionConcurrency(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getFunctionConcurrency(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteFunctionConcurrency(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> putProvisionedConcurrencyConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getProvisionedConcurrencyConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteProvisionedConcurrencyConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listProvisionedConcurrencyConfigs(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> publishLayerVersion(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getLayerVersion(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getLayerVersionByArn(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getLayerPackage(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listLayers(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listLayerVersions(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteLayerVersion(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> addLayerVersionPermission(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> removeLayerVersionPermission(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getLayerVersionPolicy(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> putFunctionEventInvokeConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> updateFunctionEventInvokeConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getFunctionEventInvokeConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteFunctionEventInvokeConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listFunctionEventInvokeConfigs(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> createEventSourceMapping(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getEventSourceMapping(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listEventSourceMappings(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> updateEventSourceMapping(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteEventSourceMapping(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> createFunctionUrlConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> updateFunctionUrlConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getFunctionUrlConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteFunctionUrlConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listFunctionUrlConfigs(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> invokeWithResponseStream(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> putFunctionRecursionConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getFunctionRecursionConfig(LambdaService& service, RequestContext& context, Request& request);
// Fails with codeSigningNotFound.
Result<> checkCodeSigning(LambdaService& service, const std::string& arn);
Result<Outcome> createCodeSigningConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getCodeSigningConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> updateCodeSigningConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteCodeSigningConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listCodeSigningConfigs(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> listFunctionsByCodeSigningConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> putRuntimeManagementConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getRuntimeManagementConfig(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getFunctionCodeSigningConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> putFunctionCodeSigningConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> deleteFunctionCodeSigningConfig(
    LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> addPermission(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> removePermission(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> getPolicy(LambdaService& service, RequestContext& context, Request& request);

// Own actions, for the workbench: below /_chamber/lambda/.
// What their functions are called by; a `Region` among the input goes before the caller's.
Result<std::shared_ptr<const Function>> ownFunctionOf(
    LambdaService& service, RequestContext& context, const Request& request);
Result<Outcome> listAllEnvironments(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> startDebugging(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> createFunctionFromFolder(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> updateFunctionFromFolder(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> describeDebugging(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> endDebugging(LambdaService& service, RequestContext& context, Request& request);
Result<Outcome> setEnvironmentState(LambdaService& service, RequestContext& context, Request& request);
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
