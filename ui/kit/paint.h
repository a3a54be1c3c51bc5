#pragma once

#include "ui/kit/roles.h"

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>

class QFont;
class QPainter;
class QPainterPath;
class QPoint;

// Drawings that delegates, canvases and widgets share. All take sizes in device-independent pixels, already
// scaled.
namespace ui::kit {

// 44 x 16 in the method's colours; DELETE and OPTIONS are abbreviated.
void paintMethod(QPainter& painter, const QRectF& rect, const QString& method);
// A text on its tint; `outlined` adds the line colour.
void paintBadge(QPainter& painter, const QRectF& rect, const QString& text, Hue hue, bool outlined = true);
// 15 high, JetBrains Mono 10/600.
void paintType(QPainter& painter, const QPointF& leftCentre, const QString& type, bool clash = false);
qreal typeBadgeWidth(const QString& type);
// The parts of a request's time, round ends, cold parts hatched.
void paintSpectrum(QPainter& painter, const QRectF& rect, const Spectrum& spectrum);
// A droplet on a path: the head at `at` (0…1) and seven smaller ones behind it.
void paintDroplets(QPainter& painter, const QPainterPath& path, qreal at, const QColor& colour);
// Dots of 2 px, 5 px apart.
void paintDottedTrail(QPainter& painter, const QPainterPath& path, const QColor& colour);
// A service's tile: tint with its icon. `side` 24 or 32.
void paintTile(QPainter& painter, const QRectF& rect, const QString& icon, Hue hue);
// Puts 2 px of focus inside the rectangle.
void paintFocus(QPainter& painter, const QRectF& rect, qreal radius);

// Prose in a width: broken between words, and inside one only where the word alone is wider than the line.
// wrappedHeight() measures what paintWrapped() draws with the painter's font; both align at the top left.
QStringList wrappedLines(const QFont& font, const QString& text, int width);
int wrappedHeight(const QFont& font, const QString& text, int width);
int paintWrapped(QPainter& painter, const QPoint& topLeft, const QString& text, int width);

QString shortMethod(const QString& method);

}
