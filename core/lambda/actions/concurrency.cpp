#include "core/lambda/actions.h"
#include "core/lambda/code_package.h"
#include "core/lambda/errors.h"
#include "core/lambda/page.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::uint64_t kTotalCodeSize = 80'530'636'800;

// Reserved concurrency is the whole function's.
Result<Target> wholeFunction(LambdaService& service, RequestContext& context, const Request& request)
{
    CORE_TRY(const auto name, functionNameOf(context, request));
    if (!name.qualifier.empty())
        return fail(errors::unqualifiedOnly());
    return findFunction(service, context, request);
}

// The version or alias that provisioned concurrency is about; $LATEST has none.
Result<FunctionName> provisionedName(
    LambdaService& service, RequestContext& context, const Request& request, std::string_view latestError)
{
    CORE_TRY(auto name, functionNameOf(context, request));
    context.touch(name.name);
    if (name.qualifier == kLatest)
        return fail(errors::invalidParameter(latestError));
    if (service.resolve(name.key(), name.qualifier).function)
        return name;
    return fail(isVersionNumber(name.qualifier) ? errors::functionNotFound(name.arn(context))
                                                : errors::aliasNotFound(name.arn(context)));
}

constexpr std::string_view kUnpublished =
    "Provisioned Concurrency Configs cannot be applied to unpublished function versions.";
constexpr std::string_view kNeedsVersion =
    "The function resource provided must be an alias or a published version.";

Result<> checkLimits(LambdaService& service, const Function& latest, const FunctionName& name, int wanted)
{
    int others = 0;
    int before = 0;
    for (const auto& config : service.provisionedConfigs().below(name.key() + '/'))
        (config->qualifier == name.qualifier ? before : others) += config->requested;
    if (latest.reserved >= 0) {
        if (latest.reserved < others + wanted)
            return fail(
                errors::invalidParameter("Requested Provisioned Concurrency should not be greater than the "
                                         "reservedConcurrentExecution for function"));
        return {};
    }
    const auto left = service.concurrency().unreserved(name.region) + before;
    if (wanted > left)
        return fail(errors::invalidParameter("Specified ConcurrentExecutions for function is greater than "
                                             "account's unreserved concurrency ["
            + std::to_string(left) + "]."));
    if (left - wanted < kMinUnreserved)
        return fail(
            errors::invalidParameter("Specified ConcurrentExecutions for function decreases account's "
                                     "UnreservedConcurrentExecution below its minimum value of ["
                + std::to_string(kMinUnreserved) + "]."));
    return {};
}

// A version is provisioned by itself or by aliases that point to it, not by both.
Result<> checkOverlap(LambdaService& service, const FunctionName& name)
{
    const auto prefix = name.key() + '/';
    if (!isVersionNumber(name.qualifier)) {
        const auto version = service.provisioner().versionOf(name.key(), name.qualifier);
        if (service.provisionedConfigs().find(prefix + version))
            return fail(ErrorKind::Conflict, "ResourceConflictException",
                "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned "
                "version");
        return {};
    }
    for (const auto& config : service.provisionedConfigs().below(prefix)) {
        if (config->qualifier != name.qualifier
            && service.provisioner().versionOf(name.key(), config->qualifier) == name.qualifier)
            return fail(ErrorKind::Conflict, "ResourceConflictException",
                "Version is pointed by a Provisioned Concurrency alias");
    }
    return {};
}

}

Result<Outcome> putFunctionConcurrency(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, wholeFunction(service, context, request));
    const int wanted = request.input().at("ReservedConcurrentExecutions");
    const std::lock_guard guard(service.changing());
    const auto& key = found.name.key();
    const auto provisioned = service.concurrency().provisionedOf(found.name.region, key);
    const auto before = found.function->reserved >= 0 ? found.function->reserved : provisioned;
    if (service.concurrency().unreserved(found.name.region) + before - wanted < kMinUnreserved)
        return fail(
            errors::invalidParameter("Specified ReservedConcurrentExecutions for function decreases "
                                     "account's UnreservedConcurrentExecution below its minimum value of ["
                + std::to_string(kMinUnreserved) + "]."));
    if (wanted < provisioned)
        return fail(errors::reservedTooLow(wanted, provisioned));
    CORE_TRY(const auto kept, service.functions().update(key, [&](Function& function) -> Result<> {
        function.reserved = wanted;
        return {};
    }));
    service.concurrency().setReserved(*kept, wanted);
    return aws::Reply::of({{"ReservedConcurrentExecutions", wanted}});
}

