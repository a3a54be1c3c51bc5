#pragma once

#include "ui/kit/delegates.h"
#include "ui/kit/paged_model.h"
#include "ui/tables/query_run.h"

#include <QHeaderView>
#include <QTableView>

namespace ui::tables {

// A column of items: an attribute and the type that most of its values have.
struct AttributeColumn {
    QString name;
    Type type = Type::S;
    bool key = false;
    friend bool operator==(const AttributeColumn&, const AttributeColumn&) = default;
};

// Keys first, then scalars, documents and sets, binaries last; within those by name.
QList<AttributeColumn> attributeColumns(
    const QList<ItemRow>& rows, const TableSchema& schema, const QString& index);

// Items by attribute, page by page, numbered at the left. Header: TypeRole is the column's type.
class ItemGridModel : public kit::PagedModel<ItemRow> {
public:
    explicit ItemGridModel(QueryRun& run, QObject* parent = nullptr);
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    const QList<AttributeColumn>& attributes() const { return m_attributes; }
    // Resets the model when the columns are others.
    bool setAttributes(const QList<AttributeColumn>& attributes);
    // The item that is edited in the inspector, as staged; empty key for none.
    void setStaged(const QString& key, const Item& item);

private:
    QVariant cell(const ItemRow& row, const AttributeColumn& column, int role) const;

    QList<AttributeColumn> m_attributes;
    QString m_stagedKey;
    Item m_staged;
};

// Name and type badge of a column.
class TypeHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit TypeHeader(QWidget* parent = nullptr);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    QSize sectionSizeFromContents(int logicalIndex) const override;
};

// BOOL as a check, sets as small chips, the rest as kit does.
class ItemCellDelegate : public kit::TypedCellDelegate {
    Q_OBJECT

public:
    using TypedCellDelegate::TypedCellDelegate;

protected:
    void paintContent(
        QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// The view: selects rows, keeps selection and widths over new columns, and asks for pages.
class ItemGrid : public QTableView {
    Q_OBJECT

public:
    explicit ItemGrid(QueryRun& run, QWidget* parent = nullptr);
    ItemGridModel& items() { return *m_model; }
    QString currentKey() const;
    void selectKey(const QString& key);

Q_SIGNALS:
    void itemSelected(const QString& key); // by the user

private:
    void updateColumns();

    QueryRun& m_run;
    ItemGridModel* m_model;
    QHash<QString, int> m_widths;
    bool m_restoring = false;
};

}
