#include "ui/api/api_document.h"

#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace ui::api {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int kReloadMs = 30;

QString text(const json& value, const char* member)
{
    return QString::fromStdString(value.value(member, ""));
}

QDateTime time(const json& value, const char* member)
{
    const auto found = value.find(member);
    return found != value.end() && found->is_number()
        ? QDateTime::fromSecsSinceEpoch(found->get<qint64>(), Qt::UTC)
        : QDateTime();
}

QStringList routesOf(const json& deployment)
{
    QStringList routes;
    const auto summary = deployment.value("apiSummary", json::object());
    for (const auto& [path, methods] : summary.items()) {
        for (const auto& [method, settings] : methods.items())
            routes.append(QString::fromStdString(method + ' ' + path));
    }
    return routes;
}

// Actions that leave routes and integrations as they are.
bool isEdit(const QString& action)
{
    return !action.contains("Deployment"_L1) && !action.contains("Stage"_L1) && !action.contains("Tag"_L1)
        && action != "CreateRestApi"_L1 && action != "DeleteRestApi"_L1;
}

}

struct ApiDocument::Loaded {
    QList<ApiRow> apis;
    QString apiId;
    QList<ResourceValue> resources;
    QList<StageValue> stages;
    QList<FunctionRow> functions;
};

ApiDocument::ApiDocument(
    bridge::EngineClient& engine, bridge::EventBridge& events, QUndoStack& undo, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_undo(undo)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kReloadMs);
    connect(&m_soon, &QTimer::timeout, this, &ApiDocument::reloadNow);
    connect(&engine, &bridge::EngineClient::regionChanged, this, &ApiDocument::reload);
    const auto watch = [this](const bridge::ResourceChange& change) { resourceChanged(change); };
    events.watch(this, u"apigateway"_s, watch);
    events.watch(this, u"lambda"_s, watch);
}

void ApiDocument::resourceChanged(const bridge::ResourceChange& change)
{
    if (change.data)
        return;
    if (change.service == "apigateway"_L1) {
        if (change.action == "CreateDeployment"_L1)
            m_edited.remove(change.resource);
        else if (isEdit(change.action))
            m_edited.insert(change.resource);
    }
    reload();
}

const ApiRow* ApiDocument::api() const
{
    const auto found =
        std::find_if(m_apis.begin(), m_apis.end(), [this](const ApiRow& row) { return row.id == m_apiId; });
    return found == m_apis.end() ? nullptr : &*found;
}

const StageValue* ApiDocument::stage(const QString& name) const
{
    const auto found = std::find_if(
        m_stages.begin(), m_stages.end(), [&](const StageValue& each) { return each.name == name; });
    return found == m_stages.end() ? nullptr : &*found;
}

const ResourceValue* ApiDocument::findResource(const QString& path) const
{
    const auto found = std::find_if(
        m_resources.begin(), m_resources.end(), [&](const ResourceValue& each) { return each.path == path; });
    return found == m_resources.end() ? nullptr : &*found;
}

const MethodValue* ApiDocument::findMethod(const Route& route) const
{
    const auto* resource = findResource(route.path);
    if (!resource)
        return nullptr;
    const auto found = std::find_if(resource->methods.begin(), resource->methods.end(),
        [&](const MethodValue& each) { return each.httpMethod == route.method; });
    return found == resource->methods.end() ? nullptr : &*found;
}

const MethodValue* ApiDocument::method() const
{
    return findMethod(m_route);
}

int ApiDocument::routesApart(const StageValue& stage) const
{
    QSet<QString> now;
    for (const auto& resource : m_resources) {
        for (const auto& method : resource.methods)
            now.insert(method.httpMethod + u' ' + resource.path);
    }
    const QSet<QString> then(stage.routes.begin(), stage.routes.end());
    return int((now - then).size() + (then - now).size());
}

bool ApiDocument::editedSinceDeployment() const
{
    return m_edited.contains(m_apiId);
}

void ApiDocument::open(const QString& apiId, const Route& route)
{
    m_apiId = apiId;
    m_wanted = route;
    reloadNow();
}

void ApiDocument::select(const Route& route)
{
    m_wanted.reset();
    if (route == m_route)
        return;
    m_route = route;
    Q_EMIT routeChanged();
}

void ApiDocument::reload()
{
    if (!m_soon.isActive())
        m_soon.start();
}

