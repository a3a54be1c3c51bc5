#pragma once

#include <QStyledItemDelegate>

namespace ui::kit {

// Paints a row of the workbench: `sel` when selected, `hover` under the mouse, a hairline below, the text in
// the font and colour that the model gives (Qt::FontRole, Qt::ForegroundRole, ToneRole) or the delegate's
// own. The base of all delegates; use it as it is for plain cells. `mono`: JetBrains Mono 12, for keys and
// numbers.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    enum class Cell { Text, Mono, Number };

    explicit RowDelegate(QObject* parent = nullptr, Cell cell = Cell::Text, int rowHeight = 26);
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setCellLines(bool lines) { m_cellLines = lines; } // vertical hairlines too
    void setRowLines(bool lines) { m_rowLines = lines; } // the hairline below each row
    // A current row in a tree: the area's tint and a 2 px bar at the left.
    void setAccented(bool accented) { m_accented = accented; }

protected:
    void paintBackground(
        QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintText(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
        const QRectF& rect) const;
    QRectF content(const QStyleOptionViewItem& option) const; // without the 8 px at both sides
    virtual void paintContent(
        QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

    QFont textFont(const QModelIndex& index) const;

private:
    Cell m_cell;
    int m_rowHeight;
    bool m_cellLines = false;
    bool m_rowLines = true;
    bool m_accented = false;
};

// The display text as a method badge.
class MethodDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

// An HTTP status in its colour: the display text is a number; 0 shows nothing.
class StatusDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

// The display text as a badge in the hue of ToneRole.
class BadgeDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

// SpectrumRole as the bar of where the time went.
class SpectrumDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

// TypeRole: a DynamoDB value with its type's badge where it clashes with the column's.
class TypedCellDelegate : public RowDelegate {
    Q_OBJECT
public:
    explicit TypedCellDelegate(QObject* parent = nullptr);

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

// AgeRole: a bar of the lifetime with the age beside it.
class AgeDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

// IconNameRole and ToneRole as a 24 px tile, display text, DetailRole in grey below it (rows of 40) or after
// it.
class TileDelegate : public RowDelegate {
    Q_OBJECT
public:
    explicit TileDelegate(QObject* parent = nullptr, int rowHeight = 40);

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

}
