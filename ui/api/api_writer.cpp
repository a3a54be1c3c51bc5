#include "ui/api/api_writer.h"

#include "ui/api/definition_forms.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace ui::api {

using core::Result;
using nlohmann::json;

namespace {

constexpr const char* kService = "apigateway";
constexpr int kPage = 500;

// Members of an integration that PutIntegration takes under the same name.
constexpr const char* kIntegrationMembers[] = {"type", "uri", "connectionType", "credentials",
    "requestParameters", "requestTemplates", "passthroughBehavior", "timeoutInMillis"};

void copy(const json& from, json& into, const char* member)
{
    if (const auto found = from.find(member); found != from.end())
        into[member] = *found;
}

bool isBelow(const std::string& path, const std::string& top)
{
    return path == top || path.starts_with(top == "/" ? top : top + "/");
}

std::string parentOf(const std::string& path)
{
    const auto slash = path.rfind('/');
    return slash == 0 ? "/" : path.substr(0, slash);
}

json integrationInput(const json& address, const json& taken)
{
    json input = address;
    for (const auto* member : kIntegrationMembers)
        copy(taken, input, member);
    if (const auto method = taken.find("httpMethod"); method != taken.end())
        input["integrationHttpMethod"] = *method;
    if (const auto keys = taken.find("cacheKeyParameters"); keys != taken.end() && !keys->empty())
        input["cacheKeyParameters"] = *keys;
    return input;
}

json integrationResponseInput(const json& address, const std::string& status, const json& taken)
{
    json input = address;
    input["statusCode"] = status;
    copy(taken, input, "selectionPattern");
    copy(taken, input, "responseParameters");
    const auto templates = taken.value("responseTemplates", json::object());
    for (const auto& [type, body] : templates.items())
        input["responseTemplates"][type] = body.is_string() ? body : json("");
    return input;
}

}

Result<std::vector<json>> listAll(
    core::aws::Caller& caller, const std::string& region, const char* action, json input)
{
    core::aws::CallOptions options;
    options.region = region;
    options.quiet = true;
    std::vector<json> all;
    input["limit"] = kPage;
    for (;;) {
        CORE_TRY(const auto reply, caller.call(kService, action, input, options));
        const auto page = reply.json();
        for (const auto& item : page.value("item", json::array()))
            all.push_back(item);
        const auto next = page.value("position", "");
        if (next.empty())
            return all;
        input["position"] = next;
    }
}

ApiWriter::ApiWriter(core::aws::Caller& caller, std::string region, std::string apiId)
    : m_caller(caller)
    , m_region(std::move(region))
    , m_apiId(std::move(apiId))
{
}

Result<json> ApiWriter::call(const char* action, json input) const
{
    core::aws::CallOptions options;
    options.region = m_region;
    input["restApiId"] = m_apiId;
    CORE_TRY(const auto reply, m_caller.call(kService, action, input, options));
    return reply.json();
}

Result<json> ApiWriter::create(const json& input) const
{
    core::aws::CallOptions options;
    options.region = m_region;
    CORE_TRY(const auto reply, m_caller.call(kService, "CreateRestApi", input, options));
    return reply.json();
}

Result<> ApiWriter::deleteApi(const std::string& apiId) const
{
    CORE_CHECK(ApiWriter(m_caller, m_region, apiId).call("DeleteRestApi", json::object()));
    return {};
}

Result<std::vector<json>> ApiWriter::resources() const
{
    return listAll(m_caller, m_region, "GetResources", {{"restApiId", m_apiId}, {"embed", {"methods"}}});
}

Result<std::string> ApiWriter::resourceId(const std::string& path) const
{
    CORE_TRY(const auto all, resources());
    for (const auto& each : all) {
        if (each.at("path") == path)
            return each.at("id").get<std::string>();
    }
    return core::fail(
        core::ErrorKind::NotFound, "NotFoundException", "There is no resource " + path + " any more");
}

Result<std::string> ApiWriter::ensurePath(const std::string& path) const
{
    CORE_TRY(const auto all, resources());
    std::string made;
    std::string parentId;
    std::string at;
    for (std::size_t from = 0; from <= path.size();) {
        const auto slash = std::min(path.find('/', from), path.size());
        const auto part = path.substr(from, slash - from);
        from = slash + 1;
        if (part.empty() && !at.empty())
            continue;
        at = at.empty() ? "/" : (at == "/" ? at : at + "/") + part;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const json& each) { return each.at("path") == at; });
        if (found != all.end()) {
            parentId = found->at("id");
            continue;
        }
        CORE_TRY(const auto created, call("CreateResource", {{"parentId", parentId}, {"pathPart", part}}));
        parentId = created.at("id");
        if (made.empty())
            made = at;
    }
    return made;
}

Result<> ApiWriter::rename(const std::string& path, const std::string& pathPart) const
{
    CORE_TRY(const auto id, resourceId(path));
    CORE_CHECK(call("UpdateResource",
        {{"resourceId", id},
            {"patchOperations", {{{"op", "replace"}, {"path", "/pathPart"}, {"value", pathPart}}}}}));
    return {};
}

Result<> ApiWriter::deletePath(const std::string& path) const
{
    CORE_TRY(const auto id, resourceId(path));
    CORE_CHECK(call("DeleteResource", {{"resourceId", id}}));
    return {};
}

