#pragma once

#include "ui/shell/command_palette.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace ui::shell {

// What the palette shows: headings and matching items, the best group first.
class CommandPalette::Model : public QAbstractListModel {
public:
    struct Row {
        bool heading = false;
        QString text;
        PaletteItem item;
        QList<int> positions;
        int score = 0;
    };

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    void show(const QList<PaletteItem>& items, const QString& words, int scope);
    const Row& row(int index) const { return m_rows[index]; }
    int matches() const { return m_matches; }

private:
    QList<Row> m_rows;
    int m_matches = 0;
};

class CommandPalette::Delegate : public QStyledItemDelegate {
public:
    Delegate(const Model& model, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_model(model)
    {
    }
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Model& m_model;
};

}
