#pragma once

#include "ui/api/api_value.h"
#include "ui/api/route_run.h"
#include "ui/kit/tone.h"

#include <QAbstractButton>
#include <QList>
#include <QWidget>

#include <optional>

namespace ui::api {

// A step of the gateway's pipeline as it stands for one method.
struct Stage {
    QString title; // as the core's pipeline calls it
    QString detail;
    QString icon;
    bool off = false; // it passes everything
    bool shared = false; // the stage's settings decide, not the method
    bool integration = false; // spans both lanes
    QStringList more = {}; // integration: lines below its name
    kit::Hue hue = kit::Hue::Api;
};

// The core's list of steps, described for a method.
QList<Stage> stagesOf(const ResourceValue& resource, const MethodValue& method);

// One box. A button, so that keyboard and screen readers have it without a second list.
class StageBox : public QAbstractButton {
    Q_OBJECT

public:
    explicit StageBox(QWidget* parent);
    void setStage(const Stage& stage, const StepRun* run, bool reached);
    const Stage& stage() const { return m_stage; }
    // Where room is short, what the method leaves alone shows its name alone.
    bool yields() const { return m_stage.off || m_stage.shared; }
    void setNarrow(bool narrow);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintFrame(QPainter& painter, const QRectF& rect) const;
    void paintSmall(QPainter& painter, const QRectF& rect) const;
    void paintNarrow(QPainter& painter, const QRectF& rect) const;
    void paintIntegration(QPainter& painter, const QRectF& rect) const;
    void paintVerdict(QPainter& painter, const QRectF& rect) const;

    Stage m_stage;
    std::optional<StepRun> m_run;
    bool m_narrow = false;
};

// The selected method as boxes: the request goes right, the response comes back left, the client and what
// answers span both lanes. Arrows walk along them.
class PipelineView : public QWidget {
    Q_OBJECT

public:
    explicit PipelineView(QWidget* parent = nullptr);
    void setStages(const QList<Stage>& stages);
    void setRun(const std::optional<RouteRun>& run);
    QString currentStage() const { return m_current; }
    void setCurrentStage(const QString& title);
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint(); }

Q_SIGNALS:
    void stageSelected(const QString& title);
    void openRequested(); // Enter or a double click on what answers

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Lanes {
        QList<StageBox*> request;
        QList<StageBox*> response;
    };
    Lanes lanes() const;
    void layoutBoxes();
    void placeLane(const QList<StageBox*>& lane, int left, int right, int top, bool backwards);
    void showRun();
    void walk(int step);
    void paintArrow(QPainter& painter, QPointF from, QPointF to, bool ran) const;
    QRectF clientRect() const;

    QList<StageBox*> m_boxes;
    std::optional<RouteRun> m_run;
    QString m_current;
};

}
