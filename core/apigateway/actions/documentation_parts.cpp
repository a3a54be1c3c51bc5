#include "core/apigateway/actions.h"
#include "core/apigateway/documentation.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/requests.h"
#include "core/aws/json_text.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Error invalidPart()
{
    return errors::notFound("Invalid Documentation part identifier specified");
}

std::string partId(const Request& request)
{
    return text(request.input(), "documentationPartId");
}

// Which members a location of each type may have; all but API need or default to something.
struct LocationRule {
    std::string_view type;
    bool path;
    bool method;
    bool status;
    bool name;
};
constexpr std::array<LocationRule, 12> kRules{{
    {"API", false, false, false, false},
    {"AUTHORIZER", false, false, false, true},
    {"MODEL", false, false, false, true},
    {"RESOURCE", true, false, false, false},
    {"METHOD", true, true, false, false},
    {"PATH_PARAMETER", true, true, false, true},
    {"QUERY_PARAMETER", true, true, false, true},
    {"REQUEST_HEADER", true, true, false, true},
    {"REQUEST_BODY", true, true, false, false},
    {"RESPONSE", true, true, true, false},
    {"RESPONSE_HEADER", true, true, true, true},
    {"RESPONSE_BODY", true, true, true, false},
}};

Result<DocumentationLocation> locationOf(const json& input)
{
    const auto given = input.value("location", json::object());
    DocumentationLocation location{text(given, "type"), text(given, "path"), text(given, "method"),
        text(given, "statusCode"), text(given, "name")};
    const auto rule = std::find_if(
        kRules.begin(), kRules.end(), [&](const auto& one) { return one.type == location.type; });
    const auto extra = !rule->path && !location.path.empty() ? "path"
        : !rule->method && !location.method.empty()          ? "method"
        : !rule->status && !location.statusCode.empty()      ? "statusCode"
        : !rule->name && !location.name.empty()              ? "name"
                                                             : nullptr;
    if (extra)
        return fail(errors::badRequest(
            "Invalid documentation part location: type '" + location.type + "' has no " + extra));
    if (rule->name && location.name.empty())
        return fail(errors::badRequest(
            "Invalid documentation part location: type '" + location.type + "' needs a name"));
    if (rule->path && location.path.empty())
        location.path = "/"; // as recorded
    return location;
}

Result<> checkProperties(const std::string& properties)
{
    if (properties.empty())
        return fail(errors::badRequest("Documentation part properties must be non-empty"));
    const auto parsed = aws::parseJson(properties);
    if (!parsed || !parsed->is_object())
        return fail(errors::badRequest("Documentation part properties must be a valid JSON object"));
    return {};
}

Result<> patchProperties(DocumentationPart& part, const PatchOperation& operation)
{
    CORE_CHECK(checkProperties(operation.valueOrEmpty()));
    part.properties = operation.valueOrEmpty();
    return {};
}

constexpr PatchRule<DocumentationPart> kPatchRules[] = {{"/properties", "replace", patchProperties}};

Error unknownPartPath(const PatchOperation& operation)
{
    const auto begin =
        "Invalid patch path '" + operation.path + "' specified for op '" + operation.op + "'. ";
    return errors::badRequest(begin
        + (operation.op == "replace" ? "Must be one of: [/properties]"
                                     : "Please choose supported operations"));
}

Result<DocumentationPart*> findPart(ApiDraft& draft, const std::string& id)
{
    const auto found = draft.api.documentation.parts.find(id);
    if (found == draft.api.documentation.parts.end())
        return fail(invalidPart());
    return &found->second;
}

bool fits(const DocumentationPart& part, const json& input)
{
    const auto same = [&input](const char* member, const std::string& value) {
        const auto wanted = text(input, member);
        return wanted.empty() || wanted == value;
    };
    return same("type", part.location.type) && same("nameQuery", part.location.name)
        && same("path", part.location.path);
}

}

std::vector<std::string> putDocumentationParts(
    Documentation& documentation, const std::vector<DocumentationPart>& parts, bool merge)
{
    if (!merge)
        documentation.parts.clear();
    std::map<DocumentationLocation, std::string> known;
    for (const auto& [id, part] : documentation.parts)
        known[part.location] = id;
    std::vector<std::string> ids;
    for (auto part : parts) {
        const auto [place, isNew] = known.try_emplace(part.location, randomLower(6));
        part.id = place->second;
        documentation.parts[part.id] = part;
        ids.push_back(part.id);
    }
    return ids;
}

Result<Outcome> createDocumentationPart(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto location, locationOf(request.input()));
    const DocumentationPart part{randomLower(6), location, text(request.input(), "properties")};
    return changeApi(
        service, context, request, unknownApi(context, request), [part](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(checkProperties(part.properties));
            auto& parts = draft.api.documentation.parts;
            const bool taken = std::any_of(parts.begin(), parts.end(),
                [&](const auto& entry) { return entry.second.location == part.location; });
            if (taken)
                return fail(
                    errors::conflict("Documentation part already exists for the specified location: type '"
                        + part.location.type + "'."));
            CORE_CHECK(checkRoom(quotas::kDocumentationParts, parts.size()));
            parts.emplace(part.id, part);
            return toJson(part);
        });
}

Result<Outcome> getDocumentationParts(ApiGatewayService& service, RequestContext& context, Request& request)
{
    if (text(request.input(), "locationStatus") == "UNDOCUMENTED")
        return fail(errors::unsupported("locationStatus UNDOCUMENTED"));
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    std::vector<json> items;
    for (const auto* part : byPlace(state->api.documentation.parts)) {
        if (fits(*part, request.input()))
            items.push_back(toJson(*part));
    }
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getDocumentationPart(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, invalidPart()));
    const auto found = state->api.documentation.parts.find(partId(request));
    if (found == state->api.documentation.parts.end())
        return fail(invalidPart());
    return Reply::of(toJson(found->second));
}

Result<Outcome> updateDocumentationPart(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, unknownApi(context, request),
        [operations = std::move(operations), id = partId(request)](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto part, findPart(draft, id));
            CORE_CHECK(applyPatch<DocumentationPart>(*part, operations, kPatchRules, unknownPartPath));
            return toJson(*part);
        });
}

Result<Outcome> deleteDocumentationPart(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, unknownApi(context, request),
        [id = partId(request)](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findPart(draft, id));
            draft.api.documentation.parts.erase(id);
            return json(nullptr);
        });
}

}
