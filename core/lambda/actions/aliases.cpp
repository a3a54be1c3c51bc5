#include "core/base/ids.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/page.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

using Weights = std::map<std::string, double>;

Error weightsFail(const Weights& weights, const std::string& constraint)
{
    std::string shown;
    for (const auto& [version, weight] : weights)
        shown += (shown.empty() ? "" : ", ") + version + '=' + json(weight).dump();
    return {ErrorKind::Invalid, "ValidationException",
        "1 validation error detected: Value '{" + shown
            + "}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: " + constraint};
}

Result<> checkVersion(LambdaService& service, const Function& function, const std::string& version)
{
    if (!service.resolve(function.key(), version).function
        || (version != kLatest && !isVersionNumber(version)))
        return fail(errors::functionNotFound(function.arn() + ':' + version));
    return {};
}

Result<> checkWeights(LambdaService& service, const Function& function, const Alias& alias)
{
    for (const auto& [version, weight] : alias.weights) {
        if (weight < 0 || weight > 1)
            return fail(weightsFail(alias.weights,
                "Map value must satisfy constraint: [Member must have value less than or equal to 1.0, "
                "Member "
                "must have value greater than or equal to 0.0, Member must not be null]"));
        if (!isVersionNumber(version) && version != kLatest)
            return fail(weightsFail(alias.weights,
                "Map keys must satisfy constraint: [Member must have length less than or equal to 1024, "
                "Member "
                "must have length greater than or equal to 1, Member must satisfy regular expression "
                "pattern: "
                "[0-9]+, Member must not be null]"));
    }
    if (alias.weights.size() > 1)
        return fail(
            errors::invalidParameter("Number of items in AdditionalVersionWeights cannot be greater than 1"));
    for (const auto& [version, weight] : alias.weights) {
        if (alias.version == kLatest || version == kLatest)
            return fail(errors::invalidParameter(
                "$LATEST is not supported for an alias pointing to more than 1 version"));
        if (version == alias.version)
            return fail(errors::invalidParameter("Invalid function version " + version + ". Function version "
                + version + " is already included in routing configuration."));
        CORE_CHECK(checkVersion(service, function, version));
    }
    return {};
}

// Reads what the request says of the alias over what it was.
Result<> take(LambdaService& service, const Function& function, const json& input, Alias& alias)
{
    if (input.contains("FunctionVersion")) {
        input.at("FunctionVersion").get_to(alias.version);
        CORE_CHECK(checkVersion(service, function, alias.version));
    }
    if (input.contains("Description"))
        input.at("Description").get_to(alias.description);
    if (input.contains("RoutingConfig")) {
        alias.weights.clear();
        const auto& routing = input.at("RoutingConfig");
        if (const auto weights = routing.find("AdditionalVersionWeights"); weights != routing.end())
            weights->get_to(alias.weights);
    }
    alias.revision = newUuid();
    return {};
}

std::string arnOf(const Target& found, const json& input)
{
    return found.function->arn() + ':' + input.at("Name").get<std::string>();
}

}

Result<Outcome> createAlias(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto found, findFunction(service, context, request));
    const auto& function = *found.function;
    Alias alias;
    alias.region = function.region;
    alias.account = function.account;
    alias.function = function.name;
    input.at("Name").get_to(alias.name);
    CORE_CHECK(take(service, function, input, alias));
    if (service.aliases().find(recordKey(alias)))
        return fail(errors::aliasExists(alias.arn()));
    CORE_CHECK(checkWeights(service, function, alias));
    CORE_TRY(const auto kept, service.aliases().put(std::move(alias)));
    return aws::Reply::of(describe(*kept));
}

Result<Outcome> updateAlias(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto found, findFunction(service, context, request));
    const auto before = service.aliases().find(found.name.key() + '/' + input.at("Name").get<std::string>());
    if (!before)
        return fail(errors::aliasMissing(arnOf(found, input)));
    const auto revision = input.value("RevisionId", "");
    if (!revision.empty() && revision != before->revision)
        return fail(errors::staleRevision("GetFunction/GetAlias"));
    auto alias = *before;
    CORE_CHECK(take(service, *found.function, input, alias));
    CORE_CHECK(checkWeights(service, *found.function, alias));
    CORE_TRY(const auto kept, service.aliases().put(std::move(alias)));
    if (kept->version != before->version)
        service.provisioner().reconcile(kept->functionKey(), true);
    return aws::Reply::of(describe(*kept));
}

Result<Outcome> getAlias(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto found, findFunction(service, context, request));
    const auto alias = service.aliases().find(found.name.key() + '/' + input.at("Name").get<std::string>());
    if (!alias)
        return fail(errors::aliasNotFound(arnOf(found, input)));
    return aws::Reply::of(describe(*alias));
}

Result<Outcome> deleteAlias(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findFunction(service, context, request));
    const auto key = found.name.key() + '/' + request.input().at("Name").get<std::string>();
    const std::lock_guard guard(service.changing());
    // Deleting none is no error on AWS.
    CORE_CHECK(service.provisionedConfigs().erase(key));
    CORE_CHECK(service.eventConfigs().erase(key));
    CORE_CHECK(service.aliases().erase(key));
    service.provisioner().reconcile(found.name.key(), true);
    return aws::Reply{};
}

Result<Outcome> listAliases(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto found, findFunction(service, context, request));
    CORE_TRY(const auto page, pageOf(input));
    const auto version = input.value("FunctionVersion", "");
    std::vector<std::pair<std::string, json>> entries;
    for (const auto& alias : service.aliases().below(found.name.key() + '/')) {
        if (version.empty() || alias->version == version || alias->weights.contains(version))
            entries.emplace_back(alias->name, describe(*alias));
    }
    return aws::Reply::of(writePage(page, "Aliases", std::move(entries)));
}

}