core::Result<ApiDocument::Loaded> ApiDocument::load(
    core::aws::Caller& caller, const std::string& region, const QString& apiId)
{
    core::aws::CallOptions quiet;
    quiet.region = region;
    quiet.quiet = true;
    Loaded loaded;
    CORE_TRY(const auto apis, listAll(caller, region, "GetRestApis", json::object()));
    for (const auto& each : apis)
        loaded.apis.append({text(each, "id"), text(each, "name"), text(each, "description")});
    std::sort(loaded.apis.begin(), loaded.apis.end(),
        [](const ApiRow& a, const ApiRow& b) { return a.name.localeAwareCompare(b.name) < 0; });
    const auto functions = caller.call("lambda", "ListFunctions", json::object(), quiet);
    if (functions) {
        const auto listed = functions->json();
        for (const auto& each : listed.value("Functions", json::array()))
            loaded.functions.append({text(each, "FunctionName"), text(each, "FunctionArn")});
    }
    const bool known = std::any_of(
        loaded.apis.begin(), loaded.apis.end(), [&](const ApiRow& row) { return row.id == apiId; });
    loaded.apiId = known ? apiId : loaded.apis.isEmpty() ? QString() : loaded.apis.first().id;
    if (loaded.apiId.isEmpty())
        return loaded;
    const json ofApi{{"restApiId", loaded.apiId.toStdString()}};
    auto embedded = ofApi;
    embedded["embed"] = {"methods"};
    CORE_TRY(const auto resources, listAll(caller, region, "GetResources", embedded));
    for (const auto& each : resources)
        loaded.resources.append(resourceOf(each));
    CORE_TRY(const auto stages, caller.call("apigateway", "GetStages", ofApi, quiet));
    const auto listed = stages.json();
    for (const auto& each : listed.value("item", json::array())) {
        StageValue stage{
            text(each, "stageName"), text(each, "deploymentId"), time(each, "lastUpdatedDate"), {}};
        auto wanted = ofApi;
        wanted["deploymentId"] = stage.deploymentId.toStdString();
        wanted["embed"] = {"apisummary"};
        if (const auto deployment = caller.call("apigateway", "GetDeployment", wanted, quiet))
            stage.routes = routesOf(deployment->json());
        loaded.stages.append(stage);
    }
    return loaded;
}

void ApiDocument::reloadNow()
{
    m_soon.stop();
    const auto generation = ++m_generation;
    m_engine.run(
        this,
        [&caller = m_engine.engine().caller, region = m_engine.engine().region, apiId = m_apiId] {
            return load(caller, region, apiId);
        },
        [this, generation](const core::Result<Loaded>& loaded) {
            if (generation != m_generation)
                return;
            if (loaded)
                show(*loaded);
            else
                Q_EMIT failed(loaded.error());
        });
}

void ApiDocument::show(const Loaded& loaded)
{
    m_loaded = true;
    m_apis = loaded.apis;
    m_apiId = loaded.apiId;
    m_resources = loaded.resources;
    m_stages = loaded.stages;
    m_functions = loaded.functions;
    const auto before = m_route;
    keepRoute();
    Q_EMIT changed();
    if (!(before == m_route))
        Q_EMIT routeChanged();
}

void ApiDocument::keepRoute()
{
    if (m_wanted
        && (m_wanted->isMethod() ? findMethod(*m_wanted) != nullptr
                                 : findResource(m_wanted->path) != nullptr)) {
        m_route = *m_wanted;
        m_wanted.reset();
        return;
    }
    if (m_route.isMethod() ? findMethod(m_route) != nullptr : findResource(m_route.path) != nullptr)
        return;
    // What was selected is gone: its resource, or the first method of all.
    if (m_route.isMethod() && findResource(m_route.path)) {
        m_route.method.clear();
        return;
    }
    m_route = {};
    for (const auto& resource : m_resources) {
        if (!resource.methods.isEmpty()) {
            m_route = {resource.path, resource.methods.first().httpMethod};
            return;
        }
    }
    if (!m_resources.isEmpty())
        m_route.path = u"/"_s;
}

void ApiDocument::change(ApiCommand::Change change, const Report& report, std::function<void(bool)> then)
{
    auto first = std::make_shared<bool>(true);
    ApiCommand::run(m_engine, m_undo, this, std::move(change),
        [this, report, then = std::move(then), first](const core::Result<>& result, bool undone) {
            if (result && then)
                then(undone);
            // The form that asked hears of its own try; what undo and redo meet is the area's.
            if (std::exchange(*first, false)) {
                if (report)
                    report(result);
            } else if (!result) {
                Q_EMIT failed(result.error());
            }
            reloadNow();
        });
}

}
