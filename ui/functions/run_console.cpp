#include "ui/functions/run_console.h"

#include "ui/bridge/track_row.h"
#include "ui/code/code_editor.h"
#include "ui/kit/controls.h"
#include "ui/kit/delegates.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"

#include <nlohmann/json.hpp>

#include <QBrush>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>
#include <QVBoxLayout>

#include <optional>

namespace ui::functions {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;

namespace {

QWidget* pane(const QString& title, QWidget* corner, QWidget* content)
{
    auto* widget = new QWidget;
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* header = new kit::SectionHeader(title);
    if (corner)
        header->addAction(corner);
    layout->addWidget(header);
    layout->addWidget(kit::hline());
    layout->addWidget(content, 1);
    return widget;
}

void dress(QTableView& table)
{
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setShowGrid(false);
    table.setTabKeyNavigation(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(theme().px(22));
    table.horizontalHeader()->hide();
    table.horizontalHeader()->setStretchLastSection(true);
}

// A line by its parts: the platform's own begin with a word that says what happened.
struct LogWords {
    QString kind; // "START", "ERROR"; "" for what the function printed
    QString text;
    std::optional<Hue> hue = {};
};

LogWords wordsOf(const LogRow& row)
{
    const auto line = QString(row.text).replace(u'\t', u"  "_s).replace(u'\n', u' ').trimmed();
    static const QRegularExpression platform(u"^(INIT_START|START|END|REPORT)\\s+(.*)$"_s);
    if (const auto match = platform.match(line); match.hasMatch()) {
        // The tooltip has the whole line, with the whole id.
        static const QRegularExpression requestId(u"RequestId: ([0-9a-f]{8})-[0-9a-f-]+\\s*"_s);
        const auto word = match.captured(1);
        if (word == "REPORT"_L1)
            return {word, match.captured(2).remove(requestId), Hue::Fn};
        return {word == "INIT_START"_L1 ? u"INIT"_s : word,
            match.captured(2).replace(requestId, u"RequestId: \\1 "_s).trimmed()};
    }
    if (line.contains("ERROR"_L1) || line.contains("Task timed out"_L1))
        return {u"ERROR"_s, QString(line).remove(u"[ERROR]"_s).trimmed(), Hue::Err};
    return {{}, line};
}

QString pretty(const std::string& payload)
{
    const auto value = nlohmann::json::parse(payload, nullptr, false);
    return QString::fromStdString(value.is_discarded() ? payload : value.dump(2));
}

}

LogModel* makeLogModel(QObject* parent)
{
    // Runs take seconds at most: the tooltip has the hour.
    const auto time = [](const LogRow& row, int role) -> QVariant {
        if (role == Qt::DisplayRole)
            return row.time.mid(6);
        if (role == Qt::ForegroundRole)
            return QBrush(theme().c(kit::Token::T3));
        return role == Qt::ToolTipRole ? QVariant(row.time) : QVariant();
    };
    const auto kind = [](const LogRow& row, int role) -> QVariant {
        const auto words = wordsOf(row);
        if (role == kit::ToneRole && words.hue)
            return int(*words.hue);
        return role == Qt::DisplayRole ? QVariant(words.kind) : QVariant();
    };
    const auto line = [](const LogRow& row, int role) -> QVariant {
        const auto words = wordsOf(row);
        if (role == Qt::DisplayRole)
            return words.text;
        if (role == Qt::ForegroundRole && !words.kind.isEmpty())
            return QBrush(theme().c(kit::Token::T2));
        return role == Qt::ToolTipRole ? QVariant(row.text) : QVariant();
    };
    return new LogModel(
        {{QObject::tr("Time"), time}, {QObject::tr("Kind"), kind}, {QObject::tr("Line"), line}},
        [](const LogRow& row) { return row.id; }, parent);
}

RunModel* makeRunModel(QObject* parent)
{
    const auto result = [](const RunRow& row, int role) -> QVariant {
        if (role == Qt::DisplayRole)
            return row.error.isEmpty() ? (row.init >= 0 ? QObject::tr("Cold") : QObject::tr("Warm"))
                                       : QObject::tr("Failed");
        if (role == kit::ToneRole)
            return int(!row.error.isEmpty() ? Hue::Err : row.init >= 0 ? Hue::Cold : Hue::Ok);
        if (role == Qt::ToolTipRole)
            return row.error.isEmpty() ? row.requestId : row.error;
        return {};
    };
    using Column = kit::Column<RunRow>;
    return new RunModel(
        {{QObject::tr("Result"), result},
            Column::text(QObject::tr("Time"), [](const RunRow& row) { return row.time; }),
            Column::text(
                QObject::tr("Duration"), [](const RunRow& row) { return bridge::milliseconds(row.duration); },
                Qt::AlignRight | Qt::AlignVCenter)},
        [](const RunRow& row) { return row.requestId; }, parent);
}

RunConsole::RunConsole(QWidget* parent)
    : QWidget(parent)
    , m_logModel(makeLogModel(this))
    , m_runModel(makeRunModel(this))
{
    setObjectName(u"functionConsole"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(kit::hline());
    auto* split = new kit::Splitter(Qt::Horizontal);
    split->addWidget(buildEvent());
    split->addWidget(buildLog());
    split->addWidget(buildResponse());
    split->addWidget(buildRuns());
    split->setStretchFactor(1, 1);
    split->setDefaultSizes({250, 400, 260, 230});
    layout->addWidget(split, 1);
}

QWidget* RunConsole::buildBar()
{
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 6, 12, 6);
    m_cold = new QCheckBox(tr("Force cold"));
    m_cold->setObjectName(u"functionForceCold"_s);
    m_cold->setToolTip(tr("Ends the idle environments first, so that the run starts a new one"));
    m_start = new kit::Badge;
    m_start->setObjectName(u"functionStart"_s);
    m_start->hide();
    m_measured = kit::label({}, u"mono"_s);
    m_measured->setObjectName(u"functionMeasured"_s);
    m_ring = new kit::BusyRing;
    m_ring->hide();
    m_run = kit::button(tr("Run"), kit::ButtonRole::Primary, u"play"_s);
    m_run->setObjectName(u"functionRun"_s);
    layout->addWidget(kit::label(tr("Run"), u"pane"_s));
    layout->addWidget(m_cold);
    layout->addSpacing(12);
    layout->addWidget(m_start);
    layout->addWidget(m_measured);
    layout->addStretch();
    layout->addWidget(m_ring);
    layout->addWidget(m_run);
    return bar;
}

QWidget* RunConsole::buildEvent()
{
    m_event = new code::CodeEditor(code::Language::Json);
    m_event->setObjectName(u"functionEvent"_s);
    m_event->setAccessibleName(tr("Event"));
    m_event->setCompact();
    m_event->setText(u"{\n  \"pathParameters\": {\"isbn\": \"9781400000012\"}\n}"_s);
    m_eventState = kit::label({}, u"caption"_s);
    m_eventState->setObjectName(u"functionEventState"_s);
    connect(m_event, &code::CodeEditor::textChanged, this, [this] {
        const auto problem = eventProblem();
        m_eventState->setText(problem.isEmpty() ? QString() : tr("No valid JSON"));
        m_eventState->setToolTip(problem);
    });
    return pane(tr("Event"), m_eventState, m_event);
}

QWidget* RunConsole::buildLog()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    m_log = new QTableView;
    m_log->setObjectName(u"functionLog"_s);
    m_log->setAccessibleName(tr("Logs"));
    m_log->setModel(m_logModel);
    m_log->setItemDelegateForColumn(0, new kit::RowDelegate(m_log, kit::RowDelegate::Cell::Number, 22));
    for (int column : {1, 2})
        m_log->setItemDelegateForColumn(
            column, new kit::RowDelegate(m_log, kit::RowDelegate::Cell::Mono, 22));
    dress(*m_log);
    m_log->setColumnWidth(0, theme().px(60));
    m_log->setColumnWidth(1, theme().px(66));
    m_noLog = kit::label(tr("Run the function: its lines appear here while it runs."), u"secondary"_s);
    m_noLog->setContentsMargins(12, 10, 12, 10);
    m_noLog->setWordWrap(true);
    layout->addWidget(m_noLog);
    layout->addWidget(m_log, 1);
    return pane(tr("Logs"), nullptr, content);
}

QWidget* RunConsole::buildResponse()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    m_error = new kit::ErrorCard;
    m_error->hide();
    m_response = new code::CodeEditor(code::Language::Json);
    m_response->setObjectName(u"functionResponse"_s);
    m_response->setAccessibleName(tr("Response"));
    m_response->setCompact();
    m_response->setReadOnly(true);
    layout->addWidget(m_error);
    layout->addWidget(m_response, 1);
    m_outcome = new kit::Badge;
    m_outcome->setObjectName(u"functionOutcome"_s);
    m_outcome->hide();
    return pane(tr("Response"), m_outcome, content);
}

