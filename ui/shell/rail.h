#pragma once

#include "ui/shell/area.h"

#include <QFrame>
#include <QList>
#include <QToolButton>

class QButtonGroup;
class QVBoxLayout;

namespace ui::shell {

class RailButton : public QToolButton {
    Q_OBJECT

public:
    explicit RailButton(const AreaEntry& entry, QWidget* parent = nullptr);
    void setDot(bool dot); // unseen errors
    void setNarrow(bool narrow);
    bool hasDot() const { return m_dot; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();

    bool m_dot = false;
    bool m_narrow = false;
};

// The areas, one under the other; 64 px wide, 48 without labels.
class Rail : public QFrame {
    Q_OBJECT

public:
    explicit Rail(const QList<AreaEntry>& entries, QWidget* parent = nullptr);
    RailButton* button(int index) const;
    void setCurrent(int index); // -1 for none
    void setNarrow(bool narrow);
    void setUsable(bool usable); // areas need a chamber
    RailButton* settingsButton() const { return m_settings; }
    void setSettingsCurrent();

Q_SIGNALS:
    void activated(int index);
    void settingsActivated();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();

    QList<AreaEntry> m_entries;
    QButtonGroup* m_group;
    QVBoxLayout* m_column;
    RailButton* m_settings;
    bool m_narrow = false;
};

}
