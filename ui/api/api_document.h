#pragma once

#include "core/base/result.h"
#include "ui/api/api_command.h"
#include "ui/api/api_value.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <optional>

class QUndoStack;

namespace ui::bridge {
class EngineClient;
class EventBridge;
struct ResourceChange;
}

namespace ui::api {

struct DefinitionExport;
struct DefinitionImport;

// The REST API that the API area shows, with the route that is selected in it: what exists, kept current by
// the chamber's events, and each change to it as a command on the undo stack. Views hold no truth. UI thread.
class ApiDocument : public QObject {
    Q_OBJECT

public:
    // How a change went; not called when the document has died.
    using Report = std::function<void(const core::Result<>& result)>;

    ApiDocument(bridge::EngineClient& engine, bridge::EventBridge& events, QUndoStack& undo,
        QObject* parent = nullptr);

    bool loaded() const { return m_loaded; }
    const QList<ApiRow>& apis() const { return m_apis; }
    const ApiRow* api() const;
    const QList<ResourceValue>& resources() const { return m_resources; }
    const QList<StageValue>& stages() const { return m_stages; }
    const StageValue* stage(const QString& name) const;
    const QList<FunctionRow>& functions() const { return m_functions; }
    const Route& route() const { return m_route; }
    const MethodValue* method() const; // the selected one
    const MethodValue* findMethod(const Route& route) const;
    const ResourceValue* findResource(const QString& path) const;

    // Routes that are in the API and not in the stage's deployment, or the other way round.
    int routesApart(const StageValue& stage) const;
    // Whether anything of the API was changed while the window was open and since its last deployment.
    bool editedSinceDeployment() const;

    void open(const QString& apiId, const Route& route = {});
    void select(const Route& route);
    void reload(); // soon; several calls are one

    void createApi(const QString& name, const Report& report);
    // Makes what is missing of the path; a method starts with this integration (a mock's 200 by default).
    void addRoute(const Route& route, const IntegrationValue& integration, const Report& report);
    void rename(const QString& path, const QString& pathPart, const Report& report);
    void remove(const Route& route, const Report& report);
    void setIntegration(const Route& route, const IntegrationValue& integration, const Report& report);
    void deploy(const QString& stage, const Report& report);
    // Into a new API, which is then open, or into this one.
    using ImportReport = std::function<void(const core::Result<>& result, const QStringList& warnings)>;
    void importDefinition(const DefinitionImport& wanted, const ImportReport& report);
    // Changes nothing but the file.
    void exportDefinition(const DefinitionExport& wanted, const QString& file, const Report& report);

Q_SIGNALS:
    void changed(); // APIs, resources, stages or functions
    void routeChanged(); // another route is selected
    void failed(const core::Error& error); // of loading, undo or redo

private:
    struct Loaded;
    static core::Result<Loaded> load(
        core::aws::Caller& caller, const std::string& region, const QString& apiId);
    void reloadNow();
    void show(const Loaded& loaded);
    void keepRoute();
    void resourceChanged(const bridge::ResourceChange& change);
    void change(ApiCommand::Change change, const Report& report, std::function<void(bool undone)> then = {});

    bridge::EngineClient& m_engine;
    QUndoStack& m_undo;
    QTimer m_soon;
    quint64 m_generation = 0;
    bool m_loaded = false;
    QString m_apiId;
    Route m_route;
    std::optional<Route> m_wanted; // selected as soon as it is there
    QList<ApiRow> m_apis;
    QList<ResourceValue> m_resources;
    QList<StageValue> m_stages;
    QList<FunctionRow> m_functions;
    QSet<QString> m_edited; // ids of APIs
};

}
