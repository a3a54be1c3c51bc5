#include "core/apigateway/access_log.h"
#include "core/apigateway/account_records.h"
#include "core/apigateway/log_group_check.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/stage_rules.h"
#include "core/apigateway/tag_rules.h"
#include "core/apigateway/v2/access_log.h"
#include "core/apigateway/v2/requests.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

Result<> checkName(const Api& api, const std::string& name)
{
    if (name.empty())
        return fail(errors::badRequest("Stage name must be non-empty"));
    if (name.find('/') != name.npos)
        return fail(errors::badRequest("Stage name cannot contain slashes"));
    if (name == "$default" && api.isHttp())
        return {};
    return checkStageName(name);
}

Result<Stage*> findStage(ApiDraft& draft, const std::string& name)
{
    const auto found = draft.stages.find(name);
    if (found == draft.stages.end())
        return fail(errors::invalidStage());
    return &found->second;
}

bool logs(const RouteSettings& settings)
{
    return settings.loggingLevel == "INFO" || settings.loggingLevel == "ERROR";
}

// `mayLog`: the account names a role for logs.
Result<> checkSettings(
    const ClientCertificates& certificates, const Api& api, const Stage& stage, bool mayLog)
{
    if (api.isHttp() && !stage.clientCertificateId.empty())
        return fail(errors::badRequest("ClientCertificateId is only supported for WebSocket APIs"));
    CORE_CHECK(checkCertificate(certificates, api.region, stage.clientCertificateId));
    CORE_CHECK(checkVariables(stage.stageVariables));
    if (stage.accessLogSettings)
        CORE_CHECK(checkAccessLog(api, *stage.accessLogSettings, mayLog));
    const bool anyLogs = logs(stage.defaultRouteSettings)
        || std::any_of(stage.routeSettings.begin(), stage.routeSettings.end(),
            [](const auto& entry) { return logs(entry.second); });
    if (anyLogs && api.isHttp())
        return fail(errors::badRequest("Execution logs are not supported on protocolType HTTP"));
    if (anyLogs && !mayLog)
        return fail(loggingNeedsRole());
    for (const auto& [key, settings] : stage.routeSettings) {
        const bool known = std::any_of(api.routes.begin(), api.routes.end(),
            [&key = key](const auto& route) { return route.second.routeKey == key; });
        if (!known)
            return fail(errors::notFound(
                "Unable to find Route by key " + key + " within the provided RouteSettings"));
    }
    return {};
}

bool mayLog(ApiGatewayV2Service& service, const RequestContext& context)
{
    return !service.usage().account(context.region).cloudwatchRoleArn.empty();
}

Result<> setDeployment(ApiDraft& draft, Stage& stage, const json& input)
{
    if (!input.contains("deploymentId"))
        return {};
    if (stage.autoDeploy.value_or(false))
        return fail(errors::deploymentOfAutoStage(draft.api.account, draft.api.apiId));
    const auto id = text(input, "deploymentId");
    if (!draft.deployment(id))
        return fail(errors::badRequest("Deployment id does not exist"));
    stage.deploymentId = id;
    return {};
}

// What the logs service says of the destination that the input names.
Result<> findDestination(ApiGatewayV2Service& service, const RequestContext& context, const json& input)
{
    const auto settings = input.find("accessLogSettings");
    if (settings == input.end())
        return {};
    return findLogGroup(service.host().caller, text(*settings, "destinationArn"), context.region);
}

// A change of one stage that is answered with nothing.
Outcome changeStage(ApiGatewayV2Service& service, RequestContext& context, const Request& request,
    std::function<Result<>(Stage&)> change)
{
    return changeApi(service, context, request,
        [name = text(request.input(), "stageName"), now = context.now, change = std::move(change)](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto stage, findStage(draft, name));
            CORE_CHECK(change(*stage));
            stage->lastUpdatedDate = now;
            return json(nullptr);
        });
}

}

Result<Outcome> createStage(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request,
        [input = request.input(), now = context.now, mayLog = mayLog(service, context),
            &certificates = service.records().certificates,
            destination = findDestination(service, context, request.input())](
            ApiDraft& draft) -> Result<json> {
            const auto name = text(input, "stageName");
            CORE_CHECK(checkName(draft.api, name));
            if (draft.stages.contains(name))
                return fail(errors::conflict("Stage already exists"));
            CORE_CHECK(checkRoomOfV2(quotas::kStages, draft.stages.size()));
            Stage stage;
            merge(stage, input);
            stage.deploymentId.clear();
            stage.tags = stringMap(input, "tags");
            stage.createdDate = now;
            stage.lastUpdatedDate = now;
            if (!stage.autoDeploy.value_or(false))
                stage.autoDeploy.reset();
            CORE_CHECK(checkSettings(certificates, draft.api, stage, mayLog));
            CORE_CHECK(checkTags(stage.tags));
            CORE_CHECK(destination);
            CORE_CHECK(setDeployment(draft, stage, input));
            auto answer = toJson(stage);
            const bool automatic = stage.autoDeploy.has_value();
            draft.stages[name] = std::move(stage);
            // The first deployment comes after the answer, as on AWS.
            if (automatic)
                draft.deployAutomatically(now);
            return answer;
        });
}

Result<Outcome> getStages(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    return pageOfAll(request, state->stages);
}

Result<Outcome> getStage(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    const auto found = state->stages.find(text(request.input(), "stageName"));
    if (found == state->stages.end())
        return fail(errors::invalidStage());
    return Reply::of(toJson(found->second));
}

Result<Outcome> updateStage(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request,
        [input = request.input(), now = context.now, mayLog = mayLog(service, context),
            &certificates = service.records().certificates,
            destination = findDestination(service, context, request.input())](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto stage, findStage(draft, text(input, "stageName")));
            const auto deploymentId = stage->deploymentId;
            const bool wasAutomatic = stage->autoDeploy.value_or(false);
            merge(*stage, input);
            stage->deploymentId = deploymentId;
            if (!stage->autoDeploy.value_or(false))
                stage->autoDeploy.reset();
            CORE_CHECK(checkSettings(certificates, draft.api, *stage, mayLog));
            CORE_CHECK(destination);
            CORE_CHECK(setDeployment(draft, *stage, input));
            stage->lastUpdatedDate = now;
            auto answer = toJson(*stage);
            if (stage->autoDeploy && !wasAutomatic)
                draft.deployAutomatically(now);
            return answer;
        });
}

Result<Outcome> deleteStage(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request,
        [name = text(request.input(), "stageName")](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findStage(draft, name));
            draft.stages.erase(name);
            return json(nullptr);
        });
}

Result<Outcome> deleteAccessLogSettings(
    ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeStage(service, context, request, [](Stage& stage) -> Result<> {
        stage.accessLogSettings.reset();
        return {};
    });
}

Result<Outcome> deleteRouteSettings(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeStage(
        service, context, request, [key = text(request.input(), "routeKey")](Stage& stage) -> Result<> {
            if (stage.routeSettings.erase(key) == 0)
                return fail(errors::notFound(
                    "Unable to find Route by key " + key + " within the provided RouteSettings"));
            return {};
        });
}

Result<Outcome> resetAuthorizersCache(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeStage(service, context, request, [](Stage& stage) -> Result<> {
        // What authorizers answered before this is not taken any longer.
        ++stage.authorizersCacheEpoch;
        return {};
    });
}

}
