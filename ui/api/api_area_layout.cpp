#include "ui/api/api_area.h"
#include "ui/api/integration_editor.h"
#include "ui/api/pipeline_view.h"
#include "ui/api/reference_view.h"
#include "ui/api/route_tree.h"
#include "ui/api/stage_inspector.h"
#include "ui/api/test_client.h"
#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"
#include "ui/kit/controls.h"
#include "ui/kit/icon.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"
#include "ui/shell/action_catalogue.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

// What the API area is made of and how its parts are joined.
namespace ui::api {

using namespace Qt::StringLiterals;

ApiArea::ApiArea(shell::AreaContext& context, QWidget* parent)
    : Area(context, u"api"_s, parent)
    , m_document(new ApiDocument(context.engine, context.events, context.undo, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHeader());
    m_error = new kit::ErrorCard;
    m_error->setObjectName(u"apiError"_s);
    m_error->addAction(tr("Dismiss"), [this] { m_error->hide(); });
    m_error->hide();
    layout->addWidget(m_error);
    buildPages();
    layout->addWidget(m_pages, 1);
    addActions();
    connectViews();
    connectDocument();
    m_document->open({});
}

QWidget* ApiArea::buildHeader()
{
    m_header = new kit::AreaHeader;
    m_header->setObject(u"api"_s, kit::Hue::Api, tr("API"));
    m_choice = new QComboBox;
    m_choice->setObjectName(u"apiChoice"_s);
    m_choice->setAccessibleName(tr("API"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_newApi = kit::iconButton(u"plus"_s, tr("Create API"));
    m_newApi->setObjectName(u"apiNew"_s);
    m_state = kit::label({}, u"secondary"_s);
    m_state->setObjectName(u"apiState"_s);
    m_header->addScope(m_choice);
    m_header->addScope(m_newApi);
    m_header->addScope(m_state);
    m_address = kit::label({}, u"mono"_s);
    m_address->setObjectName(u"apiAddress"_s);
    m_address->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_address->setMinimumWidth(0);
    m_copy = kit::iconButton(u"copy"_s, tr("Copy the address"));
    m_copy->setObjectName(u"apiCopyAddress"_s);
    m_stage = new QComboBox;
    m_stage->setObjectName(u"apiStage"_s);
    m_stage->setAccessibleName(tr("Stage to deploy to"));
    m_deploy = kit::button(tr("Deploy"), kit::ButtonRole::Primary);
    m_deploy->setObjectName(u"apiDeploy"_s);
    m_referenceButton = kit::button(tr("Reference"), kit::ButtonRole::Quiet, u"book"_s);
    m_referenceButton->setObjectName(u"apiReferenceButton"_s);
    m_referenceButton->setCheckable(true);
    m_referenceButton->setToolTip(tr("Shows what callers of the API read"));
    m_more = kit::iconButton(u"more"_s, tr("Import and export"));
    m_more->setObjectName(u"apiMore"_s);
    for (auto* widget : std::initializer_list<QWidget*>{m_referenceButton, m_more, m_copy, m_stage, m_deploy})
        m_header->addAction(widget);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_address->toolTip());
        context().navigator.toast(u"copy"_s, kit::Hue::Ok, tr("Address copied"));
    });
    return m_header;
}

QWidget* ApiArea::buildEmpty()
{
    auto* empty = new kit::EmptyState(tr("No API here"),
        tr("An API gives functions and web servers an address with routes. Create one here, with an SDK or "
           "the AWS CLI, or open the corner bookshop."));
    m_createApi = empty->addAction(
        tr("Create API"), [this] { askApi(); }, u"apiCreate"_s);
    empty->addAction(
        tr("Import a definition…"), [this] { importFile(); }, u"apiImportHere"_s);
    empty->addAction(
        tr("Copy the command that lists them"),
        [this] {
            QApplication::clipboard()->setText(
                u"aws --endpoint-url %1 apigateway get-rest-apis"_s.arg(context().engine.endpoint()));
        },
        u"apiCopyCommand"_s);
    return empty;
}

