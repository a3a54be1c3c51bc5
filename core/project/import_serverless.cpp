#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/project/function_events.h"
#include "core/project/function_settings.h"
#include "core/project/resource_types.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

namespace core::project {

using nlohmann::json;

namespace {

// SAM's F.Version and F.Alias.
Result<> addAlias(
    const ImportContext& context, const json& properties, const json& function, Created& created)
{
    const auto version = function.value("Version", "1");
    CORE_TRY(const auto alias,
        context.call("lambda", "CreateAlias",
            {{"FunctionName", created.ref}, {"Name", properties["AutoPublishAlias"]},
                {"FunctionVersion", version}}));
    created.attributes["Version"] = created.attributes["Arn"] + ":" + version;
    created.attributes["Alias"] = alias.at("AliasArn").get<std::string>();
    return {};
}

}

Result<Created> createFunction(ImportContext& context, const std::string& logicalId, const json& properties)
{
    for (const auto* needed : {"Handler", "Runtime"}) {
        if (!properties.contains(needed))
            return fail(templateError(std::string("property ") + needed + " is missing"));
    }
    if (!properties.contains("CodeUri") && !properties.contains("InlineCode"))
        return fail(templateError("property CodeUri is missing"));
    const auto name =
        properties.value("FunctionName", context.name + "-" + logicalId + "-" + randomUpper(12));
    CORE_TRY(const auto code, functionCode(context, properties));
    const auto role = Arn{"iam", "", context.account, "role/" + context.name + "-" + logicalId + "Role"};
    CORE_TRY(const auto output,
        context.call("lambda", "CreateFunction", functionInput(properties, name, role.text(), code)));
    Created created{name, {{"Arn", output["FunctionArn"].get<std::string>()}}};
    if (properties.contains("AutoPublishAlias"))
        CORE_CHECK(addAlias(context, properties, output, created));
    CORE_CHECK(applySettings(context, name, properties));
    if (properties.contains("Policies"))
        context.report.notes.push_back(logicalId + ": Policies are read, and not enforced");
    if (auto note = buildNote(context, logicalId, properties); !note.empty())
        context.report.notes.push_back(std::move(note));
    if (properties.contains("DeploymentPreference"))
        context.report.notes.push_back(
            logicalId + ": DeploymentPreference is read; its alias has one version, and no traffic to shift");
    return created;
}

namespace {

// Of a definition, or empty.
Result<json> newRestApi(const ImportContext& context, const json& properties)
{
    if (properties.contains("DefinitionBody"))
        return context.call("apigateway", "ImportRestApi", {{"body", properties["DefinitionBody"].dump()}});
    json input{{"name", properties.value("Name", context.name)}};
    for (const auto& [property, member] :
        {std::pair{"Description", "description"}, std::pair{"BinaryMediaTypes", "binaryMediaTypes"}}) {
        if (properties.contains(property))
            input[member] = properties[property];
    }
    return context.call("apigateway", "CreateRestApi", input);
}

}

Result<Created> createApi(ImportContext& context, const std::string&, const json& properties)
{
    if (!properties.contains("StageName"))
        return fail(templateError("property StageName is missing"));
    CORE_TRY(const auto output, newRestApi(context, properties));
    context.report.apiId = output["id"].get<std::string>();
    return Created{context.report.apiId, {{"RootResourceId", output.value("rootResourceId", "")}}};
}

Result<std::vector<ApiRoute>> routesOf(const json& functionProperties, const std::string& functionArn)
{
    std::vector<ApiRoute> routes;
    const auto events = functionProperties.value("Events", json::object());
    for (const auto& [name, event] : events.items()) {
        const auto type = event.value("Type", "");
        if (type != "Api")
            continue;
        const auto wanted = event.value("Properties", json::object());
        for (const auto* needed : {"Path", "Method"}) {
            if (!wanted.contains(needed))
                return fail(templateError("event " + name + ": property " + needed + " is missing"));
        }
        routes.push_back({wanted.value("RestApiId", ""), wanted["Path"],
            toUpper(wanted["Method"].get<std::string>()), functionArn});
    }
    return routes;
}

std::optional<std::string> unknownEventType(const json& functionProperties)
{
    const auto events = functionProperties.value("Events", json::object());
    for (const auto& [name, event] : events.items()) {
        const auto type = event.value("Type", "");
        if (!eventProperties(type))
            return "event " + name + ": event type " + (type.empty() ? "(none)" : type)
                + " is not supported; " + eventTypes() + " are";
    }
    return std::nullopt;
}

std::optional<UnknownProperty> wrongEventProperty(const json& functionProperties)
{
    const auto events = functionProperties.value("Events", json::object());
    for (const auto& [name, event] : events.items()) {
        const auto known = eventProperties(event.value("Type", ""));
        const auto unknown =
            known ? firstUnknown(event.value("Properties", json::object()), *known) : std::nullopt;
        if (unknown)
            return UnknownProperty{"Events." + name + ".Properties." + unknown->path,
                "/Events/" + name + "/Properties" + unknown->pointer};
    }
    return std::nullopt;
}

namespace {

// Resource ids of one API by path; adds the resources that a path still lacks.
class ResourceTree {
public:
    static Result<ResourceTree> of(ImportContext& context, const std::string& apiId)
    {
        CORE_TRY(const auto output,
            context.call("apigateway", "GetResources", {{"restApiId", apiId}, {"limit", 500}}));
        ResourceTree tree;
        for (const auto& entry : output.at("item"))
            tree.m_ids[entry["path"]] = entry["id"];
        return tree;
    }

