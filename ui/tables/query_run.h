#pragma once

#include "ui/bridge/engine.h"
#include "ui/kit/paged_model.h"
#include "ui/shell/area.h"
#include "ui/tables/explain.h"
#include "ui/tables/query_builder.h"

#include <QObject>
#include <QTimer>

namespace ui::tables {

struct ItemRow {
    QString key; // within the table
    Item item;
};

// One question to a table and its pages so far. Feeds an ItemGridModel; UI thread only. A run by the user
// leaves tracks, a refresh after somebody's write does not and keeps as many pages as are shown.
class QueryRun : public QObject {
    Q_OBJECT

public:
    explicit QueryRun(shell::AreaContext& context, QObject* parent = nullptr);

    // The error is the form's: nothing was sent.
    core::Result<> start(const QueryForm& form, const TableSchema& schema);
    void refresh();
    void reset();
    bool hasStarted() const { return m_started; }
    bool isRunning() const { return m_running; }
    const QueryForm& form() const { return m_form; }
    const TableSchema& schema() const { return m_schema; }
    void setSchema(const TableSchema& schema) { m_schema = schema; } // newer counts
    const RunStats& stats() const { return m_stats; }

    // What a PagedModel asks.
    using Done = kit::PagedModel<ItemRow>::Done;
    void fetch(const QString& token, Done done);

Q_SIGNALS:
    void restarted(); // the model shall ask from the first page
    void changed();
    void failed(const core::Error& error);

private:
    struct Pages {
        QList<ItemRow> rows;
        QString next;
        RunStats stats;
    };
    static core::Result<Pages> ask(core::aws::Caller& caller, const core::aws::CallOptions& options,
        const std::string& action, const std::string& request, const std::string& token, int pages,
        const TableSchema& schema);

    shell::AreaContext& m_context;
    QueryForm m_form;
    TableSchema m_schema;
    std::string m_request; // JSON
    RunStats m_stats;
    QTimer m_refresh;
    bool m_started = false;
    bool m_running = false;
    bool m_quiet = false;
    int m_question = 0;
};

}
