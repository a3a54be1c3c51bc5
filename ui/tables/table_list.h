#pragma once

#include "ui/kit/controls.h"
#include "ui/kit/delegates.h"
#include "ui/kit/panes.h"
#include "ui/kit/tree_node_model.h"
#include "ui/tables/tables_document.h"

#include <QFrame>

class QLineEdit;
class QSortFilterProxyModel;
class QStackedWidget;
class QTreeView;

namespace ui::tables {

// A table, or what of it can be asked: itself or an index.
struct ListRow {
    QString table;
    QString index;
    bool isTable = false;
    QString title;
    QString detail; // keys
    qint64 items = 0;
};

// Tables with the number of their items; sources on two lines with their keys.
class TableRowDelegate : public kit::RowDelegate {
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void paintContent(
        QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// The left list: tables with their indexes, a filter, a way to make one, facts of the current one.
class TableList : public QFrame {
    Q_OBJECT

public:
    TableList(TablesDocument& document, QWidget* popoverHost, QWidget* parent = nullptr);
    void select(const QString& table, const QString& index);
    void askForTable(); // opens the form for a new one
    QTreeView* view() const { return m_view; }

Q_SIGNALS:
    void sourceSelected(const QString& table, const QString& index);
    void deleteRequested(const QString& table);

private:
    void buildList();
    void connectAll();
    void rebuild();
    void showFacts();

    TablesDocument& m_document;
    QString m_table;
    QString m_index;
    bool m_selecting = false;
    kit::Popover* m_popover;
    QLineEdit* m_filter;
    QToolButton* m_add;
    kit::TreeNodeModel<ListRow>* m_model;
    QSortFilterProxyModel* m_proxy;
    QTreeView* m_view;
    QLabel* m_none;
    QFrame* m_facts;
    QLabel* m_name;
    kit::KeyValueList* m_values;
};

}
