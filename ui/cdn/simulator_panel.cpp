#include "ui/cdn/simulator_panel.h"

#include "core/base/geo.h"
#include "ui/bridge/track_row.h"
#include "ui/kit/controls.h"
#include "ui/kit/decision_trace.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui::cdn {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;

namespace {

QList<kit::TraceStep> stepsOf(const core::trace::Track& track)
{
    QList<kit::TraceStep> steps;
    for (const auto& span : track.spans) {
        if (span.service != "cdn")
            continue;
        for (const auto& step : span.steps) {
            steps.append(bridge::traceStep(step));
            // Most decisions take no time to speak of: only what waited for the origin is worth a number.
            if (step.at < core::kMillisecond)
                steps.last().at.clear();
        }
        break;
    }
    return steps;
}

struct Outcome {
    QString word;
    Hue hue;
};

Outcome outcomeOf(const core::http::Response& response)
{
    const auto xCache = response.headers.get("X-Cache");
    if (xCache.starts_with("Hit"))
        return {QStringLiteral("HIT"), Hue::Ok};
    if (xCache.starts_with("RefreshHit"))
        return {QStringLiteral("REFRESH HIT"), Hue::Info};
    if (xCache.starts_with("Error"))
        return {QStringLiteral("ERROR"), response.status >= 500 ? Hue::Err : Hue::Warn};
    return {QStringLiteral("MISS"), Hue::Warn};
}

void clear(QLayout& layout)
{
    while (auto* item = layout.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

}

SimulatorPanel::SimulatorPanel(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"cdnSimulator"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new kit::SectionHeader(tr("Request simulator")));
    layout->addWidget(kit::hline());
    layout->addWidget(buildForm());
    layout->addWidget(kit::hline());
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(buildResult());
    layout->addWidget(scroll, 1);
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(12, 8, 12, 8);
    footer->addWidget(kit::label(tr("What if"), u"caption"_s));
    m_later = kit::button(tr("20 s later"), kit::ButtonRole::Default, u"clock"_s, true);
    m_later->setObjectName(u"cdnLater"_s);
    m_later->setToolTip(tr("Moves the chamber's clock 20 s forward and sends the request again"));
    m_track = kit::button(tr("Track"), kit::ButtonRole::Quiet, u"tracks"_s, true);
    m_track->setObjectName(u"cdnTrack"_s);
    m_track->setToolTip(tr("Shows every span of this request"));
    footer->addWidget(m_later);
    footer->addStretch();
    footer->addWidget(m_track);
    layout->addWidget(kit::hline());
    layout->addLayout(footer);
    m_later->setEnabled(false);
    m_track->setEnabled(false);
    connect(m_later, &QPushButton::clicked, this, &SimulatorPanel::laterRequested);
    connect(m_track, &QPushButton::clicked, this, [this] { Q_EMIT trackRequested(m_trackId); });
}

QWidget* SimulatorPanel::buildForm()
{
    auto* form = new QWidget;
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(6);
    m_city = new QComboBox;
    m_city->setObjectName(u"cdnCity"_s);
    m_city->setAccessibleName(tr("City of the viewer"));
    for (const auto& city : core::geo::cities())
        m_city->addItem(QString::fromUtf8(city.name.data(), qsizetype(city.name.size())));
    m_city->setCurrentText(u"São Paulo"_s);
    m_city->setMaxVisibleItems(20);
    m_method = new QComboBox;
    m_method->setObjectName(u"cdnMethod"_s);
    m_method->setAccessibleName(tr("Method"));
    m_method->addItems({u"GET"_s, u"HEAD"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"OPTIONS"_s});
    m_path = new QLineEdit(u"/books?author=verne"_s);
    m_path->setObjectName(u"cdnPath"_s);
    m_path->setAccessibleName(tr("Path and query"));
    m_path->setFont(theme().font(kit::TextRole::Value));
    auto* first = new QHBoxLayout;
    first->addWidget(m_city, 1);
    first->addWidget(m_method);
    layout->addLayout(first);
    layout->addWidget(m_path);
    m_headers = new QVBoxLayout;
    m_headers->setSpacing(6);
    layout->addLayout(m_headers);
    addHeaderRow(u"accept-language: pt"_s);
    m_body = new QPlainTextEdit;
    m_body->setObjectName(u"cdnBody"_s);
    m_body->setAccessibleName(tr("Body"));
    m_body->setPlaceholderText(tr("Body, as JSON"));
    m_body->setFont(theme().font(kit::TextRole::CodeSmall));
    m_body->setFixedHeight(theme().px(72));
    m_body->hide();
    layout->addWidget(m_body);
    auto* last = new QHBoxLayout;
    auto* addHeader = kit::button(tr("Header"), kit::ButtonRole::Default, u"plus"_s, true);
    addHeader->setObjectName(u"cdnAddHeader"_s);
    m_repeat = new QSpinBox;
    m_repeat->setObjectName(u"cdnRepeat"_s);
    m_repeat->setRange(1, 50);
    m_repeat->setPrefix(tr("Repeat "));
    m_repeat->setAccessibleName(tr("How often it is sent"));
    m_everyCity = new QCheckBox(tr("Every city"));
    m_everyCity->setObjectName(u"cdnEveryCity"_s);
    m_send = kit::button(tr("Send"), kit::ButtonRole::Primary, u"send"_s);
    m_send->setObjectName(u"cdnSend"_s);
    m_send->setToolTip(tr("Send (Ctrl+Enter)"));
    last->addWidget(addHeader);
    last->addWidget(m_repeat);
    last->addWidget(m_everyCity);
    last->addStretch();
    last->addWidget(m_send);
    layout->addLayout(last);
    connect(addHeader, &QPushButton::clicked, this, [this] {
        addHeaderRow({});
        m_headerFields.last()->setFocus();
    });
    connect(m_method, &QComboBox::currentTextChanged, this, [this](const QString& method) {
        m_body->setVisible(method == "POST"_L1 || method == "PUT"_L1 || method == "PATCH"_L1);
    });
    connect(m_send, &QPushButton::clicked, this, &SimulatorPanel::sendRequested);
    connect(m_path, &QLineEdit::returnPressed, this, [this] {
        if (m_send->isEnabled())
            Q_EMIT sendRequested();
    });
    return form;
}

void SimulatorPanel::addHeaderRow(const QString& text)
{
    auto* field = new QLineEdit(text);
    field->setObjectName(u"cdnHeader%1"_s.arg(m_headerFields.size()));
    field->setPlaceholderText(tr("name: value"));
    field->setAccessibleName(tr("Header"));
    field->setFont(theme().font(kit::TextRole::Value));
    field->setClearButtonEnabled(true);
    m_headerFields.append(field);
    m_headers->addWidget(field);
}

QWidget* SimulatorPanel::buildResult()
{
    auto* page = new QWidget;
    page->setProperty("pane", u"panel"_s);
    page->setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_hint = new kit::EmptyState(tr("Nothing sent yet"),
        tr("Send a request from a city: the edge's decisions appear here, one after the other, each with its "
           "rule."));
    layout->addWidget(m_hint);
    m_ring = new kit::BusyRing;
    m_ring->hide();
    layout->addWidget(m_ring, 0, Qt::AlignHCenter);
    m_error = new kit::ErrorCard;
    m_error->hide();
    layout->addWidget(m_error);
    m_result = new QWidget;
    m_result->hide();
    auto* inner = new QVBoxLayout(m_result);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(8);
    m_strip = new QWidget;
    m_strip->setAutoFillBackground(true);
    connect(&theme(), &kit::Theme::changed, this, &SimulatorPanel::paintStrip);
    auto* strip = new QHBoxLayout(m_strip);
    strip->setContentsMargins(12, 10, 12, 10);
    m_badge = new kit::Badge;
    m_status = kit::label({}, u"mono"_s);
    m_served = kit::label({});
    m_served->setObjectName(u"cdnServed"_s);
    m_served->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_time = kit::label({}, u"mono"_s);
    strip->addWidget(m_badge);
    strip->addWidget(m_status);
    strip->addWidget(m_served, 1);
    strip->addWidget(m_time);
    inner->addWidget(m_strip);
    inner->addWidget(kit::hline());
    m_trace = new kit::DecisionTrace;
    m_trace->setObjectName(u"cdnTrace"_s);
    inner->addWidget(m_trace);
    inner->addWidget(kit::hline());
    auto* headersTitle = kit::label(tr("Response headers"), u"caption"_s);
    headersTitle->setContentsMargins(12, 0, 12, 0);
    inner->addWidget(headersTitle);
    m_responseHeaders = new kit::KeyValueList;
    m_responseHeaders->setContentsMargins(12, 0, 12, 0);
    inner->addWidget(m_responseHeaders);
    inner->addWidget(kit::hline());
    m_otherTitle = kit::label({}, u"caption"_s);
    m_otherTitle->setContentsMargins(12, 0, 12, 0);
    inner->addWidget(m_otherTitle);
    m_others = new QVBoxLayout;
    m_others->setContentsMargins(12, 0, 12, 12);
    inner->addLayout(m_others);
    layout->addWidget(m_result);
    layout->addStretch();
    return page;
}

ViewerCall SimulatorPanel::call() const
{
    ViewerCall call{
        .city = m_city->currentText(), .method = m_method->currentText(), .path = m_path->text().trimmed()};
    if (!call.path.startsWith(u'/'))
        call.path.prepend(u'/');
    for (const auto* field : m_headerFields) {
        const auto colon = field->text().indexOf(u':');
        if (colon > 0)
            call.headers.append(
                {field->text().left(colon).trimmed(), field->text().mid(colon + 1).trimmed()});
    }
    if (!m_body->isHidden()) {
        call.body = m_body->toPlainText().toUtf8();
        call.headers.append({u"content-type"_s, u"application/json"_s});
    }
    call.repeat = m_repeat->value();
    call.everyCity = m_everyCity->isChecked();
    return call;
}

void SimulatorPanel::setEnabledToSend(bool possible)
{
    m_send->setEnabled(possible);
    m_send->setToolTip(possible ? tr("Send (Ctrl+Enter)") : tr("There is no distribution to send to"));
}

void SimulatorPanel::paintStrip()
{
    auto palette = m_strip->palette();
    palette.setColor(QPalette::Window, theme().tint(m_outcome));
    m_strip->setPalette(palette);
}

void SimulatorPanel::focusPath()
{
    m_path->setFocus();
    m_path->selectAll();
}

void SimulatorPanel::showWaiting()
{
    m_send->setEnabled(false);
    m_hint->hide();
    m_ring->show();
}

void SimulatorPanel::showAnswer(const ViewerAnswer& answer, const QList<EntryRow>& entries)
{
    m_send->setEnabled(true);
    m_hint->hide();
    m_ring->hide();
    m_error->setVisible(!answer.response.has_value());
    m_result->setVisible(answer.response.has_value());
    m_later->setEnabled(true);
    m_trackId = QString::fromStdString(answer.track.id);
    m_track->setEnabled(!m_trackId.isEmpty());
    if (!answer.response) {
        m_error->setError(answer.response.error());
        return;
    }
    const auto& response = *answer.response;
    const auto outcome = outcomeOf(response);
    m_badge->set(outcome.word, outcome.hue);
    m_outcome = outcome.hue;
    paintStrip();
    m_status->setText(QString::number(response.status));
    auto served = tr("Served by edge %1").arg(answer.edge);
    if (answer.sent > 1)
        served += u' ' + tr("(last of %n request(s))", nullptr, answer.sent);
    m_served->setText(served);
    m_time->setText(bridge::milliseconds(answer.network + answer.took));
    m_time->setToolTip(tr("%1 on the way (from the distances), %2 measured here")
                           .arg(bridge::milliseconds(answer.network), bridge::milliseconds(answer.took)));
    m_trace->setSteps(stepsOf(answer.track), outcome.hue);
    m_responseHeaders->clear();
    for (const auto* name :
        {"X-Cache", "Age", "Cache-Control", "X-Amz-Cf-Pop", "Vary", "ETag", "Content-Type"}) {
        const auto value = response.headers.joined(name);
        if (!value.empty())
            m_responseHeaders->add(QString::fromLatin1(name).toLower(), QString::fromStdString(value), true);
    }
    showOtherKeys(answer, entries);
}

void SimulatorPanel::showOtherKeys(const ViewerAnswer& answer, const QList<EntryRow>& entries)
{
    clear(*m_others);
    const auto path = answer.call.path.section(u'?', 0, 0);
    int shown = 0;
    for (const auto& entry : entries) {
        if (entry.edge != answer.edge || entry.path != path)
            continue;
        const auto words = entry.variant.isEmpty() ? entry.path : entry.variant;
        auto* row = new QHBoxLayout;
        auto* name = kit::label(words, u"mono"_s);
        name->setToolTip(entry.reason);
        name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        row->addWidget(name, 1);
        row->addWidget(new kit::Badge(entry.state == "fresh"_L1 ? tr("Fresh") : tr("Stale"),
            entry.state == "fresh"_L1 ? Hue::Ok : Hue::Warn));
        auto* line = new QWidget;
        row->setContentsMargins(0, 2, 0, 2);
        line->setLayout(row);
        m_others->addWidget(line);
        if (++shown == 6)
            break;
    }
    m_otherTitle->setText(shown ? tr("Stored keys of this path in %1").arg(answer.edge)
                                : tr("No key of this path is stored in %1").arg(answer.edge));
}

}
