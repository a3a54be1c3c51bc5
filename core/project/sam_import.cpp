#include "core/project/sam_import.h"

#include "core/base/arn.h"
#include "core/project/api_cors.h"
#include "core/project/conditions.h"
#include "core/project/function_events.h"
#include "core/project/function_settings.h"
#include "core/project/gateway_types.h"
#include "core/project/resource_types.h"
#include "core/project/template.h"
#include "core/project/topic_types.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::project {

namespace {

using nlohmann::json;

constexpr auto kSections = std::to_array<std::string_view>({"AWSTemplateFormatVersion", "Transform",
    "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Globals", "Resources", "Outputs"});
// What builds and deletes resources says nothing about what they are.
constexpr auto kResourceMembers = std::to_array<std::string_view>(
    {"Type", "Condition", "Properties", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy"});

struct GlobalSection {
    std::string_view name; // in Globals
    std::string_view type;
    std::span<const std::string_view> properties;
};

std::span<const GlobalSection> globalSections()
{
    static const auto kSectionsOfGlobals = std::to_array<GlobalSection>({
        {"Function", "AWS::Serverless::Function", functionProperties()},
        {"Api", "AWS::Serverless::Api", apiProperties()},
        {"HttpApi", "AWS::Serverless::HttpApi", httpApiProperties()},
    });
    return kSectionsOfGlobals;
}

std::span<const std::string_view> globalProperties()
{
    static const auto kNames = [] {
        std::vector<std::string> names;
        for (const auto& section : globalSections()) {
            for (const auto property : section.properties)
                names.push_back(std::string(section.name) + "." + std::string(property));
        }
        return names;
    }();
    static const std::vector<std::string_view> kAll(kNames.begin(), kNames.end());
    return kAll;
}

Result<> checkNames(const Template& source, const json& object, std::span<const std::string_view> known,
    const std::string& pointer, const std::string& what)
{
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) == known.end())
            return fail(templateError(
                source.where(pointer + "/" + key) + ": " + what + " " + key + " is not supported"));
    }
    return {};
}

Result<> checkFunction(const Template& source, const std::string& id, const json& properties)
{
    const auto pointer = "/Resources/" + id + "/Properties";
    if (properties.value("PackageType", json("Zip")) == "Image")
        return fail(templateError(source.where(pointer + "/PackageType") + ": function " + id
            + " is a container image; functions of PackageType Zip are run here"));
    if (const auto unknown = unknownEventType(properties))
        return fail(templateError(source.where(pointer + "/Events") + ": " + *unknown + " (" + id + ")"));
    return {};
}

Result<> checkResource(const Template& source, const std::string& id)
{
    const auto pointer = "/Resources/" + id;
    const auto& resource = source.resource(id);
    if (!resource.is_object() || !resource.value("Type", json()).is_string())
        return fail(templateError(source.where(pointer) + ": resource " + id + " has no Type"));
    const auto name = resource["Type"].get<std::string>();
    const auto* type = findResourceType(name);
    if (!type)
        return fail(templateError(
            source.where(pointer + "/Type") + ": resource type " + name + " (" + id + ") is not supported"));
    CORE_CHECK(checkNames(source, resource, kResourceMembers, pointer, "resource attribute"));
    const auto properties = resource.value("Properties", json::object());
    if (name == "AWS::Serverless::Function")
        CORE_CHECK(checkFunction(source, id, properties));
    auto unknown = firstUnknown(properties, type->properties);
    if (!unknown && name == "AWS::Serverless::Function")
        unknown = wrongEventProperty(properties);
    if (unknown)
        return fail(templateError(source.where(pointer + "/Properties" + unknown->pointer) + ": property "
            + unknown->path + " of " + name + " (" + id + ") is not supported"));
    return {};
}

// Everything that can be refused is refused here, before anything is created.
Result<> check(const Template& source)
{
    CORE_CHECK(checkNames(source, source.root(), kSections, "", "section"));
    if (const auto unknown = firstUnknown(source.root().value("Globals", json::object()), globalProperties()))
        return fail(templateError(source.where("/Globals" + unknown->pointer) + ": Globals property "
            + unknown->path + " is not supported"));
    for (const auto& id : source.resourceIds())
        CORE_CHECK(checkResource(source, id));
    for (const auto* section : {"/Globals", "/Resources"}) {
        const auto unknown = unknownIntrinsic(source.root().value(section + 1, json::object()), section);
        if (unknown)
            return fail(templateError(source.where(*unknown) + ": " + unknown->substr(unknown->rfind('/') + 1)
                + " is not supported"));
    }
    return {};
}

