#pragma once

#include "ui/functions/functions_document.h"
#include "ui/kit/row_model.h"

#include <QWidget>

class QAction;
class QCheckBox;
class QLabel;
class QPushButton;
class QTableView;

namespace ui::code {
class CodeEditor;
}
namespace ui::kit {
class Badge;
class BusyRing;
class ErrorCard;
}

namespace ui::functions {

using LogModel = kit::RowModel<LogRow>;
using RunModel = kit::RowModel<RunRow>;
LogModel* makeLogModel(QObject* parent);
RunModel* makeRunModel(QObject* parent);

// Event, logs as they come, response, last runs.
class RunConsole : public QWidget {
    Q_OBJECT

public:
    explicit RunConsole(QWidget* parent = nullptr);
    QString event() const;
    bool forceCold() const;
    QPushButton* runButton() const { return m_run; }
    void setLog(const QList<LogRow>& log);
    void setRuns(const QList<RunRow>& runs);
    void setRunning(bool running);
    void showAnswer(const RunAnswer& answer);
    void clearAnswer();
    // "" when the event is JSON, else what is wrong with it.
    QString eventProblem() const;

Q_SIGNALS:
    void trackRequested(const QString& trackId);

private:
    QWidget* buildBar();
    QWidget* buildEvent();
    QWidget* buildLog();
    QWidget* buildResponse();
    QWidget* buildRuns();

    LogModel* m_logModel;
    RunModel* m_runModel;
    code::CodeEditor* m_event;
    QLabel* m_eventState;
    QCheckBox* m_cold;
    kit::Badge* m_start;
    QLabel* m_measured;
    kit::BusyRing* m_ring;
    QPushButton* m_run;
    QTableView* m_log;
    QLabel* m_noLog;
    code::CodeEditor* m_response;
    kit::Badge* m_outcome;
    kit::ErrorCard* m_error;
    QTableView* m_runs;
};

}
