#pragma once

#include "ui/kit/panes.h"
#include "ui/shell/area.h"
#include "ui/tables/item_document.h"
#include "ui/tables/item_editor.h"
#include "ui/tables/item_grid.h"
#include "ui/tables/query_panel.h"
#include "ui/tables/query_run.h"
#include "ui/tables/result_footer.h"
#include "ui/tables/table_list.h"
#include "ui/tables/tables_document.h"

class QStackedWidget;

namespace ui::tables {

// Tables: what there is, a Query or Scan over it, and one item. Joins documents and views; holds no data.
class TablesArea : public shell::Area {
    Q_OBJECT

public:
    explicit TablesArea(shell::AreaContext& context, QWidget* parent = nullptr);

    void openObject(const shell::ObjectRef& object) override;
    shell::ObjectRef currentObject() const override;
    QList<QAction*> areaActions() const override { return m_actions; }
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;
    QList<QWidget*> panes() const override;
    QWidget* partWidget(Part part) const override;

private:
    void buildHeader();
    void buildPanes();
    QWidget* buildCentre();
    void addActions();
    void connectDocuments();
    void connectViews();
    void connectItem();
    void openTable(const QString& table, const QString& index);
    void run();
    void newItem();
    void syncTable(); // after the list of tables has changed
    void showCentre();
    void showFailure(const core::Error& error);
    void askToDelete(const QString& name, int copied);

    TablesDocument m_tables;
    QueryRun m_run;
    ItemDocument m_item;
    QString m_table;
    QString m_wanted; // to open when the list has come
    QString m_wantedIndex;
    kit::AreaHeader* m_header;
    kit::Splitter* m_splitter;
    TableList* m_list;
    QWidget* m_centre;
    QueryPanel* m_query;
    QStackedWidget* m_results;
    ItemGrid* m_grid;
    kit::EmptyState* m_empty;
    kit::EmptyState* m_noTable;
    QWidget* m_tablePage;
    kit::ErrorCard* m_error;
    ResultFooter* m_footer;
    ItemEditor* m_editor;
    QAction* m_newItem;
    QAction* m_runAction;
    QList<QAction*> m_actions;
};

}