// SAM's Globals: maps are merged, lists put together, other values of the resource win.
json withGlobals(const Template& source, const json& resource)
{
    auto properties = resource.value("Properties", json::object());
    const auto globals = source.root().value("Globals", json::object());
    const auto sections = globalSections();
    const auto section = std::find_if(sections.begin(), sections.end(),
        [&](const GlobalSection& one) { return resource["Type"] == one.type; });
    if (section == sections.end() || !globals.contains(section->name))
        return properties;
    const auto& given = globals[std::string(section->name)];
    auto merged = given;
    merged.update(properties, true);
    for (const auto& [name, value] : given.items()) {
        if (!value.is_array() || !properties.contains(name) || !properties[name].is_array())
            continue;
        merged[name] = value;
        merged[name].insert(merged[name].end(), properties[name].begin(), properties[name].end());
    }
    return merged;
}

class Order {
public:
    explicit Order(const Template& source)
        : m_source(source)
    {
    }

    Result<std::vector<std::string>> creationOrder()
    {
        for (const auto& id : m_source.resourceIds())
            CORE_CHECK(visit(id));
        return m_order;
    }

private:
    Result<> visit(const std::string& id)
    {
        if (m_state[id] == State::Done)
            return {};
        if (m_state[id] == State::Open)
            return fail(
                templateError(m_source.where("/Resources/" + id) + ": circular dependency through " + id));
        m_state[id] = State::Open;
        for (const auto& needed : needs(id)) {
            const auto ids = m_source.resourceIds();
            if (std::find(ids.begin(), ids.end(), needed) != ids.end())
                CORE_CHECK(visit(needed));
        }
        m_state[id] = State::Done;
        m_order.push_back(id);
        return {};
    }

    std::set<std::string> needs(const std::string& id) const
    {
        const auto& resource = m_source.resource(id);
        auto result = referencesIn(withGlobals(m_source, resource));
        const auto dependsOn = resource.value("DependsOn", json());
        for (const auto& entry : dependsOn.is_array() ? dependsOn : json::array({dependsOn})) {
            if (entry.is_string())
                result.insert(entry.get<std::string>());
        }
        return result;
    }

    enum class State { New, Open, Done };
    const Template& m_source;
    std::map<std::string, State> m_state;
    std::vector<std::string> m_order;
};

// What a template may name before anything of it is created.
Result<References> givenValues(const Template& source, const ImportContext& context)
{
    References values;
    values.pseudo = {{"AWS::Region", context.region}, {"AWS::AccountId", context.account},
        {"AWS::Partition", "aws"}, {"AWS::URLSuffix", "amazonaws.com"}, {"AWS::StackName", context.name},
        {"AWS::StackId",
            Arn{"cloudformation", context.region, context.account, "stack/" + context.name + "/local"}
                .text()}};
    CORE_CHECK(takeParameters(source.root(), values));
    return values;
}

class Importer {
public:
    Importer(
        const Template& source, References values, ImportContext& context, const ImportProgress& progress)
        : m_source(source)
        , m_context(context)
        , m_progress(progress)
        , m_references(std::move(values))
    {
    }

    Result<References> run()
    {
        CORE_TRY(const auto order, Order(m_source).creationOrder());
        for (const auto& id : order)
            CORE_CHECK(create(id));
        if (m_progress && (!m_routes.empty() || !m_httpRoutes.empty()))
            m_progress("Deploying the API");
        CORE_CHECK(addImplicitApi());
        CORE_CHECK(addRoutes(m_context, m_routes));
        for (const auto& [apiId, cors] : m_cors)
            CORE_CHECK(addCors(m_context, apiId, cors));
        CORE_CHECK(addHttpRoutes());
        CORE_CHECK(deploy());
        return m_references;
    }

private:
    Result<> create(const std::string& id)
    {
        const auto& resource = m_source.resource(id);
        const auto name = resource["Type"].get<std::string>();
        if (m_progress)
            m_progress("Creating " + name + " " + id);
        auto properties = resolve(withGlobals(m_source, resource), m_references);
        if (!properties)
            return fail(
                templateError(m_source.where("/Resources/" + id) + ": " + properties.error().message));
        auto created = findResourceType(name)->create(m_context, id, *properties);
        if (!created)
            return fail(created.error().kind, created.error().code,
                m_source.where("/Resources/" + id) + ": creating " + name + " " + id + ": "
                    + created.error().message);
        m_context.report.created.push_back(name + " " + id);
        if (name == "AWS::Serverless::Function") {
            const auto& arns = created->attributes; // events go to the alias where there is one
            const auto& invoked = arns.contains("Alias") ? arns.at("Alias") : arns.at("Arn");
            CORE_TRY(auto routes, routesOf(*properties, invoked));
            m_routes.insert(m_routes.end(), routes.begin(), routes.end());
            CORE_TRY(auto others, httpRoutesOf(*properties, invoked));
            m_httpRoutes.insert(m_httpRoutes.end(), others.begin(), others.end());
            CORE_CHECK(addQueueEvents(m_context, *properties, invoked));
            CORE_CHECK(addTopicEvents(m_context, *properties, invoked));
            CORE_CHECK(addSourceEvents(m_context, id, *properties, invoked));
        }
        if (name == "AWS::Serverless::Api")
            keepForLater(created->ref, *properties);
        m_references.created[id] = std::move(*created);
        return {};
    }

