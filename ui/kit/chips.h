#pragma once

#include "ui/kit/tone.h"

#include <QAbstractButton>
#include <QLayout>
#include <QList>
#include <QWidget>

namespace ui::kit {

// Lays its items out in lines that wrap.
class FlowLayout : public QLayout {
    Q_OBJECT

public:
    explicit FlowLayout(QWidget* parent = nullptr, int gap = 6);
    ~FlowLayout() override;
    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    int arrange(const QRect& rect, bool apply) const;

    QList<QLayoutItem*> m_items;
    int m_gap;
};

// What a chip shows: name, operator in grey, value in its syntax colour.
struct ChipText {
    QString iconName;
    QString name;
    QString type; // type badge, "" for none
    QString op;
    QString value;
    Tone valueTone = Token::SyntaxString;
    bool accent = false; // the area's tint: key conditions
    bool fixed = false; // cannot be removed
};

// 26 px. Enter or a click edits, Delete or the cross removes.
class Chip : public QAbstractButton {
    Q_OBJECT

public:
    explicit Chip(const ChipText& text, QWidget* parent = nullptr);
    void setChip(const ChipText& text);
    const ChipText& chip() const { return m_text; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF cross() const;

    ChipText m_text;
};

// Chips in lines that wrap, with a dashed chip that adds one. Arrows move between chips.
class ChipBar : public QWidget {
    Q_OBJECT

public:
    explicit ChipBar(const QString& addText, QWidget* parent = nullptr);
    void setChips(const QList<ChipText>& chips);
    Chip* chip(int index) const { return m_chips.value(index); }
    QAbstractButton* addChip() const { return m_add; }
    int count() const { return static_cast<int>(m_chips.size()); }

Q_SIGNALS:
    void editRequested(int index);
    void removeRequested(int index);
    void addRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    FlowLayout* m_layout;
    QList<Chip*> m_chips;
    QAbstractButton* m_add;
};

}
