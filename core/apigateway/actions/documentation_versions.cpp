#include "core/apigateway/actions.h"
#include "core/apigateway/documentation.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/requests.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Error invalidVersion()
{
    return errors::notFound("Invalid Documentation version specified");
}

std::string versionName(const Request& request)
{
    return text(request.input(), "documentationVersion");
}

Result<> patchDescription(DocumentationVersion& version, const PatchOperation& operation)
{
    version.description = operation.valueOrEmpty();
    return {};
}

constexpr PatchRule<DocumentationVersion> kPatchRules[] = {{"/description", "replace", patchDescription}};

Error unknownVersionPath(const PatchOperation& operation)
{
    const auto begin =
        "Invalid patch path '" + operation.path + "' specified for op '" + operation.op + "'. ";
    return errors::badRequest(begin
        + (operation.op == "replace" ? "Must be one of: [/description]"
                                     : "Please choose supported operations"));
}

Result<DocumentationVersion*> findVersion(ApiDraft& draft, const std::string& name)
{
    const auto found = draft.api.documentation.versions.find(name);
    if (found == draft.api.documentation.versions.end())
        return fail(invalidVersion());
    return &found->second;
}

}

Result<Outcome> createDocumentationVersion(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    DocumentationVersion version{versionName(request), text(request.input(), "description"), context.now, {}};
    if (version.version.empty())
        return fail(errors::badRequest("Documentation version must be non-empty"));
    return changeApi(service, context, request, unknownApi(context, request),
        [version, stageName = text(request.input(), "stageName")](ApiDraft& draft) -> Result<json> {
            auto& documentation = draft.api.documentation;
            if (documentation.versions.contains(version.version))
                return fail(errors::conflict("Version already exists: " + version.version));
            if (!stageName.empty()) {
                const auto stage = draft.stages.find(stageName);
                if (stage == draft.stages.end())
                    return fail(errors::invalidStage());
                stage->second.documentationVersion = version.version;
            }
            auto& added = documentation.versions[version.version];
            added = version;
            added.parts = documentation.parts;
            return toJson(added);
        });
}

Result<Outcome> getDocumentationVersions(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    std::vector<json> items;
    for (const auto& [name, version] : state->api.documentation.versions)
        items.push_back(toJson(version));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getDocumentationVersion(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    const auto found = state->api.documentation.versions.find(versionName(request));
    if (found == state->api.documentation.versions.end())
        return fail(invalidVersion());
    return Reply::of(toJson(found->second));
}

Result<Outcome> updateDocumentationVersion(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, unknownApi(context, request),
        [operations = std::move(operations), name = versionName(request)](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto version, findVersion(draft, name));
            CORE_CHECK(
                applyPatch<DocumentationVersion>(*version, operations, kPatchRules, unknownVersionPath));
            return toJson(*version);
        });
}

Result<Outcome> deleteDocumentationVersion(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, unknownApi(context, request),
        [name = versionName(request)](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findVersion(draft, name));
            for (const auto& [stageName, stage] : draft.stages) {
                if (stage.documentationVersion == name)
                    return fail(errors::conflict("Cannot delete documentation version '" + name
                        + "', is used by stage: " + stageName));
            }
            draft.api.documentation.versions.erase(name);
            return json(nullptr);
        });
}

}
