#pragma once

#include "ui/code/code_editor.h"
#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/tables/code_writer.h"
#include "ui/tables/explain.h"

#include <QFrame>

class QTabBar;

namespace ui::tables {

// The request as code in three languages; follows the form. Opened over the footer.
class CodeView : public QFrame {
    Q_OBJECT

public:
    explicit CodeView(const QString& endpoint, QWidget* parent = nullptr);
    void show(const QueryForm& form, const TableSchema& schema);
    QString text() const; // of the chosen language

private:
    void write();

    QueryForm m_form;
    TableSchema m_schema;
    QTabBar* m_tabs;
    code::CodeEditor* m_code;
};

// What a run cost, its explanation, and the code that does the same.
class ResultFooter : public QFrame {
    Q_OBJECT

public:
    ResultFooter(const QString& endpoint, QWidget* popoverHost, QWidget* parent = nullptr);
    void setRun(
        const QueryForm& form, const TableSchema& schema, const RunStats& stats, bool running, bool started);
    void setForm(const QueryForm& form, const TableSchema& schema); // for the code
    void setStaged(bool staged);
    void showCode();
    void copyCode();

Q_SIGNALS:
    void nextPageRequested();
    void rewriteRequested(const ui::tables::QueryForm& query);

private:
    void buildLine();
    void showExplanation();
    QWidget* explanationPage();

    QString m_endpoint;
    kit::Popover* m_popover;
    QueryForm m_form;
    TableSchema m_schema;
    Explanation m_told;
    QLabel* m_counts;
    kit::BusyRing* m_busy;
    QPushButton* m_next;
    QPushButton* m_explain;
    QLabel* m_staged;
    QPushButton* m_code;
};

}
