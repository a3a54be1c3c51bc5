#pragma once

#include "ui/shell/traffic.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace ui::kit {
class StateDot;
}

namespace ui::shell {

// 24 px at the bottom: core, rate, median, errors; then fidelity, save time, scale.
class StatusBar : public QFrame {
    Q_OBJECT

public:
    explicit StatusBar(QWidget* parent = nullptr);
    enum class Core { Stopped, Opening, Running, Failed };
    void setCore(Core state, const QString& detail = {});
    void setTraffic(const Traffic::Numbers& numbers);
    void clearTraffic();
    void setFidelity(int simplified); // -1 hides
    void setSaved(const QString& text);
    void showScale(); // from the theme
    // The buttons that show and hide the parts of an area; an area without a part has no button for it.
    enum class PartState { Absent, Hidden, Shown };
    void setParts(PartState list, PartState inspector, PartState bottom);
    QList<QToolButton*> partButtons() const { return m_parts; }

Q_SIGNALS:
    void errorsActivated();
    void fidelityActivated();
    void scaleActivated();

private:
    QPushButton* add(const QString& objectName);

    kit::StateDot* m_dot;
    QLabel* m_core;
    QLabel* m_rate;
    QLabel* m_median;
    QPushButton* m_errors;
    QPushButton* m_fidelity;
    QLabel* m_saved;
    QPushButton* m_scale;
    QWidget* m_savedMark;
    QList<QToolButton*> m_parts;
};

}