QWidget* RunConsole::buildRuns()
{
    m_runs = new QTableView;
    m_runs->setObjectName(u"functionRuns"_s);
    m_runs->setAccessibleName(tr("Last runs"));
    m_runs->setModel(m_runModel);
    m_runs->setItemDelegate(new kit::RowDelegate(m_runs, kit::RowDelegate::Cell::Number, 26));
    m_runs->setItemDelegateForColumn(0, new kit::BadgeDelegate(m_runs));
    dress(*m_runs);
    m_runs->verticalHeader()->setDefaultSectionSize(theme().px(26));
    m_runs->setColumnWidth(0, theme().px(58));
    m_runs->setColumnWidth(1, theme().px(76));
    m_runs->setToolTip(tr("Enter or a double click opens the run's track"));
    connect(m_runs, &QTableView::activated, this, [this](const QModelIndex& index) {
        const auto id = m_runModel->row(index.row()).trackId;
        if (!id.isEmpty())
            Q_EMIT trackRequested(id);
    });
    return pane(tr("Last runs"), nullptr, m_runs);
}

QString RunConsole::event() const
{
    return m_event->text();
}

bool RunConsole::forceCold() const
{
    return m_cold->isChecked();
}

QString RunConsole::eventProblem() const
{
    try {
        const auto value = nlohmann::json::parse(m_event->text().toStdString());
        return value.is_discarded() ? tr("The event is no JSON.") : QString();
    } catch (const nlohmann::json::exception& problem) {
        return QString::fromUtf8(problem.what());
    }
}

