#include "core/base/ids.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/function_name.h"
#include "core/lambda/function_settings.h"
#include "core/lambda/layer_library.h"
#include "core/lambda/version_publisher.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

Result<std::shared_ptr<const Function>> functionToChange(
    LambdaService& service, RequestContext& context, const Request& request)
{
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    auto function = service.current(name.key());
    if (!function || !name.isLatest())
        return fail(errors::functionNotFound(name.arn(context)));
    const auto revision = request.input().value("RevisionId", "");
    if (!revision.empty() && revision != function->revision)
        return fail(errors::staleRevision("GetFunction/GetAlias"));
    return function;
}

// The answer shows the update in progress under a revision of its own; what is kept is the end of it.
Result<Outcome> keep(LambdaService& service, const std::string& key, Micros now,
    const std::function<Result<>(Function&)>& change)
{
    json answer;
    CORE_TRY(const auto kept, service.functions().update(key, [&](Function& function) -> Result<> {
        CORE_CHECK(change(function));
        function.modified = now;
        ++function.generation;
        function.revision = newUuid();
        answer = configuration(function, Moment::Updated);
        function.revision = newUuid();
        return {};
    }));
    service.environments().endIdle(kept->key(), kLatest);
    return aws::Reply::of(std::move(answer));
}

}

Result<Outcome> updateFunctionCode(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(auto function, functionToChange(service, context, request));
    // A bucket may take its time: others change functions meanwhile.
    CORE_TRY(const auto zip, packageOf(service, context, input));
    if (input.value("DryRun", false)) {
        context.span.step("Dry run", "Nothing is changed");
        return aws::Reply::of(configuration(*function, Moment::Updated));
    }
    const std::lock_guard guard(service.changing());
    CORE_TRY(function, functionToChange(service, context, request));
    auto fresh = *function;
    CORE_CHECK(service.takeCode(fresh, zip));
    context.span.step("Unpacks the package",
        std::to_string(zip.size()) + " bytes into functions/" + fresh.folder, trace::Verdict::Pass);
    CORE_TRY(auto answer, keep(service, function->key(), context.now, [&](Function& changed) -> Result<> {
        changed.codeSha256 = fresh.codeSha256;
        changed.codeSize = fresh.codeSize;
        changed.digest = fresh.digest;
        changed.attachments.codeKey = input.value("SourceKMSKeyArn", "");
        return applySettings(changed, input);
    }));
    if (!input.value("Publish", false))
        return answer;
    CORE_TRY(const auto version, publishVersion(service, function->key(), {}));
    return aws::Reply::of(configuration(*version, Moment::Updated, ':' + version->version));
}

Result<Outcome> updateFunctionConfiguration(LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto function, functionToChange(service, context, request));
    CORE_TRY(auto answer, keep(service, function->key(), context.now, [&](Function& changed) -> Result<> {
        CORE_CHECK(applySettings(changed, request.input()));
        CORE_CHECK(applyDeadLetter(service, changed, request.input()));
        return applyLayers(service, changed, request.input());
    }));
    if (request.input().contains("Layers"))
        sweepLayers(service);
    return answer;
}

}
