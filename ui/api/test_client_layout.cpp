#include "ui/api/field_list.h"
#include "ui/api/test_client.h"
#include "ui/code/code_editor.h"
#include "ui/kit/controls.h"
#include "ui/kit/decision_trace.h"
#include "ui/kit/panes.h"
#include "ui/kit/spectrum_bar.h"
#include "ui/kit/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

// What the test client is made of; test_client.cpp has what it does.
namespace ui::api {

using namespace Qt::StringLiterals;

namespace {

QScrollArea* scrolled(QWidget* content)
{
    auto* scroll = new QScrollArea;
    content->setProperty("pane", u"panel"_s);
    content->setAttribute(Qt::WA_StyledBackground);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    return scroll;
}

QWidget* headOf(const QList<QWidget*>& left, const QList<QWidget*>& right)
{
    auto* head = new QWidget;
    head->setFixedHeight(kit::theme().px(32));
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(12, 0, 8, 0);
    layout->setSpacing(8);
    for (auto* widget : left)
        layout->addWidget(widget);
    layout->addStretch();
    for (auto* widget : right)
        layout->addWidget(widget);
    return head;
}

}

TestClient::TestClient(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"apiTestClient"_s);
    setProperty("pane", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildLine());
    m_problem = kit::label({}, u"error"_s);
    m_problem->setObjectName(u"apiTestProblem"_s);
    m_problem->setContentsMargins(12, 0, 12, 6);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addWidget(kit::hline());
    auto* split = new kit::Splitter(Qt::Horizontal);
    split->addWidget(buildRequest());
    split->addWidget(buildResponse());
    split->addWidget(buildTrace());
    for (int i = 0; i < 3; ++i)
        split->setStretchFactor(i, 1);
    split->setChildrenCollapsible(false);
    split->setDefaultSizes({240, 250, 255});
    layout->addWidget(split, 1);
}

QWidget* TestClient::buildLine()
{
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(12, 8, 10, 8);
    layout->setSpacing(8);
    m_method = new QComboBox;
    m_method->setObjectName(u"apiTestMethod"_s);
    m_method->setAccessibleName(tr("Method"));
    m_method->addItems({u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s});
    m_path = new QLineEdit;
    m_path->setObjectName(u"apiTestPath"_s);
    m_path->setAccessibleName(tr("Path and query"));
    m_path->setProperty("mono", true);
    m_target = new kit::Segments({tr("Deployed"), tr("Draft")});
    m_target->setObjectName(u"apiTestTarget"_s);
    m_target->segment(0)->setObjectName(u"apiTestDeployed"_s);
    m_target->segment(1)->setObjectName(u"apiTestDraft"_s);
    m_target->segment(1)->setToolTip(
        tr("Runs the API as it stands, no deployment needed (TestInvokeMethod)"));
    m_stage = new QComboBox;
    m_stage->setObjectName(u"apiTestStage"_s);
    m_stage->setAccessibleName(tr("Stage to call"));
    m_send = kit::button(tr("Send"), kit::ButtonRole::Primary, u"send"_s);
    m_send->setObjectName(u"apiSend"_s);
    m_send->setToolTip(tr("Send (Ctrl+Enter)"));
    layout->addWidget(m_method);
    layout->addWidget(m_path, 1);
    layout->addWidget(m_target);
    layout->addWidget(m_stage);
    layout->addWidget(m_send);
    connect(m_send, &QPushButton::clicked, this, &TestClient::sendRequested);
    connect(m_path, &QLineEdit::returnPressed, this, [this] {
        if (canSend())
            Q_EMIT sendRequested();
    });
    connect(m_target, &kit::Segments::currentChanged, this, [this](int index) {
        m_stage->setVisible(index == 0);
        Q_EMIT targetChanged();
    });
    connect(m_stage, &QComboBox::currentIndexChanged, this, &TestClient::targetChanged);
    return line;
}

