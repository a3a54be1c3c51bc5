#include "core/apigateway/v2/access_log.h"

#include "core/apigateway/access_log.h"
#include "core/apigateway/v2/errors.h"

namespace core::apigateway::v2 {

void writeAccessLog(Call& call, CallEnvironment& environment)
{
    const auto& settings = call.stage->accessLogSettings;
    if (!settings || settings->destinationArn.empty() || settings->format.empty())
        return;
    const auto group = logGroupOf(settings->destinationArn);
    if (!group)
        return call.step("Log", group.error().message, trace::Verdict::Warn);
    const auto line = accessLogLine(
        settings->format, [&call](std::string_view name) { return contextVariable(call, name); });
    call.step("Log", group->name + ": " + line);
    const auto& api = call.api->api;
    auto& logs = environment.logs;
    if (!logs.offer(
            placeIn(logs, *group, {api.region, api.apiId, call.stage->stageName}), {{call.now, line}}))
        call.step("Log", "Too many lines wait for the log: this one is dropped", trace::Verdict::Warn);
}

Result<> checkAccessLog(const Api& api, const AccessLogSettings& settings, bool mayLog)
{
    if (settings.destinationArn.empty() || settings.format.empty())
        return fail(errors::badRequest("Access Log value missing. Expected destinationArn and format."));
    CORE_CHECK(logGroupOf(settings.destinationArn));
    CORE_CHECK(checkAccessLogFormat(
        settings.format, api.isHttp() ? LoggedProtocol::Http : LoggedProtocol::WebSocket, isContextVariable));
    if (!api.isHttp() && !mayLog)
        return fail(loggingNeedsRole());
    return {};
}

}
