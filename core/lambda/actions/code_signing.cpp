#include "core/lambda/code_signing_config.h"

#include "core/base/ids.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/page.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

namespace {

using Pointer = std::shared_ptr<const CodeSigningConfig>;

constexpr std::size_t kIdLength = 17;
constexpr std::size_t kMostListed = 10'000;

std::string arnOf(const Request& request)
{
    return request.input().at("CodeSigningConfigArn").get<std::string>();
}

Pointer findConfig(LambdaService& service, const std::string& arn)
{
    // arn:aws:lambda:<region>:<account>:code-signing-config:<id>
    for (const auto& config : service.codeSigning().below({})) {
        if (config->arn() == arn)
            return config;
    }
    return nullptr;
}

Result<Pointer> configOf(LambdaService& service, const Request& request)
{
    if (auto found = findConfig(service, arnOf(request)))
        return found;
    return fail(errors::codeSigningMissing(arnOf(request)));
}

void takeSettings(const json& input, CodeSigningConfig& config)
{
    config.description = input.value("Description", config.description);
    if (input.contains("AllowedPublishers"))
        input.at("AllowedPublishers").at("SigningProfileVersionArns").get_to(config.publishers);
    config.policy = input.value("CodeSigningPolicies", json::object())
                        .value("UntrustedArtifactOnDeployment", config.policy);
}

// In order of their names.
std::vector<std::string> functionsUnder(LambdaService& service, const std::string& arn)
{
    std::vector<std::string> arns;
    for (const auto& function : service.functions().all()) {
        if (function->codeSigningConfig == arn)
            arns.push_back(function->arn());
    }
    std::sort(arns.begin(), arns.end());
    return arns;
}

}

Result<> checkCodeSigning(LambdaService& service, const std::string& arn)
{
    if (findConfig(service, arn))
        return {};
    return fail(errors::codeSigningNotFound(arn));
}

Result<Outcome> createCodeSigningConfig(LambdaService& service, RequestContext& context, Request& request)
{
    CodeSigningConfig config;
    config.region = context.region;
    config.account = context.principal.account;
    config.id = "csc-" + randomLower(kIdLength);
    config.modified = context.now;
    takeSettings(request.input(), config);
    if (request.input().contains("Tags"))
        request.input().at("Tags").get_to(config.tags);
    CORE_CHECK(checkTags(config.tags));
    context.touch(config.id);
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto kept, service.codeSigning().put(std::move(config)));
    return aws::Reply::of({{"CodeSigningConfig", describe(*kept)}});
}

Result<Outcome> getCodeSigningConfig(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto config, configOf(service, request));
    context.touch(config->id);
    return aws::Reply::of({{"CodeSigningConfig", describe(*config)}});
}

Result<Outcome> updateCodeSigningConfig(LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto before, configOf(service, request));
    context.touch(before->id);
    auto config = *before;
    takeSettings(request.input(), config);
    config.modified = context.now;
    CORE_TRY(const auto kept, service.codeSigning().put(std::move(config)));
    return aws::Reply::of({{"CodeSigningConfig", describe(*kept)}});
}

Result<Outcome> deleteCodeSigningConfig(LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto config, configOf(service, request));
    context.touch(config->id);
    if (!functionsUnder(service, config->arn()).empty())
        return fail(errors::codeSigningInUse());
    CORE_CHECK(service.codeSigning().erase(recordKey(*config)));
    return aws::Reply{};
}

Result<Outcome> listCodeSigningConfigs(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto page, pageOf(request.input(), kMostListed));
    std::vector<std::pair<std::string, json>> entries;
    for (const auto& config : service.codeSigning().below(context.region + '/'))
        entries.emplace_back(config->id, describe(*config));
    return aws::Reply::of(writePage(page, "CodeSigningConfigs", std::move(entries)));
}

Result<Outcome> listFunctionsByCodeSigningConfig(LambdaService& service, RequestContext&, Request& request)
{
    CORE_TRY(const auto page, pageOf(request.input(), kMostListed));
    CORE_TRY(const auto config, configOf(service, request));
    std::vector<std::pair<std::string, json>> entries;
    for (auto& arn : functionsUnder(service, config->arn()))
        entries.emplace_back(arn, arn);
    return aws::Reply::of(writePage(page, "FunctionArns", std::move(entries)));
}

Result<Outcome> getFunctionCodeSigningConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findFunction(service, context, request));
    if (found.function->codeSigningConfig.empty())
        return aws::Reply::of(json::object());
    return aws::Reply::of(
        {{"CodeSigningConfigArn", found.function->codeSigningConfig}, {"FunctionName", found.name.name}});
}

Result<Outcome> putFunctionCodeSigningConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    // AWS looks for the configuration first.
    CORE_CHECK(checkCodeSigning(service, arnOf(request)));
    CORE_TRY(const auto found, findFunction(service, context, request));
    CORE_TRY(
        const auto kept, service.functions().update(found.name.key(), [&](Function& function) -> Result<> {
            function.codeSigningConfig = arnOf(request);
            return {};
        }));
    return aws::Reply::of(
        {{"CodeSigningConfigArn", kept->codeSigningConfig}, {"FunctionName", found.name.name}});
}

Result<Outcome> deleteFunctionCodeSigningConfig(
    LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto found, findFunction(service, context, request));
    CORE_TRY(
        const auto kept, service.functions().update(found.name.key(), [](Function& function) -> Result<> {
            function.codeSigningConfig.clear();
            return {};
        }));
    return aws::Reply{};
}

}