Result<json> ApiWriter::takePath(const std::string& path) const
{
    CORE_TRY(const auto all, resources());
    json taken = json::array();
    for (const auto& each : all) {
        if (isBelow(each.at("path"), path))
            taken.push_back(each);
    }
    return taken;
}

Result<> ApiWriter::restorePath(const json& taken) const
{
    // Sorted by path, so that parents come before their children.
    for (const auto& each : taken) {
        const auto path = each.at("path").get<std::string>();
        CORE_TRY(const auto parentId, resourceId(parentOf(path)));
        CORE_TRY(const auto created,
            call("CreateResource", {{"parentId", parentId}, {"pathPart", each.at("pathPart")}}));
        const auto methods = each.value("resourceMethods", json::object());
        for (const auto& [name, method] : methods.items())
            CORE_CHECK(restoreMethod(path, method));
    }
    return {};
}

Result<json> ApiWriter::takeMethod(const std::string& path, const std::string& method) const
{
    CORE_TRY(const auto id, resourceId(path));
    return call("GetMethod", {{"resourceId", id}, {"httpMethod", method}});
}

Result<> ApiWriter::restoreMethod(const std::string& path, const json& taken) const
{
    CORE_TRY(const auto id, resourceId(path));
    const json address{{"resourceId", id}, {"httpMethod", taken.at("httpMethod")}};
    json input = address;
    for (const auto* member : {"authorizationType", "apiKeyRequired", "operationName", "requestParameters",
             "requestModels", "requestValidatorId"})
        copy(taken, input, member);
    CORE_CHECK(call("PutMethod", input));
    return putResponses(address, taken);
}

Result<> ApiWriter::putResponses(const json& address, const json& method) const
{
    const auto methodResponses = method.value("methodResponses", json::object());
    for (const auto& [status, response] : methodResponses.items()) {
        json input = address;
        input["statusCode"] = status;
        copy(response, input, "responseParameters");
        copy(response, input, "responseModels");
        CORE_CHECK(call("PutMethodResponse", input));
    }
    const auto integration = method.find("methodIntegration");
    if (integration == method.end())
        return {};
    CORE_CHECK(call("PutIntegration", integrationInput(address, *integration)));
    const auto responses = integration->value("integrationResponses", json::object());
    for (const auto& [status, response] : responses.items())
        CORE_CHECK(call("PutIntegrationResponse", integrationResponseInput(address, status, response)));
    return {};
}

Result<> ApiWriter::deleteMethod(const std::string& path, const std::string& method) const
{
    CORE_TRY(const auto id, resourceId(path));
    CORE_CHECK(call("DeleteMethod", {{"resourceId", id}, {"httpMethod", method}}));
    return {};
}

Result<> ApiWriter::putIntegration(
    const std::string& path, const std::string& method, const json& integration) const
{
    CORE_TRY(const auto id, resourceId(path));
    const json address{{"resourceId", id}, {"httpMethod", method}};
    json input = integration;
    input.update(address);
    input.erase("mockStatus");
    const auto status = integration.value("mockStatus", 0);
    if (status)
        input["requestTemplates"] = {{"application/json", json{{"statusCode", status}}.dump()}};
    CORE_CHECK(call("PutIntegration", input));
    return status ? ensureMockResponse(address, status) : Result<>();
}

Result<> ApiWriter::ensureMockResponse(const json& address, int status) const
{
    json input = address;
    input["statusCode"] = std::to_string(status);
    CORE_TRY(const auto method, call("GetMethod", address));
    if (!method.value("methodResponses", json::object()).contains(std::to_string(status)))
        CORE_CHECK(call("PutMethodResponse", input));
    CORE_CHECK(call("PutIntegrationResponse", input));
    return {};
}

Result<std::string> ApiWriter::stageDeployment(const std::string& stage) const
{
    CORE_TRY(const auto all, call("GetStages", json::object()));
    for (const auto& each : all.value("item", json::array())) {
        if (each.value("stageName", "") == stage)
            return each.value("deploymentId", "");
    }
    return std::string();
}

Result<json> ApiWriter::importApi(const json& input) const
{
    core::aws::CallOptions options;
    options.region = m_region;
    CORE_TRY(const auto reply, m_caller.call(kService, "ImportRestApi", input, options));
    return reply.json();
}

Result<std::string> ApiWriter::definition() const
{
    return exported(DefinitionExport{}, true);
}

Result<std::string> ApiWriter::exported(const DefinitionExport& wanted, bool exact) const
{
    json extensions = json::array();
    if (wanted.extensions)
        extensions.push_back("apigateway");
    if (wanted.documentation)
        extensions.push_back("documentation");
    json input{{"restApiId", m_apiId}, {"exportType", wanted.swagger ? "swagger" : "oas30"},
        {"accepts", wanted.yaml ? "application/yaml" : "application/json"}, {"extensions", extensions}};
    if (exact)
        input["exact"] = true;
    if (!wanted.stage.isEmpty())
        input["stageName"] = wanted.stage.toStdString();
    core::aws::CallOptions options;
    options.region = m_region;
    options.quiet = wanted.stage.isEmpty();
    CORE_TRY(const auto reply,
        m_caller.call(kService, wanted.stage.isEmpty() ? "GetApiDefinition" : "GetExport", input, options));
    return reply.body;
}

}