void ApiArea::buildPages()
{
    m_pages = new QStackedWidget;
    m_tree = new RouteTree;
    m_inspector = new StageInspector;
    m_inspector->setMinimumWidth(kit::theme().px(260));
    m_tree->setMinimumWidth(kit::theme().px(160));
    auto* split = new kit::Splitter(Qt::Horizontal);
    split->addWidget(m_tree);
    split->addWidget(buildCentre());
    split->addWidget(m_inspector);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    split->setDefaultSizes({254, 782, 340});
    m_pages->addWidget(buildEmpty());
    m_pages->addWidget(split);
    m_reference = new ReferenceView(context().engine);
    m_pages->addWidget(m_reference);
    m_pages->setCurrentIndex(1);
}

QWidget* ApiArea::buildRouteBar()
{
    auto* bar = new QWidget;
    bar->setProperty("pane", u"panel"_s);
    bar->setAttribute(Qt::WA_StyledBackground);
    bar->setFixedHeight(kit::theme().px(40));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 0, 8, 0);
    layout->setSpacing(8);
    m_method = new kit::MethodBadge;
    m_path = kit::label({}, u"mono"_s);
    m_path->setObjectName(u"apiRoutePath"_s);
    m_operation = kit::label({}, u"secondary"_s);
    m_lastRun = kit::label({}, u"secondary"_s);
    m_lastRun->setObjectName(u"apiLastRun"_s);
    m_track = kit::button(tr("Track"), kit::ButtonRole::Quiet, u"tracks"_s, true);
    m_track->setObjectName(u"apiRunTrack"_s);
    m_track->setToolTip(tr("Shows every span of the last run"));
    layout->addWidget(m_method);
    layout->addWidget(m_path);
    layout->addWidget(m_operation);
    layout->addStretch();
    layout->addWidget(m_address, 2);
    layout->addWidget(m_lastRun);
    layout->addWidget(m_track);
    return bar;
}

QWidget* ApiArea::buildCentre()
{
    auto* top = new QWidget;
    auto* layout = new QVBoxLayout(top);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildRouteBar());
    layout->addWidget(kit::hline());
    m_pipeline = new PipelineView;
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_pipeline);
    auto* none = new kit::EmptyState(tr("No method selected"),
        tr("A path answers nothing by itself. Select one of its methods at the left, or add one."));
    none->addAction(
        tr("Add route"), [this] { askNewRoute(); }, u"apiAddHere"_s);
    m_routePages = new QStackedWidget;
    m_routePages->addWidget(scroll);
    m_routePages->addWidget(none);
    layout->addWidget(m_routePages, 1);
    m_client = new TestClient;
    auto* split = new kit::Splitter(Qt::Vertical);
    split->addWidget(top);
    split->addWidget(m_client);
    split->setStretchFactor(0, 1);
    split->setChildrenCollapsible(false);
    split->setDefaultSizes({370, 430});
    return split;
}

QAction* ApiArea::addAction(const QString& id, const QString& text, const QString& icon,
    const QKeySequence& keys, std::function<void()> run)
{
    auto* action = context().actions.add(
        {.id = id, .text = text, .icon = icon, .keys = keys, .group = tr("API")}, this, std::move(run));
    action->setObjectName(id);
    m_actions.append(action);
    return action;
}

