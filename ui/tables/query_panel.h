#pragma once

#include "ui/kit/chips.h"
#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/shell/area.h"
#include "ui/tables/condition_editor.h"
#include "ui/tables/query_builder.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace ui::tables {

// The builder: what to ask of which key source, as chips. Holds the form and nothing else; edits in place in
// a popover of the area.
class QueryPanel : public QFrame {
    Q_OBJECT

public:
    QueryPanel(shell::AreaContext& context, QWidget* popoverHost, QWidget* parent = nullptr);

    void setSchema(const TableSchema& schema); // the same table: keeps the form
    void setForm(const QueryForm& form);
    const QueryForm& form() const { return m_form; }
    // Attributes that were seen, for completion.
    void setAttributes(const QHash<QString, Type>& attributes);
    void setProblem(const QString& problem); // of the form, below the chips
    QPushButton* runButton() const { return m_run; }

Q_SIGNALS:
    void formChanged();
    void sourceChanged();

private:
    void buildFirstRow();
    void buildKeyRow();
    void buildFilterRow();
    void buildShowRow();
    void connectAll();
    void showForm();
    void showKeyRow();
    QWidget* row(const QString& title, const QList<QWidget*>& widgets);
    void showSortChip(int at, const KeyPart& key, const std::optional<Condition>& condition);
    void editPartition(int at);
    void editSort(int at);
    void editFilter(int index);
    void openEditor(const Condition& condition, const ConditionEditor::Limits& limits, QWidget* anchor,
        std::function<void(const std::optional<Condition>&)> done);
    void change(std::function<void(QueryForm&)> edit);

    shell::AreaContext& m_context;
    TableSchema m_schema;
    QueryForm m_form;
    QHash<QString, Type> m_attributes;
    bool m_showing = false;
    kit::Popover* m_popover;
    kit::Segments* m_mode;
    QComboBox* m_source;
    QCheckBox* m_strong;
    QPushButton* m_run;
    QWidget* m_keys;
    QList<kit::Chip*> m_partitions; // as many as a key may have
    QList<kit::Chip*> m_sorts;
    QLabel* m_and;
    kit::Segments* m_order;
    QWidget* m_scanNote;
    kit::Segments* m_join;
    kit::ChipBar* m_filters;
    QSpinBox* m_limit;
    QLabel* m_problem;
};

}
