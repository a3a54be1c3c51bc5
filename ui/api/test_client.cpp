#include "ui/api/test_client.h"

#include "ui/api/field_list.h"
#include "ui/api/route_run.h"
#include "ui/bridge/track_row.h"
#include "ui/code/code_editor.h"
#include "ui/kit/controls.h"
#include "ui/kit/decision_trace.h"
#include "ui/kit/panes.h"
#include "ui/kit/spectrum_bar.h"
#include "ui/kit/theme.h"

#include <nlohmann/json.hpp>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>

namespace ui::api {

using namespace Qt::StringLiterals;
using kit::theme;

namespace {

// JSON is laid out for reading; anything else stays as it came.
QString readable(const std::string& body)
{
    const auto value = nlohmann::ordered_json::parse(body, nullptr, false);
    return QString::fromStdString(value.is_structured() ? value.dump(2) : body);
}

}

void TestClient::setRoute(const Route& route)
{
    if (route == m_route || !route.isMethod())
        return;
    m_route = route;
    m_method->setCurrentText(route.method == "ANY"_L1 ? u"GET"_s : route.method);
    const auto names = pathParameters(route.path);
    m_parameters->fix(names);
    m_tabs->setTabVisible(3, !names.isEmpty());
    const bool sendsBody =
        route.method == "POST"_L1 || route.method == "PUT"_L1 || route.method == "PATCH"_L1;
    m_tabs->setCurrentIndex(!names.isEmpty() && !sendsBody ? 3 : sendsBody ? 0 : 2);
    m_problem->hide();
    fillPath();
}

void TestClient::fillPath()
{
    m_path->setText(filledPath(m_route.path, m_parameters->fields(), m_query->fields()));
}

void TestClient::setStages(const QStringList& names)
{
    const QSignalBlocker blocker(m_stage);
    const auto chosen = m_stage->currentText();
    m_stage->clear();
    m_stage->addItems(names);
    m_stage->setCurrentIndex(names.contains(chosen) ? int(names.indexOf(chosen)) : names.isEmpty() ? -1 : 0);
    m_target->segment(0)->setEnabled(!names.isEmpty());
    m_target->segment(0)->setToolTip(
        names.isEmpty() ? tr("Nothing is deployed yet") : tr("Calls the deployed stage"));
    if (names.isEmpty())
        m_target->setCurrent(1);
    m_stage->setVisible(m_target->current() == 0);
}

QString TestClient::stage() const
{
    return m_target->current() == 0 ? m_stage->currentText() : QString();
}

QString TestClient::path() const
{
    const auto text = m_path->text().trimmed();
    return text.startsWith(u'/') ? text : u'/' + text;
}

TestCall TestClient::call() const
{
    TestCall call;
    call.stage = stage();
    call.method = m_method->currentText();
    call.path = path();
    call.headers = m_headers->fields();
    call.body = m_body->text().toUtf8();
    const bool typed = std::any_of(call.headers.begin(), call.headers.end(),
        [](const auto& field) { return field.first.compare("content-type"_L1, Qt::CaseInsensitive) == 0; });
    if (!call.body.isEmpty() && !typed)
        call.headers.append({u"content-type"_s, u"application/json"_s});
    return call;
}

bool TestClient::check()
{
    const auto open = pathParameters(path().section(u'?', 0, 0));
    m_parameters->setError(open.isEmpty() ? QString() : open.first());
    if (open.isEmpty()) {
        m_problem->hide();
        return true;
    }
    m_tabs->setCurrentIndex(3);
    m_parameters->setError(open.first());
    showProblem(tr("Give a value for %1").arg(open.first()));
    return false;
}

void TestClient::showProblem(const QString& message)
{
    m_problem->setText(message);
    m_problem->show();
}

bool TestClient::canSend() const
{
    return m_send->isEnabled();
}

void TestClient::showWaiting()
{
    m_send->setEnabled(false);
    m_ring->show();
}

void TestClient::showAnswer(const TestAnswer& answer)
{
    m_send->setEnabled(true);
    m_ring->hide();
    m_trackId = QString::fromStdString(answer.track.id);
    m_track->setEnabled(!m_trackId.isEmpty());
    m_trace->setSteps(decisionsOf(answer.track));
    m_spectrum->setSpectrum({bridge::selfTimes(answer.track)});
    if (!answer.response) {
        m_error->setError(answer.response.error());
        m_answer->setCurrentIndex(2);
        m_status->clear();
        m_reason->setText(tr("No response"));
        m_time->setText(bridge::milliseconds(answer.took));
        return;
    }
    m_answer->setCurrentIndex(1);
    showStatus(*answer.response, answer.took);
    m_responseBody->setText(readable(answer.response->body));
    m_responseHeaders->clear();
    for (const auto& [name, value] : answer.response->headers)
        m_responseHeaders->add(QString::fromStdString(name).toLower(), QString::fromStdString(value), true);
}

void TestClient::showStatus(const core::http::Response& response, core::Micros took)
{
    m_status->setText(QString::number(response.status));
    auto palette = m_status->palette();
    palette.setColor(QPalette::WindowText, theme().text(kit::hueOfStatus(response.status)));
    m_status->setPalette(palette);
    const auto reason = core::http::reasonPhrase(response.status);
    m_reason->setText(QString::fromUtf8(reason.data(), qsizetype(reason.size())));
    m_time->setText(bridge::milliseconds(took));
}

}
