#pragma once

#include "ui/kit/tree_node_model.h"
#include "ui/tables/item_document.h"

#include <QStyledItemDelegate>
#include <QTreeView>

namespace ui::tables {

// A value of the item as a line of the form.
struct FormRow {
    Path path;
    QString name;
    Type type = Type::S;
    QString text; // of scalars and elements
    QString old; // the value as it was read, when it is another one now
    int entries = -1; // of documents and sets
    bool locked = false;
    bool changed = false;
    bool element = false; // of a set: has no type of its own
};

// The item as a tree with editable values. The document is the truth: edits go there and come back as a new
// tree, which keeps what is expanded and selected.
class ItemTreeModel : public kit::TreeNodeModel<FormRow> {
public:
    explicit ItemTreeModel(ItemDocument& document, QObject* parent = nullptr);
    enum Column { Name, Value };
    void rebuild();
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    const Path* path(const QModelIndex& index) const;

private:
    static QVariant cell(const FormRow& row, int column, int role);
    QList<kit::TreeNode<FormRow>> rowsOf(const tables::Value& holder, const Path& path) const;

    ItemDocument& m_document;
};

// Type badge and a field for the value, the old value struck through; the editor is a line in its place.
class ItemFieldDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(
        QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void updateEditorGeometry(
        QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;

Q_SIGNALS:
    void typeClicked(const QModelIndex& index, const QPoint& at); // of the view

private:
    void paintName(QPainter& painter, const QStyleOptionViewItem& option, const FormRow& row) const;
    void paintValue(QPainter& painter, const QStyleOptionViewItem& option, const FormRow& row) const;
};

// The form: rows by type, a menu with what can be done to one. Keys: F2 or Enter edits, Space switches a
// BOOL, Delete removes, Ctrl+T changes the type, Insert adds an entry.
class ItemForm : public QTreeView {
    Q_OBJECT

public:
    explicit ItemForm(ItemDocument& document, QWidget* parent = nullptr);
    void addEntry(); // below the selected document or set, else an attribute of the item
    void removeCurrent();
    void changeType();

Q_SIGNALS:
    void nameWanted(const ui::tables::Path& parent); // a member of a map needs a name first

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void showTypes(const QModelIndex& index, const QPoint& at);
    void sync();

    ItemDocument& m_document;
    ItemTreeModel* m_model;
};

}