QWidget* TestClient::buildRequest()
{
    auto* request = new QWidget;
    auto* layout = new QVBoxLayout(request);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"apiTestTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the request"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    for (const auto& title : {tr("Body"), tr("Headers"), tr("Query"), tr("Path")})
        m_tabs->addTab(title);
    m_body = new code::CodeEditor(code::Language::Json);
    m_body->setObjectName(u"apiTestBody"_s);
    m_body->setAccessibleName(tr("Body of the request"));
    m_body->setCompact();
    m_body->setPlaceholder(tr("Body, as JSON"));
    m_headers = new FieldList(u"apiTestHeader"_s, tr("Header"));
    m_query = new FieldList(u"apiTestQuery"_s, tr("Parameter"));
    m_parameters = new FieldList(u"apiTestParameter"_s, {});
    m_parameters->fix({});
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_body);
    for (auto* list : {m_headers, m_query, m_parameters})
        m_pages->addWidget(scrolled(list));
    layout->addWidget(m_tabs);
    layout->addWidget(kit::hline());
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_query, &FieldList::changed, this, &TestClient::fillPath);
    connect(m_parameters, &FieldList::changed, this, &TestClient::fillPath);
    return request;
}

QWidget* TestClient::buildResponse()
{
    auto* response = new QWidget;
    auto* layout = new QVBoxLayout(response);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_status = kit::label({}, u"mono"_s);
    m_status->setObjectName(u"apiTestStatus"_s);
    m_status->setAccessibleName(tr("Status"));
    m_reason = kit::label(tr("Response"), u"secondary"_s);
    m_time = kit::label({}, u"number"_s);
    m_ring = new kit::BusyRing;
    m_ring->hide();
    layout->addWidget(headOf({m_status, m_reason}, {m_ring, m_time}));
    layout->addWidget(kit::hline());
    auto* received = new kit::Splitter(Qt::Vertical);
    m_responseBody = new code::CodeEditor(code::Language::Json);
    m_responseBody->setObjectName(u"apiResponseBody"_s);
    m_responseBody->setAccessibleName(tr("Body of the response"));
    m_responseBody->setCompact();
    m_responseBody->setReadOnly(true);
    m_responseHeaders = new kit::KeyValueList;
    m_responseHeaders->setContentsMargins(12, 8, 12, 8);
    received->addWidget(m_responseBody);
    received->addWidget(scrolled(m_responseHeaders));
    received->setStretchFactor(0, 1);
    received->setDefaultSizes({200, 110});
    auto* failure = new QWidget;
    auto* failed = new QVBoxLayout(failure);
    m_error = new kit::ErrorCard;
    failed->addWidget(m_error);
    failed->addStretch();
    m_answer = new QStackedWidget;
    m_answer->addWidget(new kit::EmptyState(
        tr("Nothing sent yet"), tr("Send the request: status, headers and body appear here.")));
    m_answer->addWidget(received);
    m_answer->addWidget(failure);
    layout->addWidget(m_answer, 1);
    return response;
}

QWidget* TestClient::buildTrace()
{
    auto* trace = new QWidget;
    auto* layout = new QVBoxLayout(trace);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_track = kit::button(tr("Track"), kit::ButtonRole::Quiet, u"tracks"_s, true);
    m_track->setObjectName(u"apiTestTrack"_s);
    m_track->setToolTip(tr("Shows every span of this request"));
    m_track->setEnabled(false);
    layout->addWidget(headOf({kit::label(tr("What happened"), u"pane"_s)}, {m_track}));
    layout->addWidget(kit::hline());
    m_trace = new kit::DecisionTrace;
    m_trace->setObjectName(u"apiTestTrace"_s);
    layout->addWidget(scrolled(m_trace), 1);
    m_spectrum = new kit::SpectrumBar;
    layout->addWidget(kit::hline());
    layout->addWidget(m_spectrum);
    connect(m_track, &QPushButton::clicked, this, [this] { Q_EMIT trackRequested(m_trackId); });
    return trace;
}

}
