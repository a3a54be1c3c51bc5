#include "ui/api/api_area.h"
#include "ui/api/definition_forms.h"
#include "ui/api/integration_editor.h"
#include "ui/api/pipeline_view.h"
#include "ui/api/popovers.h"
#include "ui/api/reference_view.h"
#include "ui/api/route_tree.h"
#include "ui/api/stage_inspector.h"
#include "ui/api/test_client.h"
#include "ui/kit/panes.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeView>

// What a person does in the API area.
namespace ui::api {

using namespace Qt::StringLiterals;
using kit::Hue;

namespace {

constexpr int kWarningsTold = 3;

}

void ApiArea::askApi()
{
    auto* anchor = m_document->api() ? static_cast<QWidget*>(m_newApi) : m_createApi;
    askName(window(), anchor,
        {u"apiName"_s, tr("Create API"), tr("Name"), u"shop-api"_s,
            tr("A REST API without routes; the next step adds them."), tr("Create")},
        [this](const QString& name, const Report& report) { m_document->createApi(name, report); });
}

void ApiArea::askNewRoute()
{
    if (!m_document->api())
        return;
    const auto& path = m_document->route().path;
    askRoute(window(), m_tree->addButton(), path.isEmpty() ? u"/"_s : path, m_document->functions(),
        [this](const NewRoute& wanted, const Report& report) {
            m_document->addRoute(wanted.route, wanted.integration, report);
        });
}

void ApiArea::askRename(const Route& route)
{
    if (route.path.size() < 2) {
        context().navigator.toast(u"info"_s, Hue::Info, tr("The root has no name of its own"));
        return;
    }
    const auto part = route.path.mid(route.path.lastIndexOf(u'/') + 1);
    askName(window(), m_tree->addButton(),
        {u"apiRename"_s, tr("Rename %1").arg(route.path), tr("Part of the path"), part,
            tr("What is below moves along. Clients see it after the next deployment."), tr("Rename")},
        [this, route](
            const QString& name, const Report& report) { m_document->rename(route.path, name, report); });
}

void ApiArea::removeRoute(const Route& route)
{
    if (!route.isMethod() && route.path.size() < 2) {
        context().navigator.toast(u"info"_s, Hue::Info, tr("The root cannot be deleted"));
        return;
    }
    m_document->remove(route, [this, route](const core::Result<>& result) {
        if (!result)
            showError(result.error());
        else
            context().navigator.toast(u"trash"_s, Hue::Api, tr("%1 deleted").arg(route.text()),
                tr("Clients see it after the next deployment."));
    });
}

void ApiArea::chooseStage(int index)
{
    const auto name = m_stage->itemData(index).toString();
    if (!name.isEmpty()) {
        m_wantedStage = name;
        showStages();
        return;
    }
    const QSignalBlocker blocker(m_stage);
    m_stage->setCurrentIndex(m_stage->findData(m_wantedStage));
    askName(window(), m_deploy,
        {u"apiStageName"_s, tr("Deploy to a new stage"), tr("Stage"), {},
            tr("Letters, digits, - and _. The stage is a part of the API's address."), tr("Deploy")},
        [this](const QString& stage, const Report& report) {
            m_document->deploy(stage, [this, stage, report](const core::Result<>& result) {
                if (result)
                    m_wantedStage = stage;
                report(result);
            });
        });
}

void ApiArea::deploy()
{
    if (!m_document->api())
        return;
    m_error->hide();
    m_deploy->setEnabled(false);
    const auto stage = m_wantedStage;
    m_document->deploy(stage, [this, stage](const core::Result<>& result) {
        m_deploy->setEnabled(true);
        if (!result)
            showError(result.error());
        else
            context().navigator.toast(u"check"_s, Hue::Ok, tr("Deployed to %1").arg(stage));
    });
}

void ApiArea::openIntegration()
{
    const auto* method = m_document->method();
    if (method && method->integration.kind == IntegrationKind::Lambda)
        context().navigator.open({u"function"_s, context().navigator.region(), method->integration.function});
    else
        m_inspector->editor()->setFocus();
}

void ApiArea::importFile()
{
    const auto* api = m_document->api();
    auto* anchor = api ? static_cast<QWidget*>(m_more) : m_createApi;
    askImport(window(), anchor, api ? api->name : QString(),
        [this](const DefinitionImport& wanted, const Report& report) {
            m_document->importDefinition(
                wanted, [this, report](const core::Result<>& result, const QStringList& warnings) {
                    report(result);
                    if (!result)
                        return;
                    if (warnings.isEmpty())
                        context().navigator.toast(u"check"_s, Hue::Ok, tr("Definition imported"));
                    else
                        context().navigator.toast(u"alert"_s, Hue::Warn,
                            tr("Definition imported with %n warning(s)", nullptr,
                                static_cast<int>(warnings.size())),
                            warnings.mid(0, kWarningsTold).join(u'\n'));
                });
        });
}

void ApiArea::exportFile()
{
    const auto* api = m_document->api();
    if (!api)
        return;
    QStringList stages;
    for (const auto& stage : m_document->stages())
        stages.append(stage.name);
    askExport(window(), m_more, stages, [this, name = api->name](const DefinitionExport& wanted) {
        askSaveFile(window(), tr("Export the definition"), wanted.fileName(name),
            [this, wanted](const QString& file) {
                m_document->exportDefinition(wanted, file, [this, file](const core::Result<>& result) {
                    if (result)
                        context().navigator.toast(u"check"_s, Hue::Ok, tr("Definition exported"), file);
                    else
                        showError(result.error());
                });
            });
    });
}

void ApiArea::showReference(bool shown)
{
    if (!m_document->api())
        return;
    m_pages->setCurrentIndex(shown ? 2 : 1);
    if (shown)
        m_reference->browser()->setFocus();
}

void ApiArea::send()
{
    const auto* api = m_document->api();
    if (!api || !m_document->method() || !m_client->canSend() || !m_client->check())
        return;
    auto call = m_client->call();
    call.apiId = api->id;
    Route reached = m_document->route();
    const ResourceValue* resource = nullptr;
    if (const auto* method = matchRoute(m_document->resources(), call.method, call.path, &resource)) {
        call.resourceId = resource->id;
        call.resourceMethod = method->httpMethod;
        reached = {resource->path, method->httpMethod};
    } else if (call.stage.isEmpty()) {
        m_client->showProblem(tr("The draft has no route for %1 %2").arg(call.method, call.path));
        return;
    }
    m_client->showWaiting();
    const auto key = api->name + u' ' + reached.text();
    sendTest(
        context().engine, this, call, [this, key, draft = call.stage.isEmpty()](const TestAnswer& answer) {
            m_client->showAnswer(answer);
            if (answer.track.id.empty())
                return;
            // Calls of a stage also come by readTracks(); a draft's span is named after TestInvokeMethod.
            if (const auto run = runOf(answer.track); draft && !run.steps.isEmpty())
                m_runs.insert(key, run);
            showRun();
            context().navigator.selectTrack(QString::fromStdString(answer.track.id));
        });
}

}
