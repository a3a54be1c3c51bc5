#pragma once

#include "ui/shell/traffic.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace ui::kit {
class StateDot;
}

namespace ui::shell {

// 24 px at the bottom: core, rate, median, errors; then fidelity, runtimes, save time, scale.
class StatusBar : public QFrame {
    Q_OBJECT

public:
    explicit StatusBar(QWidget* parent = nullptr);
    enum class Core { Stopped, Opening, Running, Failed };
    void setCore(Core state, const QString& detail = {});
    void setTraffic(const Traffic::Numbers& numbers);
    void clearTraffic();
    void setFidelity(int simplified); // how many are in use; -1 hides
    void setRuntimes(const QString& text); // "Python 3.12, Node 22"
    void setSaved(const QString& text);
    void showScale(); // from the theme

Q_SIGNALS:
    void errorsActivated();
    void fidelityActivated();
    void runtimesActivated();
    void scaleActivated();

private:
    QPushButton* add(const QString& objectName);

    kit::StateDot* m_dot;
    QLabel* m_core;
    QLabel* m_rate;
    QLabel* m_median;
    QPushButton* m_errors;
    QPushButton* m_fidelity;
    QPushButton* m_runtimes;
    QLabel* m_saved;
    QLabel* m_version; // without a chamber
    QPushButton* m_scale;
    QWidget* m_savedMark;
};

}