void ApiArea::addActions()
{
    auto* sending = addAction(u"api.send"_s, tr("Send the test request"), u"send"_s,
        QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { send(); });
    auto* add = addAction(u"api.addRoute"_s, tr("Add route"), u"plus"_s, QKeySequence(Qt::CTRL | Qt::Key_N),
        [this] { askNewRoute(); });
    addAction(u"api.rename"_s, tr("Rename resource"), {}, {}, [this] { askRename(m_document->route()); });
    addAction(
        u"api.delete"_s, tr("Delete route"), u"trash"_s, {}, [this] { removeRoute(m_document->route()); });
    addAction(u"api.deploy"_s, tr("Deploy"), u"flag"_s, {}, [this] { deploy(); });
    auto* importing =
        addAction(u"api.import"_s, tr("Import a definition…"), u"ul"_s, {}, [this] { importFile(); });
    auto* exporting =
        addAction(u"api.export"_s, tr("Export the definition…"), u"dl"_s, {}, [this] { exportFile(); });
    addAction(u"api.reference"_s, tr("Show or leave the reference"), u"book"_s, {},
        [this] { m_referenceButton->toggle(); });
    auto* menu = new QMenu(m_more);
    menu->setObjectName(u"apiMoreMenu"_s);
    menu->addActions({importing, exporting});
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto* create = addAction(u"api.create"_s, tr("Create API"), u"plus"_s, {}, [this] { askApi(); });
    context().actions.bind(m_newApi, create, true);
    context().actions.showKeys(m_client->sendButton(), sending);
    context().actions.bind(m_tree->addButton(), add, true);
}

void ApiArea::connectViews()
{
    connect(m_choice, &QComboBox::activated, this,
        [this](int index) { m_document->open(m_choice->itemData(index).toString()); });
    connect(m_stage, &QComboBox::activated, this, &ApiArea::chooseStage);
    connect(m_deploy, &QPushButton::clicked, this, &ApiArea::deploy);
    connect(m_tree, &RouteTree::routeSelected, m_document, &ApiDocument::select);
    connect(m_tree, &RouteTree::addRequested, this, &ApiArea::askNewRoute);
    connect(m_tree, &RouteTree::renameRequested, this, &ApiArea::askRename);
    connect(m_tree, &RouteTree::deleteRequested, this, &ApiArea::removeRoute);
    connect(m_pipeline, &PipelineView::stageSelected, this, &ApiArea::showStage);
    connect(m_pipeline, &PipelineView::openRequested, this, &ApiArea::openIntegration);
    connect(m_inspector, &StageInspector::openFunctionRequested, this, &ApiArea::openIntegration);
    connect(m_inspector->editor(), &IntegrationEditor::applyRequested, this,
        [this](const IntegrationValue& value) {
            const auto route = m_document->route();
            m_document->setIntegration(route, value, [this, route](const core::Result<>& result) {
                if (route == m_document->route())
                    m_inspector->editor()->setResult(result);
                else if (!result)
                    showError(result.error());
            });
        });
    connect(m_client, &TestClient::sendRequested, this, &ApiArea::send);
    connect(m_client, &TestClient::targetChanged, this, &ApiArea::showDeploymentState);
    connectReference();
    const auto openTrack = [this](const QString& id) {
        context().navigator.open({u"track"_s, context().navigator.region(), id});
    };
    connect(m_client, &TestClient::trackRequested, this, openTrack);
    connect(m_track, &QPushButton::clicked, this, [this, openTrack] {
        if (const auto* api = m_document->api())
            openTrack(m_runs.value(api->name + u' ' + m_document->route().text()).trackId);
    });
}

void ApiArea::connectReference()
{
    connect(m_referenceButton, &QPushButton::toggled, this, &ApiArea::showReference);
    connect(m_reference, &ReferenceView::failed, this, &ApiArea::showError);
    connect(m_reference, &ReferenceView::copied, this,
        [this] { context().navigator.toast(u"copy"_s, kit::Hue::Ok, tr("Link copied")); });
    connect(m_reference, &ReferenceView::saved, this, [this](const QString& file) {
        context().navigator.toast(u"check"_s, kit::Hue::Ok, tr("Reference saved"), file);
    });
}

void ApiArea::connectDocument()
{
    connect(m_document, &ApiDocument::changed, this, &ApiArea::showApi);
    connect(m_document, &ApiDocument::routeChanged, this, [this] {
        showRoute();
        Q_EMIT currentObjectChanged();
    });
    connect(m_document, &ApiDocument::failed, this, &ApiArea::showError);
    connect(&context().events, &bridge::EventBridge::tracksChanged, this, &ApiArea::readTracks);
}

}
