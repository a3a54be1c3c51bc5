#include "ui/api/api_document.h"

#include "ui/bridge/engine_client.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <utility>

// The changes of an ApiDocument, each with its inverse. What a way back needs is taken on the way there and
// shared by both.
namespace ui::api {

using namespace Qt::StringLiterals;
using core::Result;
using nlohmann::json;

namespace {

json integrationInput(const IntegrationValue& value, const QString& region)
{
    json input{{"timeoutInMillis", value.timeout}};
    switch (value.kind) {
    case IntegrationKind::Lambda:
        input["type"] = "AWS_PROXY";
        input["integrationHttpMethod"] = "POST";
        input["uri"] = u"arn:aws:apigateway:%1:lambda:path/2015-03-31/functions/%2/invocations"_s
                           .arg(region, value.functionArn)
                           .toStdString();
        break;
    case IntegrationKind::Http:
        input["type"] = "HTTP_PROXY";
        input["integrationHttpMethod"] = value.httpMethod.toStdString();
        input["uri"] = value.uri.toStdString();
        break;
    case IntegrationKind::Mapped:
        input["type"] = value.type.toStdString();
        input["integrationHttpMethod"] = value.httpMethod.toStdString();
        input["uri"] = value.uri.toStdString();
        break;
    case IntegrationKind::Mock:
    case IntegrationKind::None:
        input["type"] = "MOCK";
        input["mockStatus"] = value.mockStatus;
        break;
    }
    return input;
}

struct Made {
    std::string path; // topmost resource that was made, "" for none
};

struct Taken {
    json value;
};

Result<> addMethod(const ApiWriter& writer, const Route& route, const json& integration)
{
    const auto path = route.path.toStdString();
    const auto method = route.method.toStdString();
    CORE_CHECK(writer.restoreMethod(
        path, {{"httpMethod", method}, {"authorizationType", "NONE"}, {"apiKeyRequired", false}}));
    auto put = writer.putIntegration(path, method, integration);
    if (!put)
        (void)writer.deleteMethod(path, method); // a method without an integration could not be deployed
    return put;
}

}

void ApiDocument::createApi(const QString& name, const Report& report)
{
    // The first creation gives the id; redo asks for the same one, so that later commands find the API.
    auto id = std::make_shared<std::string>();
    ApiCommand::Change made{tr("Create API %1").arg(name), {},
        [id, name = name.toStdString()](const ApiWriter& writer) -> Result<> {
            json input{{"name", name}};
            if (!id->empty())
                input["tags"] = {{"_custom_id_", *id}};
            CORE_TRY(const auto created, writer.create(input));
            *id = created.at("id").get<std::string>();
            return {};
        },
        [id](const ApiWriter& writer) -> Result<> { return writer.deleteApi(*id); }};
    change(std::move(made), report, [this, id](bool undone) {
        if (!undone)
            m_apiId = QString::fromStdString(*id);
    });
}

void ApiDocument::addRoute(const Route& route, const IntegrationValue& integration, const Report& report)
{
    auto made = std::make_shared<Made>();
    const auto input = std::make_shared<const json>(integrationInput(integration, m_engine.region()));
    ApiCommand::Change added{tr("Add %1").arg(route.text()), m_apiId,
        [made, route, input](const ApiWriter& writer) -> Result<> {
            CORE_TRY(made->path, writer.ensurePath(route.path.toStdString()));
            if (!route.isMethod())
                return {};
            auto put = addMethod(writer, route, *input);
            if (!put && !made->path.empty())
                (void)writer.deletePath(made->path);
            return put;
        },
        [made, route](const ApiWriter& writer) -> Result<> {
            if (!made->path.empty())
                return writer.deletePath(made->path);
            return route.isMethod()
                ? writer.deleteMethod(route.path.toStdString(), route.method.toStdString())
                : Result<>();
        }};
    change(std::move(added), report, [this, route](bool undone) {
        if (!undone)
            m_wanted = route;
    });
}

void ApiDocument::rename(const QString& path, const QString& pathPart, const Report& report)
{
    const auto after = renamedPath(path, pathPart);
    const auto part = path.mid(path.lastIndexOf(u'/') + 1);
    ApiCommand::Change renamed{tr("Rename %1 to %2").arg(path, after), m_apiId,
        [path, pathPart](
            const ApiWriter& writer) { return writer.rename(path.toStdString(), pathPart.toStdString()); },
        [after, part](
            const ApiWriter& writer) { return writer.rename(after.toStdString(), part.toStdString()); }};
    change(std::move(renamed), report, [this, path, after](bool undone) {
        const auto& from = undone ? after : path;
        if (isAtOrBelow(m_route.path, from))
            m_wanted = Route{(undone ? path : after) + m_route.path.mid(from.size()), m_route.method};
    });
}

void ApiDocument::remove(const Route& route, const Report& report)
{
    auto taken = std::make_shared<Taken>();
    const auto path = route.path.toStdString();
    const auto method = route.method.toStdString();
    ApiCommand::Change removed{tr("Delete %1").arg(route.text()), m_apiId,
        [taken, path, method](const ApiWriter& writer) -> Result<> {
            if (method.empty()) {
                CORE_TRY(taken->value, writer.takePath(path));
                return writer.deletePath(path);
            }
            CORE_TRY(taken->value, writer.takeMethod(path, method));
            return writer.deleteMethod(path, method);
        },
        [taken, path, method](const ApiWriter& writer) -> Result<> {
            return method.empty() ? writer.restorePath(taken->value)
                                  : writer.restoreMethod(path, taken->value);
        }};
    change(std::move(removed), report, [this, route](bool undone) {
        if (undone)
            m_wanted = route;
    });
}

void ApiDocument::setIntegration(
    const Route& route, const IntegrationValue& integration, const Report& report)
{
    auto taken = std::make_shared<Taken>();
    const auto path = route.path.toStdString();
    const auto method = route.method.toStdString();
    const auto input = std::make_shared<const json>(integrationInput(integration, m_engine.region()));
    ApiCommand::Change set{tr("Change the integration of %1").arg(route.text()), m_apiId,
        [taken, path, method, input](const ApiWriter& writer) -> Result<> {
            CORE_TRY(taken->value, writer.takeMethod(path, method));
            return writer.putIntegration(path, method, *input);
        },
        // The whole method comes back: a new integration dropped the responses of the old one.
        [taken, path, method](const ApiWriter& writer) -> Result<> {
            CORE_CHECK(writer.deleteMethod(path, method));
            return writer.restoreMethod(path, taken->value);
        }};
    change(std::move(set), report);
}

void ApiDocument::deploy(const QString& stage, const Report& report)
{
    struct Deployed {
        std::string before; // what the stage served, "" when there was no stage
        std::string id;
    };
    auto state = std::make_shared<Deployed>();
    const auto name = stage.toStdString();
    ApiCommand::Change deployed{tr("Deploy to %1").arg(stage), m_apiId,
        [state, name](const ApiWriter& writer) -> Result<> {
            CORE_TRY(state->before, writer.stageDeployment(name));
            CORE_TRY(const auto made, writer.call("CreateDeployment", {{"stageName", name}}));
            state->id = made.at("id").get<std::string>();
            return {};
        },
        [state, name](const ApiWriter& writer) -> Result<> {
            if (state->before.empty())
                CORE_CHECK(writer.call("DeleteStage", {{"stageName", name}}));
            else
                CORE_CHECK(writer.call("UpdateStage",
                    {{"stageName", name},
                        {"patchOperations",
                            {{{"op", "replace"}, {"path", "/deploymentId"}, {"value", state->before}}}}}));
            CORE_CHECK(writer.call("DeleteDeployment", {{"deploymentId", state->id}}));
            return {};
        }};
    change(std::move(deployed), report);
}

}