    // An API is deployed when it has its routes, and their preflight answers.
    void keepForLater(const std::string& apiId, const json& properties)
    {
        m_deployments.push_back(deploymentOf(apiId, properties));
        if (properties.contains("Cors"))
            m_cors.emplace_back(apiId, properties["Cors"]);
    }

    static json deploymentOf(const std::string& apiId, const json& properties)
    {
        json input{{"restApiId", apiId}, {"stageName", properties.at("StageName")}};
        if (properties.contains("Variables"))
            input["variables"] = properties["Variables"];
        if (properties.contains("TracingEnabled"))
            input["tracingEnabled"] = properties["TracingEnabled"];
        return input;
    }

    // The APIs that SAM adds for events that name none have what Globals say.
    Result<> addImplicitApi()
    {
        if (std::none_of(
                m_routes.begin(), m_routes.end(), [](const ApiRoute& route) { return route.apiId.empty(); }))
            return {};
        CORE_TRY(auto properties,
            resolve(withGlobals(m_source, {{"Type", "AWS::Serverless::Api"}}), m_references));
        properties["StageName"] = "Prod"; // as SAM calls it
        CORE_TRY(auto created, createApi(m_context, kImplicitApi, properties));
        for (auto& route : m_routes)
            route.apiId = route.apiId.empty() ? created.ref : route.apiId;
        keepForLater(created.ref, properties);
        m_context.report.created.push_back("AWS::Serverless::Api " + std::string(kImplicitApi));
        m_references.created[kImplicitApi] = std::move(created);
        return {};
    }

    Result<> addHttpRoutes()
    {
        CORE_TRY(const auto properties,
            resolve(withGlobals(m_source, {{"Type", "AWS::Serverless::HttpApi"}}), m_references));
        return project::addHttpRoutes(m_context, m_httpRoutes, properties);
    }

    Result<> deploy()
    {
        for (const auto& input : m_deployments)
            CORE_CHECK(m_context.call("apigateway", "CreateDeployment", input));
        return {};
    }

    const Template& m_source;
    ImportContext& m_context;
    const ImportProgress& m_progress;
    References m_references;
    std::vector<ApiRoute> m_routes;
    std::vector<HttpRoute> m_httpRoutes;
    std::vector<std::pair<std::string, json>> m_cors; // by API id
    std::vector<json> m_deployments; // inputs of CreateDeployment
};

}

Result<json> ImportContext::call(std::string_view service, std::string_view action, const json& input) const
{
    aws::CallOptions options;
    options.region = region;
    options.from = "template " + name;
    CORE_TRY(const auto reply, caller.call(service, action, input, options));
    return reply.json();
}

namespace {

struct Imported {
    ImportReport report;
    References references;
};

Result<Imported> import(const std::filesystem::path& folder, aws::Caller& caller, const std::string& region,
    const ImportProgress& progress)
{
    CORE_TRY(auto source, Template::load(templateIn(folder)));
    Imported result;
    ImportContext context{caller, region, "000000000000", folder, folder.filename().string(), result.report};
    CORE_TRY(auto values, givenValues(source, context));
    CORE_CHECK(decideConditions(source, values));
    CORE_CHECK(check(source));
    CORE_TRY(result.references, Importer(source, std::move(values), context, progress).run());
    return result;
}

}

Result<ImportReport> importSam(const std::filesystem::path& folder, aws::Caller& caller,
    const std::string& region, const ImportProgress& progress)
{
    CORE_TRY(auto imported, import(folder, caller, region, progress));
    return std::move(imported.report);
}

Result<ImportReport> openSample(const std::filesystem::path& folder, aws::Caller& caller,
    const std::string& region, const ImportProgress& progress)
{
    CORE_TRY(auto imported, import(folder, caller, region, progress));
    ImportContext context{
        caller, region, "000000000000", folder, folder.filename().string(), imported.report};
    CORE_CHECK(loadSeeds(imported.references, context, progress));
    return std::move(imported.report);
}

}
