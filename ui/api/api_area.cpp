#include "ui/api/api_area.h"

#include "ui/api/integration_editor.h"
#include "ui/api/pipeline_view.h"
#include "ui/api/popovers.h"
#include "ui/api/reference_view.h"
#include "ui/api/route_tree.h"
#include "ui/api/stage_inspector.h"
#include "ui/api/test_client.h"
#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"
#include "ui/bridge/track_row.h"
#include "ui/kit/controls.h"
#include "ui/kit/panes.h"

#include <QAction>
#include <QComboBox>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeView>

namespace ui::api {

using namespace Qt::StringLiterals;
using kit::Hue;

namespace {

constexpr int kTracksRead = 16; // of a burst, the newest
constexpr int kRunsKept = 500;

}

void ApiArea::showApi()
{
    const auto* api = m_document->api();
    {
        const QSignalBlocker blocker(m_choice);
        m_choice->clear();
        for (const auto& row : m_document->apis())
            m_choice->addItem(row.name, row.id);
        m_choice->setCurrentIndex(api ? m_choice->findData(api->id) : -1);
    }
    for (auto* widget : std::initializer_list<QWidget*>{
             m_choice, m_newApi, m_state, m_referenceButton, m_more, m_stage, m_deploy})
        widget->setVisible(api);
    m_pages->setCurrentIndex(!api ? 0 : m_referenceButton->isChecked() ? 2 : 1);
    for (auto* action : std::as_const(m_actions))
        action->setEnabled(
            api || action->objectName() == "api.create"_L1 || action->objectName() == "api.import"_L1);
    m_tree->setResources(m_document->resources());
    m_inspector->editor()->setFunctions(m_document->functions());
    showStages();
    showRoute();
    Q_EMIT currentObjectChanged();
}

void ApiArea::showStages()
{
    QStringList names;
    for (const auto& stage : m_document->stages())
        names.append(stage.name);
    m_client->setStages(names);
    if (const auto* api = m_document->api())
        m_reference->setApi(api->id, api->name, names);
    if (m_wantedStage.isEmpty() || (!names.isEmpty() && !names.contains(m_wantedStage)))
        m_wantedStage = names.isEmpty() ? u"dev"_s : names.first();
    const QSignalBlocker blocker(m_stage);
    m_stage->clear();
    if (!names.contains(m_wantedStage))
        m_stage->addItem(tr("%1 (new)").arg(m_wantedStage), m_wantedStage);
    for (const auto& name : names)
        m_stage->addItem(name, name);
    m_stage->addItem(tr("New stage…"), QString());
    m_stage->setCurrentIndex(m_stage->findData(m_wantedStage));
    m_deploy->setText(tr("Deploy to %1").arg(m_wantedStage));
    showDeploymentState();
}

void ApiArea::showDeploymentState()
{
    const auto* stage = m_document->stage(m_wantedStage);
    if (!stage) {
        m_state->setText(tr("Draft, not deployed to %1").arg(m_wantedStage));
    } else if (const int apart = m_document->routesApart(*stage)) {
        m_state->setText(tr("Draft, %n route(s) not as in %1", nullptr, apart).arg(stage->name));
    } else if (m_document->editedSinceDeployment()) {
        m_state->setText(tr("Draft, edited since %1 was deployed").arg(stage->name));
    } else {
        m_state->setText(
            tr("%1 deployed %2").arg(stage->name, stage->deployed.toString(u"d MMM, hh:mm:ss"_s)));
    }
    const auto* api = m_document->api();
    const auto name = m_client->stage();
    const bool deployed = api && !name.isEmpty();
    m_address->setVisible(deployed);
    m_copy->setVisible(deployed);
    if (deployed)
        m_address->setText(addressOf(api->id, name, m_document->route().path));
    m_address->setToolTip(context().engine.endpoint() + m_address->text());
}

void ApiArea::showRoute()
{
    const auto& route = m_document->route();
    const auto* method = m_document->method();
    const auto* resource = m_document->findResource(route.path);
    m_tree->setRoute(route);
    m_method->setVisible(method);
    m_method->setMethod(route.method);
    m_path->setText(route.path);
    m_operation->setText(method ? method->operationName : QString());
    m_routePages->setCurrentIndex(method ? 0 : 1);
    m_client->setEnabled(method);
    if (method && resource) {
        m_pipeline->setStages(stagesOf(*resource, *method));
        m_client->setRoute(route);
    }
    showDeploymentState();
    showRun();
    showStage();
}

void ApiArea::showStage()
{
    const auto* method = m_document->method();
    const auto* resource = m_document->findResource(m_document->route().path);
    if (!method || !resource) {
        m_inspector->clear();
        return;
    }
    for (const auto& stage : stagesOf(*resource, *method)) {
        if (stage.title == m_pipeline->currentStage())
            m_inspector->setStage(*resource, *method, stage);
    }
    showRun();
}

void ApiArea::showRun()
{
    const auto* api = m_document->api();
    const auto found =
        api ? m_runs.constFind(api->name + u' ' + m_document->route().text()) : m_runs.constEnd();
    const bool ran = found != m_runs.constEnd() && m_document->method();
    m_track->setVisible(ran);
    m_lastRun->setVisible(ran);
    m_pipeline->setRun(ran ? std::optional(*found) : std::nullopt);
    const auto title = m_pipeline->currentStage();
    m_inspector->setRun(
        ran && found->steps.contains(title) ? std::optional(found->steps.value(title)) : std::nullopt);
    if (ran)
        m_lastRun->setText(tr("Last run %1, %2, %3")
                               .arg(QString::number(found->status), bridge::milliseconds(found->took),
                                   found->at.toString(u"hh:mm:ss"_s)));
}

void ApiArea::showError(const core::Error& error)
{
    m_error->setError(error);
    m_error->show();
}

void ApiArea::readTracks(const QStringList& ids)
{
    const auto* api = m_document->api();
    if (!api)
        return;
    using Runs = QList<std::pair<QString, RouteRun>>;
    context().engine.run(
        this,
        [&tracer = context().engine.engine().tracer,
            newest = ids.mid(std::max<qsizetype>(0, ids.size() - kTracksRead))] {
            Runs runs;
            for (const auto& id : newest) {
                const auto track = tracer.find(id.toStdString());
                if (!track || track->duration < 0)
                    continue;
                const auto route = calledRoute(*track);
                if (!route.isEmpty())
                    runs.append({route, runOf(*track)});
            }
            return runs;
        },
        [this](const Runs& runs) {
            if (m_runs.size() > kRunsKept)
                m_runs.clear();
            const auto* shown = m_document->api();
            for (const auto& [called, run] : runs) {
                auto key = called;
                // The span is named by what was asked; a method ANY is shown under its own name.
                if (shown && key.startsWith(shown->name + u' ')) {
                    const auto route = Route::of(key.mid(shown->name.size() + 1));
                    if (!m_document->findMethod(route) && m_document->findMethod({route.path, u"ANY"_s}))
                        key = shown->name + u" ANY "_s + route.path;
                }
                // A burst is told late: what came after it may be here already.
                if (auto& kept = m_runs[key]; kept.sequence <= run.sequence)
                    kept = run;
            }
            if (!runs.isEmpty())
                showRun();
        });
}

void ApiArea::openObject(const shell::ObjectRef& object)
{
    m_document->open(object.name, object.part.isEmpty() ? Route() : Route::of(object.part));
}

shell::ObjectRef ApiArea::currentObject() const
{
    const auto* api = m_document->api();
    if (!api)
        return {};
    const auto& route = m_document->route();
    return {u"api"_s, context().navigator.region(), api->id, route.path.isEmpty() ? QString() : route.text()};
}

QJsonObject ApiArea::saveState() const
{
    return {{u"stage"_s, m_wantedStage}};
}

void ApiArea::restoreState(const QJsonObject& state)
{
    m_wantedStage = state.value(u"stage"_s).toString();
    if (m_document->loaded())
        showStages();
}

QList<QWidget*> ApiArea::panes() const
{
    if (m_referenceButton->isChecked())
        return {m_reference->browser()};
    return {m_tree->view(), m_pipeline, m_inspector, m_client};
}

QWidget* ApiArea::partWidget(Part part) const
{
    switch (part) {
    case Part::List:
        return m_tree;
    case Part::Inspector:
        return m_inspector;
    case Part::Bottom:
        return m_client;
    }
    return nullptr;
}

}
