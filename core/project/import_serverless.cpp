#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/project/resource_types.h"
#include "core/project/template.h"
#include "core/project/topic_types.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <span>

namespace core::project {

using nlohmann::json;

namespace {

// What an event of each type may say.
constexpr std::string_view kApiEvent[] = {"RestApiId", "Path", "Method"};
constexpr std::string_view kHttpApiEvent[] = {
    "ApiId", "Path", "Method", "PayloadFormatVersion", "TimeoutInMillis", "Auth"};
constexpr std::string_view kQueueEvent[] = {"Queue", "BatchSize", "Enabled", "FilterCriteria",
    "FunctionResponseTypes", "MaximumBatchingWindowInSeconds", "ScalingConfig"};

std::span<const std::string_view> eventProperties(const json& type)
{
    if (type == "SQS")
        return kQueueEvent;
    if (type == "SNS")
        return topicEventProperties();
    if (type == "HttpApi")
        return kHttpApiEvent;
    return kApiEvent;
}

}

Result<Created> createFunction(ImportContext& context, const std::string& logicalId, const json& properties)
{
    for (const auto* needed : {"CodeUri", "Handler", "Runtime"}) {
        if (!properties.contains(needed))
            return fail(templateError(std::string("property ") + needed + " is missing"));
    }
    const auto name =
        properties.value("FunctionName", context.name + "-" + logicalId + "-" + randomUpper(12));
    CORE_TRY(const auto code, zipped(context.folder / properties["CodeUri"].get<std::string>()));
    json input{{"FunctionName", name}, {"Handler", properties["Handler"]}, {"Runtime", properties["Runtime"]},
        {"Role", Arn{"iam", "", context.account, "role/" + context.name + "-" + logicalId + "Role"}.text()},
        {"Code", {{"ZipFile", base64(code)}}}};
    for (const auto* member : {"Description", "Timeout", "MemorySize", "Environment"}) {
        if (properties.contains(member))
            input[member] = properties[member];
    }
    CORE_TRY(const auto output, context.call("lambda", "CreateFunction", input));
    if (properties.contains("Policies"))
        context.report.notes.push_back(logicalId + ": Policies are read, and not enforced");
    return Created{name, {{"Arn", output["FunctionArn"].get<std::string>()}}};
}

Result<Created> createApi(ImportContext& context, const std::string&, const json& properties)
{
    if (!properties.contains("StageName"))
        return fail(templateError("property StageName is missing"));
    json input{{"name", properties.value("Name", context.name)}};
    if (properties.contains("Description"))
        input["description"] = properties["Description"];
    CORE_TRY(const auto output, context.call("apigateway", "CreateRestApi", input));
    context.report.apiId = output["id"].get<std::string>();
    return Created{context.report.apiId, {{"RootResourceId", output.value("rootResourceId", "")}}};
}

Result<std::vector<ApiRoute>> routesOf(const json& functionProperties, const std::string& functionArn)
{
    std::vector<ApiRoute> routes;
    const auto events = functionProperties.value("Events", json::object());
    for (const auto& [name, event] : events.items()) {
        const auto type = event.value("Type", "");
        if (type == "HttpApi" || type == "SQS" || type == "SNS")
            continue;
        if (type != "Api")
            return fail(templateError("event " + name + ": event type " + (type.empty() ? "(none)" : type)
                + " is not supported; Api, HttpApi, SQS and SNS are"));
        const auto wanted = event.value("Properties", json::object());
        for (const auto* needed : {"RestApiId", "Path", "Method"}) {
            if (!wanted.contains(needed))
                return fail(templateError("event " + name + ": property " + needed + " is missing"));
        }
        routes.push_back(
            {wanted["RestApiId"], wanted["Path"], toUpper(wanted["Method"].get<std::string>()), functionArn});
    }
    return routes;
}

std::optional<UnknownProperty> wrongEventProperty(const json& functionProperties)
{
    const auto events = functionProperties.value("Events", json::object());
    for (const auto& [name, event] : events.items()) {
        const auto known = eventProperties(event.value("Type", json()));
        const auto properties = event.value("Properties", json::object());
        for (const auto& [property, value] : properties.items()) {
            if (std::find(known.begin(), known.end(), property) == known.end())
                return UnknownProperty{"Events." + name + ".Properties." + property,
                    "/Events/" + name + "/Properties/" + property};
        }
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

Result<> addRoute(ImportContext& context, ResourceTree& tree, const ApiRoute& route)
{
    CORE_TRY(const auto resource, tree.ensure(context, route.apiId, route.path));
    const json method{{"restApiId", route.apiId}, {"resourceId", resource}, {"httpMethod", route.method}};
    auto put = method;
    put["authorizationType"] = "NONE";
    CORE_CHECK(context.call("apigateway", "PutMethod", put));
    auto integration = method;
    integration["type"] = "AWS_PROXY";
    integration["integrationHttpMethod"] = "POST";
    integration["uri"] = "arn:aws:apigateway:" + context.region + ":lambda:path/2015-03-31/functions/"
        + route.functionArn + "/invocations";
    CORE_CHECK(context.call("apigateway", "PutIntegration", integration));
    const auto function = route.functionArn.substr(route.functionArn.rfind(':') + 1);
    CORE_CHECK(context.call("lambda", "AddPermission",
        {{"FunctionName", function}, {"StatementId", "apigateway-" + randomLower(10)},
            {"Action", "lambda:InvokeFunction"}, {"Principal", "apigateway.amazonaws.com"},
            {"SourceArn",
                Arn{"execute-api", context.region, context.account,
                    route.apiId + "/*/" + (route.method == "ANY" ? "*" : route.method) + route.path}
                    .text()}}));
    return {};
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
