#pragma once

#include "ui/shell/window_settings.h"

#include <QWidget>

namespace ui::shell {

// A chamber as a small drawing: lanes of nodes joined by tracks.
void paintSketch(QPainter& painter, const QRectF& rect, const ChamberSketch& sketch);

// What a SAM template would make, by its resource types; nothing when it cannot be read. Reads a file.
ChamberSketch sketchOfTemplate(const QString& templateFile);

class SketchView : public QWidget {
    Q_OBJECT

public:
    explicit SketchView(const ChamberSketch& sketch, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ChamberSketch m_sketch;
};

// The band of the start page: tracks of particles, always the same ones.
class TracksBand : public QWidget {
    Q_OBJECT

public:
    explicit TracksBand(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

}
