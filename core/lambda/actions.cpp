#include "core/lambda/actions.h"

#include "core/lambda/shapes.h"

namespace core::lambda {

namespace {

using aws::ActionInfo;
using aws::Effect;
using aws::Lane;
using aws::Shape;
using Row = aws::ActionRow<LambdaService>;

constexpr ActionInfo row(std::string_view name, Effect effect, const Shape& input, std::string_view method,
    std::string_view uri, int status = 200)
{
    ActionInfo info;
    info.name = name;
    info.lane = Lane::Blocking;
    info.effect = effect;
    info.input = &input;
    info.method = method;
    info.uri = uri;
    info.status = status;
    return info;
}

constexpr ActionInfo invokeRow()
{
    auto info = row(
        "Invoke", Effect::Data, shapes::kInvoke, "POST", "/2015-03-31/functions/{FunctionName}/invocations");
    info.payload = "Payload";
    return info;
}

constexpr ActionInfo streamRow()
{
    auto info = row("InvokeWithResponseStream", Effect::Data, shapes::kInvokeStream, "POST",
        "/2021-11-15/functions/{FunctionName}/response-streaming-invocations");
    info.payload = "Payload";
    return info;
}

constexpr std::string_view kNoInstances = "functions run on this computer, not on managed instances";
constexpr std::string_view kNotDurable = "functions are not durable: each invocation runs by itself";

constexpr Row absent(
    std::string_view name, std::string_view note, std::string_view method, std::string_view uri)
{
    return aws::absentAction<LambdaService>(name, note, method, uri);
}

const Row kRows[] = {
    {row("CreateFunction", Effect::Changes, shapes::kCreateFunction, "POST", "/2015-03-31/functions", 201),
        createFunction},
    {row("ListFunctions", Effect::Reads, shapes::kListFunctions, "GET", "/2015-03-31/functions"),
        listFunctions},
    {row("GetFunction", Effect::Reads, shapes::kGetFunction, "GET", "/2015-03-31/functions/{FunctionName}"),
        getFunction},
    {row("DeleteFunction", Effect::Changes, shapes::kDeleteFunction, "DELETE",
         "/2015-03-31/functions/{FunctionName}", 204),
        deleteFunction},
    {row("UpdateFunctionCode", Effect::Changes, shapes::kUpdateFunctionCode, "PUT",
         "/2015-03-31/functions/{FunctionName}/code"),
        updateFunctionCode},
    {row("GetFunctionConfiguration", Effect::Reads, shapes::kGetFunction, "GET",
         "/2015-03-31/functions/{FunctionName}/configuration"),
        getFunctionConfiguration},
    {row("UpdateFunctionConfiguration", Effect::Changes, shapes::kUpdateFunctionConfiguration, "PUT",
         "/2015-03-31/functions/{FunctionName}/configuration"),
        updateFunctionConfiguration},
    {invokeRow(), invoke},
    {row("AddPermission", Effect::Changes, shapes::kAddPermission, "POST",
         "/2015-03-31/functions/{FunctionName}/policy", 201),
        addPermission},
    {row("GetPolicy", Effect::Reads, shapes::kGetPolicy, "GET",
         "/2015-03-31/functions/{FunctionName}/policy"),
        getPolicy},
    {row("RemovePermission", Effect::Changes, shapes::kRemovePermission, "DELETE",
         "/2015-03-31/functions/{FunctionName}/policy/{StatementId}", 204),
        removePermission},

    {row("PublishVersion", Effect::Changes, shapes::kPublishVersion, "POST",
         "/2015-03-31/functions/{FunctionName}/versions", 201),
        publishVersion},
    {row("ListVersionsByFunction", Effect::Reads, shapes::kListVersionsByFunction, "GET",
         "/2015-03-31/functions/{FunctionName}/versions"),
        listVersionsByFunction},
    {row("CreateAlias", Effect::Changes, shapes::kCreateAlias, "POST",
         "/2015-03-31/functions/{FunctionName}/aliases", 201),
        createAlias},
    {row("ListAliases", Effect::Reads, shapes::kListAliases, "GET",
         "/2015-03-31/functions/{FunctionName}/aliases"),
        listAliases},
    {row("GetAlias", Effect::Reads, shapes::kAlias, "GET",
         "/2015-03-31/functions/{FunctionName}/aliases/{Name}"),
        getAlias},
    {row("UpdateAlias", Effect::Changes, shapes::kUpdateAlias, "PUT",
         "/2015-03-31/functions/{FunctionName}/aliases/{Name}"),
        updateAlias},
    {row("DeleteAlias", Effect::Changes, shapes::kAlias, "DELETE",
         "/2015-03-31/functions/{FunctionName}/aliases/{Name}", 204),
        deleteAlias},
    {row("ListTags", Effect::Reads, shapes::kListTags, "GET", "/2017-03-31/tags/{Resource}"), listTags},
    {row("TagResource", Effect::Changes, shapes::kTagResource, "POST", "/2017-03-31/tags/{Resource}", 204),
        tagResource},
    {row("UntagResource", Effect::Changes, shapes::kUntagResource, "DELETE", "/2017-03-31/tags/{Resource}",
         204),
        untagResource},
    {row("GetAccountSettings", Effect::Reads, shapes::kNothing, "GET", "/2016-08-19/account-settings"),
        getAccountSettings},
    {row("PutFunctionConcurrency", Effect::Changes, shapes::kPutFunctionConcurrency, "PUT",
         "/2017-10-31/functions/{FunctionName}/concurrency"),
        putFunctionConcurrency},
    {row("GetFunctionConcurrency", Effect::Reads, shapes::kFunctionConcurrency, "GET",
         "/2019-09-30/functions/{FunctionName}/concurrency"),
        getFunctionConcurrency},
    {row("DeleteFunctionConcurrency", Effect::Changes, shapes::kFunctionConcurrency, "DELETE",
         "/2017-10-31/functions/{FunctionName}/concurrency", 204),
        deleteFunctionConcurrency},
    {row("PutProvisionedConcurrencyConfig", Effect::Changes, shapes::kPutProvisionedConcurrency, "PUT",
         "/2019-09-30/functions/{FunctionName}/provisioned-concurrency", 202),
        putProvisionedConcurrencyConfig},
    {row("GetProvisionedConcurrencyConfig", Effect::Reads, shapes::kProvisionedConcurrency, "GET",
         "/2019-09-30/functions/{FunctionName}/provisioned-concurrency"),
        getProvisionedConcurrencyConfig},
    {row("DeleteProvisionedConcurrencyConfig", Effect::Changes, shapes::kProvisionedConcurrency, "DELETE",
         "/2019-09-30/functions/{FunctionName}/provisioned-concurrency", 204),
        deleteProvisionedConcurrencyConfig},
    {row("ListProvisionedConcurrencyConfigs", Effect::Reads, shapes::kListProvisionedConcurrency, "GET",
         "/2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL"),
        listProvisionedConcurrencyConfigs},

    {row("PublishLayerVersion", Effect::Changes, shapes::kPublishLayerVersion, "POST",
         "/2018-10-31/layers/{LayerName}/versions", 201),
        publishLayerVersion},
    {row("ListLayerVersions", Effect::Reads, shapes::kListLayerVersions, "GET",
         "/2018-10-31/layers/{LayerName}/versions"),
        listLayerVersions},
    {row("ListLayers", Effect::Reads, shapes::kListLayers, "GET", "/2018-10-31/layers"), listLayers},
    {row("GetLayerVersionByArn", Effect::Reads, shapes::kLayerVersionByArn, "GET",
         "/2018-10-31/layers?find=LayerVersion"),
        getLayerVersionByArn},
    {row("GetLayerVersion", Effect::Reads, shapes::kLayerVersion, "GET",
         "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}"),
        getLayerVersion},
    {row("DeleteLayerVersion", Effect::Changes, shapes::kLayerVersion, "DELETE",
         "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}", 204),
        deleteLayerVersion},
    {row("AddLayerVersionPermission", Effect::Changes, shapes::kAddLayerPermission, "POST",
         "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy", 201),
        addLayerVersionPermission},
    {row("GetLayerVersionPolicy", Effect::Reads, shapes::kLayerVersion, "GET",
         "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy"),
        getLayerVersionPolicy},
    {row("RemoveLayerVersionPermission", Effect::Changes, shapes::kRemoveLayerPermission, "DELETE",
         "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}", 204),
        removeLayerVersionPermission},

    {row("PutFunctionEventInvokeConfig", Effect::Changes, shapes::kPutEventConfig, "PUT",
         "/2019-09-25/functions/{FunctionName}/event-invoke-config"),
        putFunctionEventInvokeConfig},
    {row("UpdateFunctionEventInvokeConfig", Effect::Changes, shapes::kPutEventConfig, "POST",
         "/2019-09-25/functions/{FunctionName}/event-invoke-config"),
        updateFunctionEventInvokeConfig},
    {row("GetFunctionEventInvokeConfig", Effect::Reads, shapes::kEventConfig, "GET",
         "/2019-09-25/functions/{FunctionName}/event-invoke-config"),
        getFunctionEventInvokeConfig},
    {row("DeleteFunctionEventInvokeConfig", Effect::Changes, shapes::kEventConfig, "DELETE",
         "/2019-09-25/functions/{FunctionName}/event-invoke-config", 204),
        deleteFunctionEventInvokeConfig},
    {row("ListFunctionEventInvokeConfigs", Effect::Reads, shapes::kListEventConfigs, "GET",
         "/2019-09-25/functions/{FunctionName}/event-invoke-config/list"),
        listFunctionEventInvokeConfigs},

    {row("CreateEventSourceMapping", Effect::Changes, shapes::kCreateMapping, "POST",
         "/2015-03-31/event-source-mappings", 202),
        createEventSourceMapping},
    {row("ListEventSourceMappings", Effect::Reads, shapes::kListMappings, "GET",
         "/2015-03-31/event-source-mappings"),
        listEventSourceMappings},
    {row("GetEventSourceMapping", Effect::Reads, shapes::kMapping, "GET",
         "/2015-03-31/event-source-mappings/{UUID}"),
        getEventSourceMapping},
    {row("UpdateEventSourceMapping", Effect::Changes, shapes::kUpdateMapping, "PUT",
         "/2015-03-31/event-source-mappings/{UUID}", 202),
        updateEventSourceMapping},
    {row("DeleteEventSourceMapping", Effect::Changes, shapes::kMapping, "DELETE",
         "/2015-03-31/event-source-mappings/{UUID}", 202),
        deleteEventSourceMapping},

    {row("CreateFunctionUrlConfig", Effect::Changes, shapes::kCreateUrl, "POST",
         "/2021-10-31/functions/{FunctionName}/url", 201),
        createFunctionUrlConfig},
    {row("UpdateFunctionUrlConfig", Effect::Changes, shapes::kUpdateUrl, "PUT",
         "/2021-10-31/functions/{FunctionName}/url"),
        updateFunctionUrlConfig},
    {row("GetFunctionUrlConfig", Effect::Reads, shapes::kUrl, "GET",
         "/2021-10-31/functions/{FunctionName}/url"),
        getFunctionUrlConfig},
    {row("DeleteFunctionUrlConfig", Effect::Changes, shapes::kUrl, "DELETE",
         "/2021-10-31/functions/{FunctionName}/url", 204),
        deleteFunctionUrlConfig},
    {row("ListFunctionUrlConfigs", Effect::Reads, shapes::kListUrls, "GET",
         "/2021-10-31/functions/{FunctionName}/urls"),
        listFunctionUrlConfigs},
    {streamRow(), invokeWithResponseStream},

    {row("PutFunctionRecursionConfig", Effect::Changes, shapes::kPutRecursion, "PUT",
         "/2024-08-31/functions/{FunctionName}/recursion-config"),
        putFunctionRecursionConfig},
    {row("GetFunctionRecursionConfig", Effect::Reads, shapes::kPlainFunction, "GET",
         "/2024-08-31/functions/{FunctionName}/recursion-config"),
        getFunctionRecursionConfig},
    {row("GetFunctionCodeSigningConfig", Effect::Reads, shapes::kPlainFunction, "GET",
         "/2020-06-30/functions/{FunctionName}/code-signing-config"),
        getFunctionCodeSigningConfig},
    {row("PutFunctionCodeSigningConfig", Effect::Changes, shapes::kPutCodeSigning, "PUT",
         "/2020-06-30/functions/{FunctionName}/code-signing-config"),
        putFunctionCodeSigningConfig},
    {row("DeleteFunctionCodeSigningConfig", Effect::Changes, shapes::kPlainFunction, "DELETE",
         "/2020-06-30/functions/{FunctionName}/code-signing-config", 204),
        deleteFunctionCodeSigningConfig},

    {row("CreateCodeSigningConfig", Effect::Changes, shapes::kCreateCodeSigning, "POST",
         "/2020-04-22/code-signing-configs", 201),
        createCodeSigningConfig},
    {row("ListCodeSigningConfigs", Effect::Reads, shapes::kListCodeSigning, "GET",
         "/2020-04-22/code-signing-configs"),
        listCodeSigningConfigs},
    {row("GetCodeSigningConfig", Effect::Reads, shapes::kCodeSigning, "GET",
         "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}"),
        getCodeSigningConfig},
    {row("UpdateCodeSigningConfig", Effect::Changes, shapes::kUpdateCodeSigning, "PUT",
         "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}"),
        updateCodeSigningConfig},
    {row("DeleteCodeSigningConfig", Effect::Changes, shapes::kCodeSigning, "DELETE",
         "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}", 204),
        deleteCodeSigningConfig},
    {row("ListFunctionsByCodeSigningConfig", Effect::Reads, shapes::kFunctionsOfCodeSigning, "GET",
         "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions"),
        listFunctionsByCodeSigningConfig},
    {row("PutRuntimeManagementConfig", Effect::Changes, shapes::kPutRuntimeManagement, "PUT",
         "/2021-07-20/functions/{FunctionName}/runtime-management-config"),
        putRuntimeManagementConfig},
    {row("GetRuntimeManagementConfig", Effect::Reads, shapes::kRuntimeManagement, "GET",
         "/2021-07-20/functions/{FunctionName}/runtime-management-config"),
        getRuntimeManagementConfig},

    absent("InvokeAsync", "AWS has put Invoke with InvocationType Event in its place", "POST",
        "/2014-11-13/functions/{FunctionName}/invoke-async"),
    absent("CreateCapacityProvider", kNoInstances, "POST", "/2025-11-30/capacity-providers"),
    absent("ListCapacityProviders", kNoInstances, "GET", "/2025-11-30/capacity-providers"),
    absent(
        "GetCapacityProvider", kNoInstances, "GET", "/2025-11-30/capacity-providers/{CapacityProviderName}"),
    absent("UpdateCapacityProvider", kNoInstances, "PUT",
        "/2025-11-30/capacity-providers/{CapacityProviderName}"),
    absent("DeleteCapacityProvider", kNoInstances, "DELETE",
        "/2025-11-30/capacity-providers/{CapacityProviderName}"),
    absent("ListFunctionVersionsByCapacityProvider", kNoInstances, "GET",
        "/2025-11-30/capacity-providers/{CapacityProviderName}/function-versions"),
    absent("PutFunctionScalingConfig", kNoInstances, "PUT",
        "/2025-11-30/functions/{FunctionName}/function-scaling-config"),
    absent("GetFunctionScalingConfig", kNoInstances, "GET",
        "/2025-11-30/functions/{FunctionName}/function-scaling-config"),
    absent("CheckpointDurableExecution", kNotDurable, "POST",
        "/2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint"),
    absent("GetDurableExecution", kNotDurable, "GET", "/2025-12-01/durable-executions/{DurableExecutionArn}"),
    absent("GetDurableExecutionHistory", kNotDurable, "GET",
        "/2025-12-01/durable-executions/{DurableExecutionArn}/history"),
    absent("GetDurableExecutionState", kNotDurable, "GET",
        "/2025-12-01/durable-executions/{DurableExecutionArn}/state"),
    absent("ListDurableExecutionsByFunction", kNotDurable, "GET",
        "/2025-12-01/functions/{FunctionName}/durable-executions"),
    absent("StopDurableExecution", kNotDurable, "POST",
        "/2025-12-01/durable-executions/{DurableExecutionArn}/stop"),
    absent("SendDurableExecutionCallbackSuccess", kNotDurable, "POST",
        "/2025-12-01/durable-execution-callbacks/{CallbackId}/succeed"),
    absent("SendDurableExecutionCallbackFailure", kNotDurable, "POST",
        "/2025-12-01/durable-execution-callbacks/{CallbackId}/fail"),
    absent("SendDurableExecutionCallbackHeartbeat", kNotDurable, "POST",
        "/2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat"),

    {row("ListEnvironments", Effect::Reads, shapes::kOwnFunction, "GET",
         "/_chamber/lambda/functions/{FunctionName}/environments"),
        listEnvironments},
    {row("EndEnvironments", Effect::Changes, shapes::kOwnFunction, "DELETE",
         "/_chamber/lambda/functions/{FunctionName}/environments"),
        endEnvironments},
    {row("ListAllEnvironments", Effect::Reads, shapes::kNothing, "GET", "/_chamber/lambda/environments"),
        listAllEnvironments},
    {row("SetEnvironmentState", Effect::Changes, shapes::kOwnEnvironmentState, "PUT",
         "/_chamber/lambda/functions/{FunctionName}/environments/{EnvironmentId}"),
        setEnvironmentState},
    {row("StartDebugging", Effect::Changes, shapes::kOwnDebugging, "PUT",
         "/_chamber/lambda/functions/{FunctionName}/debug"),
        startDebugging},
    {row("DescribeDebugging", Effect::Reads, shapes::kOwnFunction, "GET",
         "/_chamber/lambda/functions/{FunctionName}/debug"),
        describeDebugging},
    {row("EndDebugging", Effect::Changes, shapes::kOwnFunction, "DELETE",
         "/_chamber/lambda/functions/{FunctionName}/debug"),
        endDebugging},
    {row("ListRuns", Effect::Reads, shapes::kOwnFunction, "GET",
         "/_chamber/lambda/functions/{FunctionName}/runs"),
        listRuns},
    {row("CreateFunctionFromFolder", Effect::Changes, shapes::kOwnCreateFromFolder, "POST",
         "/_chamber/lambda/functions", 201),
        createFunctionFromFolder},
    {row("UpdateFunctionFromFolder", Effect::Changes, shapes::kOwnUpdateFromFolder, "PUT",
         "/_chamber/lambda/functions/{FunctionName}/folder"),
        updateFunctionFromFolder},
    {row("ListFiles", Effect::Reads, shapes::kOwnFunction, "GET",
         "/_chamber/lambda/functions/{FunctionName}/files"),
        listFiles},
    {row("ReadFile", Effect::Reads, shapes::kOwnFile, "GET",
         "/_chamber/lambda/functions/{FunctionName}/files/{Path+}"),
        readFile},
    {row("WriteFile", Effect::Changes, shapes::kOwnWriteFile, "PUT",
         "/_chamber/lambda/functions/{FunctionName}/files/{Path+}"),
        writeFile},
    {row("RenameFile", Effect::Changes, shapes::kOwnRenameFile, "POST",
         "/_chamber/lambda/functions/{FunctionName}/files/{Path+}"),
        renameFile},
    {row("DeleteFile", Effect::Changes, shapes::kOwnFile, "DELETE",
         "/_chamber/lambda/functions/{FunctionName}/files/{Path+}"),
        deleteFile},
    {row("GetPackage", Effect::Reads, shapes::kOwnPackage, "GET",
         "/_chamber/lambda/functions/{FunctionName}/package"),
        getPackage},
    {row("GetLayerPackage", Effect::Reads, shapes::kLayerPackage, "GET",
         "/_chamber/lambda/layers/{LayerName}/versions/{VersionNumber}/package"),
        getLayerPackage},
};

}

std::span<const Row> LambdaService::rows()
{
    return kRows;
}

}
