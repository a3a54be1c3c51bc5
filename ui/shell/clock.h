#pragma once

#include "core/base/clock.h"
#include "ui/kit/panes.h"

#include <QAbstractButton>
#include <QTimer>

namespace ui::bridge {
class EngineClient;
}

namespace ui::shell {

// "Sun 22 Nov 14:03:27 ×1": the chamber's simulated clock; opens the ClockPopover. Ticks only while it is
// visible and the clock runs.
class ClockButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit ClockButton(QWidget* parent = nullptr);
    void setEngine(bridge::EngineClient* engine); // null without a chamber
    void refresh();
    void setNarrow(bool narrow); // the time without the date
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    bridge::EngineClient* m_engine = nullptr;
    QTimer m_timer;
    core::Clock::State m_state;
    bool m_narrow = false;
};

// Pause and resume, rate, and steps forward. The clock never goes back, so nothing here can be undone; it
// says so.
class ClockPanel : public QFrame {
    Q_OBJECT

public:
    explicit ClockPanel(bridge::EngineClient& engine, QWidget* parent = nullptr);

Q_SIGNALS:
    void changed();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void refresh();
    void advance(core::Micros duration);

    bridge::EngineClient& m_engine;
    QLabel* m_time;
    QLabel* m_date;
    QPushButton* m_pause;
    kit::Segments* m_rate;
    QLabel* m_state;
};

// "Sun 22 Nov" and "14:03:27" in UTC, as the logs and tracks of the chamber.
QString clockDate(core::Micros time);
QString clockTime(core::Micros time);
QString rateText(double rate);

}
