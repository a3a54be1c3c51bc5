#pragma once

#include "ui/kit/tone.h"

#include <QList>
#include <QString>
#include <QWidget>

namespace ui::kit {

// One decision of a service in words.
struct TraceStep {
    enum class Verdict { Note, Pass, Warn, Fail };
    QString title;
    QString detail; // quotes the rule and the value that decided
    Verdict verdict = Verdict::Note;
    QString at = {}; // "1.2 ms", right aligned; "" for none
};

// Discs of 17 px joined by a dotted trail; the last disc carries the colour of the result. Selectable step by
// step with the arrow keys or a click.
class DecisionTrace : public QWidget {
    Q_OBJECT

public:
    explicit DecisionTrace(QWidget* parent = nullptr);
    // `result`: the hue of the last disc; Hue::Obs takes it from the last step's verdict.
    void setSteps(const QList<TraceStep>& steps, Hue result = Hue::Obs);
    int currentStep() const { return m_current; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void stepActivated(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int textWidth(int width) const;
    int titleWidth(const TraceStep& step, int width) const;
    int stepHeight(const TraceStep& step, int width) const;
    Hue hueOf(int index) const;
    void setCurrent(int index);

    QList<TraceStep> m_steps;
    Hue m_result = Hue::Obs;
    int m_current = -1;
};

}
