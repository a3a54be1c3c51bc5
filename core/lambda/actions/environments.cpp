#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/sandbox.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

std::string_view textOf(EnvironmentState state)
{
    switch (state) {
    case EnvironmentState::Starting:
        return "Starting";
    case EnvironmentState::Idle:
        return "Idle";
    case EnvironmentState::Busy:
    case EnvironmentState::Settling:
        return "Busy";
    case EnvironmentState::Frozen:
        return "Frozen";
    case EnvironmentState::Ended:
        break;
    }
    return "Ended";
}

json describe(const EnvironmentView& view)
{
    return {{"Id", view.id}, {"State", textOf(view.state)}, {"Invocations", view.invocations},
        {"Version", view.version}, {"Provisioned", view.provisioned}, {"Pid", view.pid},
        {"StartedMicros", view.started}, {"LastUsedMicros", view.lastUsed}, {"InitMicros", view.init},
        {"LogStream", view.logStream}, {"Frozen", view.frozen},
        {"Isolation", view.enclosed ? "bubblewrap" : "process group"}};
}

}

Result<Outcome> listEnvironments(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    json output = {{"Environments", json::array()}, {"Limit", kMaxEnvironments},
        {"Waiting", service.environments().waiting(function->key())}};
    for (const auto& view : service.environments().list(function->key()))
        output["Environments"].push_back(describe(view));
    return aws::Reply::of(std::move(output));
}

Result<Outcome> listAllEnvironments(LambdaService& service, RequestContext&, Request&)
{
    json output = {{"Environments", json::array()}};
    for (const auto& [key, views] : service.environments().listAll()) {
        const auto slash = key.find('/');
        for (const auto& view : views) {
            auto entry = describe(view);
            entry["Region"] = key.substr(0, slash);
            entry["FunctionName"] = key.substr(slash + 1);
            output["Environments"].push_back(std::move(entry));
        }
    }
    const bool encloses = findBubblewrap().has_value();
    output["Isolation"] = encloses ? "bubblewrap" : "process group";
    if (!encloses)
        output["IsolationNote"] = noSandboxReason();
    return aws::Reply::of(std::move(output));
}

Result<Outcome> endEnvironments(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    const int ended = service.environments().endIdle(function->key());
    context.span.step(
        "Ends idle environments", std::to_string(ended) + " were idle: the next invocation starts cold");
    return aws::Reply::of({{"Ended", ended}});
}

Result<Outcome> setEnvironmentState(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    const std::string id = request.input().at("EnvironmentId");
    const std::string wanted = request.input().at("State");
    auto& pool = service.environments();
    const auto environment = pool.find(function->key(), id);
    if (!environment)
        return fail(ErrorKind::NotFound, "ResourceNotFoundException",
            "Function " + function->name + " has no execution environment " + id);
    if (wanted == "Frozen") {
        environment->freeze();
        context.span.step("Freezes the environment", "It stands still until its next invocation, or Thawed");
    } else if (wanted == "Thawed") {
        environment->thaw();
        context.span.step("Thaws the environment", "Its timers and threads go on until its next freeze");
    } else {
        pool.reclaimOne(function->key(), id);
        context.span.step("Reclaims the environment",
            environment->hasEnded() ? "It was idle" : "It is busy and ends after its invocation");
    }
    return aws::Reply::of(describe(environment->view()));
}

}
