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

constexpr std::size_t kMaxNameLength = 64;

Result<Function> describe(const RequestContext& context, const FunctionName& name, const json& input)
{
    if (input.value("PackageType", "Zip") != "Zip")
        return fail(errors::invalidParameter("PackageType Image is not supported by Cloud Chamber"));
    if (!input.contains("Runtime") || !input.contains("Handler"))
        return fail(errors::invalidParameter(
            "Runtime and Handler are mandatory parameters for functions created with deployment packages."));
    Function function;
    function.region = name.region;
    function.account = context.principal.account;
    function.name = name.name;
    function.logGroup = "/aws/lambda/" + name.name;
    CORE_CHECK(applySettings(function, input));
    if (input.contains("Tags"))
        input.at("Tags").get_to(function.tags);
    CORE_CHECK(checkTags(function.tags));
    function.attachments.codeKey = input.at("Code").value("SourceKMSKeyArn", "");
    function.modified = context.now;
    return function;
}

}

Result<Outcome> createFunction(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    if (name.name.size() > kMaxNameLength)
        return fail(Error{ErrorKind::Invalid, "ValidationException",
            "1 validation error detected: Value '" + name.name
                + "' at 'functionName' failed to satisfy constraint: Member must have length less than or "
                  "equal to 64"});
    CORE_TRY(auto function, describe(context, name, input));
    CORE_CHECK(applyDeadLetter(service, function, input));
    const std::lock_guard guard(service.changing());
    if (service.functions().find(name.key()))
        return fail(errors::functionExists(name.name));
    if (input.contains("CodeSigningConfigArn")) {
        input.at("CodeSigningConfigArn").get_to(function.codeSigningConfig);
        CORE_CHECK(checkCodeSigning(service, function.codeSigningConfig));
    }
    CORE_TRY(const auto zip, packageOf(service, context, input.at("Code")));
    function.folder = service.newFolder(function);
    CORE_CHECK(service.takeCode(function, zip));
    if (const auto layered = applyLayers(service, function, input); !layered) {
        service.discard(function);
        return fail(layered.error());
    }
    context.span.step("Unpacks the package",
        std::to_string(zip.size()) + " bytes into functions/" + function.folder, trace::Verdict::Pass);

    // The answer shows the function before it is ready; what is kept is the function afterwards, under a new
    // revision.
    function.revision = newUuid();
    auto answer = configuration(function, Moment::Created);
    function.revision = newUuid();
    CORE_TRY(const auto kept, service.functions().create(std::move(function)));
    service.sources().watch(kept->key(), service.folderOf(*kept), false);
    if (input.value("Publish", false)) {
        CORE_TRY(const auto version, publishVersion(service, kept->key(), {}));
        answer["Version"] = version->version;
    }
    return aws::Reply::of(std::move(answer));
}

}