    Result<std::string> ensure(ImportContext& context, const std::string& apiId, const std::string& path)
    {
        if (const auto found = m_ids.find(path); found != m_ids.end())
            return found->second;
        const auto slash = path.rfind('/');
        if (slash == std::string::npos)
            return fail(templateError("path " + path + " does not begin with /"));
        CORE_TRY(const auto parent, ensure(context, apiId, slash == 0 ? "/" : path.substr(0, slash)));
        CORE_TRY(const auto output,
            context.call("apigateway", "CreateResource",
                {{"restApiId", apiId}, {"parentId", parent}, {"pathPart", path.substr(slash + 1)}}));
        return m_ids[path] = output["id"].get<std::string>();
    }

private:
    std::map<std::string, std::string> m_ids;
};

Result<> permitCall(ImportContext& context, const ApiRoute& route)
{
    CORE_CHECK(context.call("lambda", "AddPermission",
        {{"FunctionName", route.functionArn}, {"StatementId", "apigateway-" + randomLower(10)},
            {"Action", "lambda:InvokeFunction"}, {"Principal", "apigateway.amazonaws.com"},
            {"SourceArn",
                Arn{"execute-api", context.region, context.account,
                    route.apiId + "/*/" + (route.method == "ANY" ? "*" : route.method) + route.path}
                    .text()}}));
    return {};
}

Result<> addRoute(ImportContext& context, ResourceTree& tree, const ApiRoute& route)
{
    CORE_TRY(const auto resource, tree.ensure(context, route.apiId, route.path));
    const json method{{"restApiId", route.apiId}, {"resourceId", resource}, {"httpMethod", route.method}};
    auto put = method;
    put["authorizationType"] = "NONE";
    const auto made = context.call("apigateway", "PutMethod", put);
    if (!made && made.error().code != "ConflictException")
        return fail(made.error());
    if (!made) // the API's definition has it already: the event only lets it call the function
        return permitCall(context, route);
    auto integration = method;
    integration["type"] = "AWS_PROXY";
    integration["integrationHttpMethod"] = "POST";
    integration["uri"] = "arn:aws:apigateway:" + context.region + ":lambda:path/2015-03-31/functions/"
        + route.functionArn + "/invocations";
    CORE_CHECK(context.call("apigateway", "PutIntegration", integration));
    return permitCall(context, route);
}

}

Result<> addRoutes(ImportContext& context, const std::vector<ApiRoute>& routes)
{
    std::map<std::string, ResourceTree> trees;
    for (const auto& route : routes) {
        auto found = trees.find(route.apiId);
        if (found == trees.end()) {
            CORE_TRY(auto tree, ResourceTree::of(context, route.apiId));
            found = trees.emplace(route.apiId, std::move(tree)).first;
        }
        CORE_CHECK(addRoute(context, found->second, route));
    }
    return {};
}

}