void RunConsole::setLog(const QList<LogRow>& log)
{
    m_logModel->setRows(log);
    m_noLog->setVisible(log.isEmpty());
    m_log->setVisible(!log.isEmpty());
    m_log->scrollToBottom();
}

void RunConsole::setRuns(const QList<RunRow>& runs)
{
    m_runModel->setRows(runs);
    m_start->setVisible(!runs.isEmpty());
    if (runs.isEmpty())
        return m_measured->clear();
    const auto& last = runs.first();
    m_start->set(last.init >= 0 ? tr("Cold, %1").arg(bridge::milliseconds(last.init)) : tr("Warm"),
        last.init >= 0 ? Hue::Cold : Hue::Ok);
    m_measured->setText(tr("Duration %1   Billed %2 ms   Memory %3 of %4 MB")
                            .arg(bridge::milliseconds(last.duration))
                            .arg(last.billed)
                            .arg(last.peak)
                            .arg(last.memory));
}

void RunConsole::setRunning(bool running)
{
    m_ring->setVisible(running);
}

void RunConsole::clearAnswer()
{
    m_outcome->hide();
    m_error->hide();
    m_response->setText({});
}

void RunConsole::showAnswer(const RunAnswer& answer)
{
    m_outcome->show();
    m_error->setVisible(!answer.payload);
    if (!answer.payload) {
        m_error->setError(answer.payload.error());
        m_outcome->set(tr("Refused"), Hue::Err);
        return;
    }
    m_response->setText(pretty(*answer.payload));
    const bool good = answer.functionError.isEmpty();
    m_outcome->set(
        good ? tr("Succeeded") : tr("Failed, %1").arg(answer.functionError), good ? Hue::Ok : Hue::Err);
}

}
