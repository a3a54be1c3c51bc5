#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/layer_library.h"
#include "core/lambda/page.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

Result<Outcome> getFunction(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findTarget(service, context, request));
    const auto& function = *found.function;
    auto location = service.host().endpoint() + "/_chamber/lambda/functions/" + function.name
        + "/package?Region=" + function.region;
    if (!function.isLatest())
        location += "&Qualifier=" + function.version;
    json output = {{"Configuration", configuration(function, Moment::Settled, found.name.suffix())},
        {"Code", {{"RepositoryType", "S3"}, {"Location", std::move(location)}}}};
    if (!function.attachments.codeKey.empty())
        output["Code"]["SourceKMSKeyArn"] = function.attachments.codeKey;
    const auto latest = service.functions().find(function.key());
    if (latest && !latest->tags.empty())
        output["Tags"] = latest->tags;
    if (latest && latest->reserved >= 0)
        output["Concurrency"] = {{"ReservedConcurrentExecutions", latest->reserved}};
    return aws::Reply::of(std::move(output));
}

Result<Outcome> getFunctionConfiguration(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findTarget(service, context, request));
    return aws::Reply::of(configuration(*found.function, Moment::Settled, found.name.suffix()));
}

namespace {

std::string versionPlace(const Function& version)
{
    const auto key = recordKey(version);
    return version.name + ' ' + key.substr(key.rfind('/') + 1);
}

}

Result<Outcome> listFunctions(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto page, pageOf(input));
    const bool withVersions = input.value("FunctionVersion", "") == "ALL";
    // A place is "name " for $LATEST and "name 00000003" for a version: places are in the order of names, as
    // a blank is less than all that names hold.
    const auto after = page.after.substr(0, page.after.find(' '));
    std::vector<std::pair<std::string, json>> entries;
    const auto add = [&](const Function& function) {
        entries.emplace_back(
            function.name + ' ', configuration(function, Moment::Listed, withVersions ? ":$LATEST" : ""));
        if (!withVersions)
            return;
        for (const auto& version : service.versions().below(function.key() + '/'))
            entries.emplace_back(
                versionPlace(*version), configuration(*version, Moment::Listed, ':' + version->version));
    };
    // The function at which the last page ended may have more versions.
    if (const auto first = after.empty() ? nullptr : service.functions().find(context.region + '/' + after))
        add(*first);
    for (const auto& function : service.functions().list(context.region, after, page.limit + 1))
        add(*function);
    return aws::Reply::of(writePage(page, "Functions", std::move(entries)));
}

namespace {

Result<Outcome> deleteVersion(LambdaService& service, const FunctionName& name)
{
    const auto version = service.versions().find(versionKey(name.key(), name.qualifier));
    // Deleting none is no error on AWS.
    if (!version)
        return aws::Reply{};
    for (const auto& alias : service.aliases().below(name.key() + '/')) {
        if (alias->version == name.qualifier || alias->weights.contains(name.qualifier))
            return fail(errors::versionHasAliases(version->arn() + ':' + version->version, alias->name));
    }
    const auto key = name.key() + '/' + name.qualifier;
    CORE_CHECK(service.provisionedConfigs().erase(key));
    CORE_CHECK(service.eventConfigs().erase(key));
    CORE_CHECK(service.versions().erase(recordKey(*version)));
    service.concurrency().setProvisioned(*version, 0);
    service.discard(*version);
    return aws::Reply{};
}

void forgetBelow(LambdaService& service, const std::string& prefix)
{
    service.versions().forget(prefix);
    service.aliases().forget(prefix);
    service.eventConfigs().forget(prefix);
    service.urls().forget(prefix);
    service.provisionedConfigs().forget(prefix);
}

}

Result<Outcome> deleteFunction(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    if (name.qualifier == kLatest)
        return fail(
            errors::invalidParameter("$LATEST version cannot be deleted without deleting the function."));
    if (!name.qualifier.empty() && !isVersionNumber(name.qualifier))
        return fail(errors::aliasesNotDeleted());
    const std::lock_guard guard(service.changing());
    if (!service.functions().find(name.key()))
        return fail(errors::functionNotFound(name.arn(context)));
    if (!name.qualifier.empty())
        return deleteVersion(service, name);
    const auto prefix = name.key() + '/';
    CORE_TRY(const auto function, service.functions().erase(name.key(), [&](store::Transaction& transaction) {
        service.versions().eraseBelow(transaction, prefix);
        service.aliases().eraseBelow(transaction, prefix);
        service.eventConfigs().eraseBelow(transaction, prefix);
        service.urls().eraseBelow(transaction, prefix);
        service.provisionedConfigs().eraseBelow(transaction, prefix);
    }));
    forgetBelow(service, prefix);
    service.sources().forget(name.key());
    service.concurrency().forget(name.region, name.key());
    service.history().forget(name.key());
    service.discard(*function);
    sweepLayers(service);
    return aws::Reply{};
}

}
