#pragma once

#include "ui/shell/part_host.h"

#include <QAbstractButton>
#include <QFrame>

class QLabel;
class QMenu;
class QToolButton;

namespace ui::kit {
class StateDot;
}

namespace ui::shell {

class ClockButton;

// The wide field that opens the command palette; an icon alone when narrow.
class CommandField : public QAbstractButton {
    Q_OBJECT

public:
    explicit CommandField(QWidget* parent = nullptr);
    void setNarrow(bool narrow);
    void setRoomLeft(int width); // between the groups at both sides
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_width = 0;
    bool m_narrow = false;
};

// 44 px: logo, chamber, region, clock, command field, undo and redo, endpoint, theme, about. It shows; the
// window acts.
class TopBar : public QFrame {
    Q_OBJECT

public:
    explicit TopBar(QWidget* parent = nullptr);
    void setChamber(const QString& name); // "" for none
    void setRegion(const QString& region);
    // "" with a reason: the core is not reachable from outside.
    void setEndpoint(const QString& endpoint, const QString& reason = {});
    void setRoom(Room room); // the clock loses its date first, then the field its words
    void showThemeMode(); // from the theme

    QToolButton* chamberButton() const { return m_chamber; }
    QToolButton* regionButton() const { return m_region; }
    ClockButton* clock() const { return m_clock; }
    CommandField* commandField() const { return m_field; }
    QToolButton* undoButton() const { return m_undo; }
    QToolButton* redoButton() const { return m_redo; }
    QToolButton* copyButton() const { return m_copy; }
    QToolButton* themeButton() const { return m_theme; }
    QToolButton* aboutButton() const { return m_about; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void arrange();
    QWidget* buildLeft();
    QWidget* buildRight();
    void fit();

    QWidget* m_left = nullptr;
    QWidget* m_right = nullptr;
    QToolButton* m_chamber;
    QToolButton* m_region;
    ClockButton* m_clock;
    CommandField* m_field = nullptr;
    QToolButton* m_undo;
    QToolButton* m_redo;
    QFrame* m_endpointFrame;
    kit::StateDot* m_endpointDot;
    QLabel* m_endpoint;
    QToolButton* m_copy;
    QToolButton* m_theme;
    QToolButton* m_about;
    QFrame* m_regionLine;
    QFrame* m_clockLine;
};

}