Result<Outcome> getFunctionConcurrency(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findFunction(service, context, request));
    json output = json::object();
    if (found.function->reserved >= 0)
        output["ReservedConcurrentExecutions"] = found.function->reserved;
    return aws::Reply::of(std::move(output));
}

Result<Outcome> deleteFunctionConcurrency(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, wholeFunction(service, context, request));
    const std::lock_guard guard(service.changing());
    CORE_TRY(
        const auto kept, service.functions().update(found.name.key(), [](Function& function) -> Result<> {
            function.reserved = -1;
            return {};
        }));
    service.concurrency().setReserved(*kept, -1);
    return aws::Reply{};
}

Result<Outcome> putProvisionedConcurrencyConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, provisionedName(service, context, request, kUnpublished));
    const std::lock_guard guard(service.changing());
    const auto latest = service.functions().find(name.key());
    if (!latest)
        return fail(errors::functionNotFound(name.arn(context)));
    ProvisionedConfig config{name.region, latest->account, name.name, name.qualifier,
        request.input().at("ProvisionedConcurrentExecutions"), context.now};
    const auto alias = service.aliases().find(name.key() + '/' + name.qualifier);
    if (alias && alias->version == kLatest)
        return fail(errors::invalidParameter(kUnpublished));
    if (alias && !alias->weights.empty())
        return fail(
            errors::invalidParameter("Alias with weights can not be used with Provisioned Concurrency"));
    CORE_CHECK(checkLimits(service, *latest, name, config.requested));
    CORE_CHECK(checkOverlap(service, name));
    CORE_TRY(const auto kept, service.provisionedConfigs().put(std::move(config)));
    service.provisioner().reconcile(name.key(), true);
    auto output = service.provisioner().status(*kept);
    output["AvailableProvisionedConcurrentExecutions"] = 0;
    output["AllocatedProvisionedConcurrentExecutions"] = 0;
    output["Status"] = "IN_PROGRESS";
    output.erase("StatusReason");
    return aws::Reply::of(std::move(output));
}

Result<Outcome> getProvisionedConcurrencyConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, provisionedName(service, context, request, kNeedsVersion));
    const auto config = service.provisionedConfigs().find(name.key() + '/' + name.qualifier);
    if (!config)
        return fail(errors::noProvisionedConfig());
    return aws::Reply::of(service.provisioner().status(*config));
}

Result<Outcome> deleteProvisionedConcurrencyConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, provisionedName(service, context, request, kNeedsVersion));
    const std::lock_guard guard(service.changing());
    CORE_CHECK(service.provisionedConfigs().erase(name.key() + '/' + name.qualifier));
    service.provisioner().reconcile(name.key(), true);
    return aws::Reply{};
}

Result<Outcome> listProvisionedConcurrencyConfigs(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findFunction(service, context, request));
    CORE_TRY(const auto page, pageOf(request.input()));
    std::vector<std::pair<std::string, json>> entries;
    for (const auto& config : service.provisionedConfigs().below(found.name.key() + '/')) {
        auto entry = service.provisioner().status(*config);
        entry["FunctionArn"] = found.function->arn() + ':' + config->qualifier;
        entries.emplace_back(config->qualifier, std::move(entry));
    }
    return aws::Reply::of(writePage(page, "ProvisionedConcurrencyConfigs", std::move(entries)));
}

Result<Outcome> getAccountSettings(LambdaService& service, RequestContext& context, Request&)
{
    std::uint64_t size = 0;
    std::size_t count = 0;
    for (const auto& function : service.functions().all()) {
        if (function->region != context.region)
            continue;
        ++count;
        size += function->codeSize;
    }
    const auto prefix = context.region + '/';
    for (const auto& version : service.versions().below(prefix))
        size += version->codeSize;
    for (const auto& layer : service.layers().below(prefix))
        size += layer->deleted ? 0 : layer->codeSize;
    return aws::Reply::of(
        {{"AccountLimit",
             {{"TotalCodeSize", kTotalCodeSize}, {"CodeSizeUnzipped", kMaxUnzippedBytes},
                 {"CodeSizeZipped", kMaxZipBytes}, {"ConcurrentExecutions", kAccountConcurrency},
                 {"UnreservedConcurrentExecutions", service.concurrency().unreserved(context.region)}}},
            {"AccountUsage", {{"TotalCodeSize", size}, {"FunctionCount", count}}}});
}

}
