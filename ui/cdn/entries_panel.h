#pragma once

#include "ui/cdn/cdn_document.h"
#include "ui/kit/row_model.h"

#include <QWidget>

class QLineEdit;
class QTableView;

namespace ui::kit {
class EmptyState;
class SectionHeader;
class Segments;
}

namespace ui::cdn {

using EntryModel = kit::RowModel<EntryRow>;

// Columns of the cache entries: edge, key, state, age of lifetime, size, hits.
EntryModel* makeEntryModel(QObject* parent);

// What every edge holds, filtered by state, text and the edge selected on the map.
class EntriesPanel : public QWidget {
    Q_OBJECT

public:
    explicit EntriesPanel(QWidget* parent = nullptr);
    void setEntries(const QList<EntryRow>& entries);
    void setEdge(const QString& edge);
    void search(const QString& text);
    void setFooter(const QString& text);
    QTableView* table() const { return m_table; }

private:
    void apply();
    bool accepts(const EntryRow& entry) const;

    QList<EntryRow> m_all;
    QString m_edge;
    EntryModel* m_model;
    kit::SectionHeader* m_header;
    kit::Segments* m_states;
    QLineEdit* m_search;
    QTableView* m_table;
    kit::EmptyState* m_empty;
    class QLabel* m_footer;
};

}
