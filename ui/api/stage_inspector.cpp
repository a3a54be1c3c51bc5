#include "ui/api/stage_inspector.h"

#include "ui/api/integration_editor.h"
#include "ui/bridge/track_row.h"
#include "ui/kit/controls.h"
#include "ui/kit/decision_trace.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui::api {

using namespace Qt::StringLiterals;

StageInspector::StageInspector(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"apiInspector"_s);
    setProperty("pane", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHeader());
    layout->addWidget(kit::hline());
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(buildBody());
    layout->addWidget(scroll, 1);
}

QWidget* StageInspector::buildHeader()
{
    auto* header = new QWidget;
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(10);
    m_tile = new kit::Tile(u"api"_s, kit::Hue::Api, 32);
    m_title = kit::label({}, u"title"_s);
    m_title->setObjectName(u"apiStageTitle"_s);
    m_purpose = kit::label({}, u"secondary"_s);
    m_purpose->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_purpose);
    layout->addWidget(m_tile, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    return header;
}

QWidget* StageInspector::buildBody()
{
    m_body = new QWidget;
    m_body->setProperty("pane", u"panel"_s);
    m_body->setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_editor = new IntegrationEditor;
    m_settings = new kit::KeyValueList;
    m_settings->setContentsMargins(12, 10, 12, 10);
    m_open = kit::button(tr("Open code"), kit::ButtonRole::Default, u"code"_s, true);
    m_open->setObjectName(u"apiOpenCode"_s);
    auto* open = new QHBoxLayout;
    open->setContentsMargins(12, 0, 12, 10);
    open->addWidget(m_open);
    open->addStretch();
    m_runTitle = kit::label(tr("In the last run"), u"pane"_s);
    m_runTitle->setContentsMargins(12, 10, 12, 4);
    m_trace = new kit::DecisionTrace;
    m_trace->setObjectName(u"apiStageTrace"_s);
    layout->addWidget(m_editor);
    layout->addLayout(open);
    layout->addWidget(m_settings);
    layout->addWidget(kit::hline());
    layout->addWidget(m_runTitle);
    layout->addWidget(m_trace);
    layout->addStretch();
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openFunctionRequested(m_function); });
    return m_body;
}

QString StageInspector::purpose(const Stage& stage, const IntegrationValue& integration)
{
    const bool proxy =
        integration.kind == IntegrationKind::Lambda || integration.kind == IntegrationKind::Http;
    if (stage.title == "Match route"_L1)
        return tr(
            "Finds the method that the request means. Fixed parts of a path win over {name}, and {name} "
            "over {name+}.");
    if (stage.title == "Authorize"_L1)
        return tr("Lets the request in or answers 401 or 403.");
    if (stage.title == "API key"_L1)
        return tr("Looks for the caller's key and the usage plan that has this stage, or answers 403.");
    if (stage.title == "Throttle"_L1)
        return tr(
            "Takes a token of the usage plan, the stage and the account, and one of the plan's quota, or "
            "answers 429.");
    if (stage.title == "Cache"_L1)
        return tr("Answers from the stage's cache when it has a fresh answer for the method's cache key.");
    if (stage.title == "Keep in cache"_L1)
        return tr("Keeps the answer in the stage's cache until its time to live is over.");
    if (stage.title == "Validate"_L1)
        return tr("Holds parameters and body against what the method's validator wants, or answers 400.");
    if (stage.title == "Map request"_L1)
        return proxy ? tr("A proxy integration passes headers, query and body as they are.")
                     : tr("Writes the request that the integration gets.");
    if (stage.title == "Integrate"_L1)
        return tr("Calls what answers, and waits for it.");
    if (stage.title == "Map response"_L1)
        return proxy
            ? tr("A proxy integration's answer goes back as it is.")
            : tr("Chooses the response by the integration's status and writes its headers and body.");
    return {};
}

void StageInspector::setStage(const ResourceValue& resource, const MethodValue& method, const Stage& stage)
{
    m_body->show();
    m_tile->set(stage.icon, stage.hue);
    m_title->setText(stage.title);
    m_purpose->setText(purpose(stage, method.integration));
    const bool edits = stage.integration && method.integration.kind != IntegrationKind::Mapped;
    m_editor->setVisible(edits);
    m_settings->setVisible(!edits);
    m_function = method.integration.function;
    m_open->setVisible(stage.integration && method.integration.kind == IntegrationKind::Lambda);
    if (edits)
        m_editor->setIntegration({resource.path, method.httpMethod}, method.integration);
    else
        showSettings(resource, method, stage);
}

void StageInspector::showSettings(
    const ResourceValue& resource, const MethodValue& method, const Stage& stage)
{
    m_settings->clear();
    const auto addAll = [this](const QString& name, const QStringList& values, const QString& none) {
        if (values.isEmpty())
            m_settings->add(name, none);
        for (const auto& value : values)
            m_settings->add(value == values.first() ? name : QString(), value, true);
    };
    if (stage.title == "Match route"_L1) {
        m_settings->add(tr("Method"), method.httpMethod, true);
        m_settings->add(tr("Path"), resource.path, true);
        addAll(tr("Parameters"), pathParameters(resource.path), tr("none"));
        m_settings->add(tr("Resource"), resource.id, true);
        if (!method.operationName.isEmpty())
            m_settings->add(tr("Operation"), method.operationName, true);
    } else if (stage.title == "Authorize"_L1) {
        m_settings->add(tr("Authorization"), method.authorizationType, true);
    } else if (stage.title == "API key"_L1) {
        m_settings->add(tr("API key"), method.apiKeyRequired ? tr("required") : tr("not required"));
    } else if (stage.title == "Validate"_L1) {
        m_settings->add(tr("Validator"), method.validatorId.isEmpty() ? tr("none") : method.validatorId,
            !method.validatorId.isEmpty());
    } else if (stage.title == "Map request"_L1) {
        addAll(tr("Mappings"), method.integration.requestMappings, tr("none"));
    } else if (stage.integration) {
        m_settings->add(tr("Type"), method.integration.type, true);
        m_settings->add(tr("Called with"), method.integration.httpMethod, true);
        m_settings->add(tr("Address"), method.integration.uri, true);
    } else if (stage.title == "Map response"_L1) {
        addAll(tr("Responses"), method.integration.responseMappings, tr("none"));
    }
}

void StageInspector::setRun(const std::optional<StepRun>& run)
{
    m_runTitle->setText(
        run ? tr("In the last run, %1").arg(bridge::milliseconds(run->took)) : tr("Not run yet"));
    m_trace->setVisible(run.has_value());
    m_trace->setSteps(run ? run->decisions : QList<kit::TraceStep>());
}

void StageInspector::clear()
{
    m_body->hide();
    m_tile->set(u"api"_s, kit::Hue::Api);
    m_title->setText(tr("Nothing selected"));
    m_purpose->setText(tr("Select a method to see its steps."));
}

}
