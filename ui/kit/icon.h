#pragma once

#include "ui/kit/tone.h"

#include <QIcon>
#include <QPixmap>

class QAbstractButton;
class QPainter;

namespace ui::kit {

// An icon of resources/icons by its file's name ("api", "fn", "search"), drawn in the tone's colour of the
// current theme; it re-tints itself on a theme switch. `checked` is the tone of the checked state. UI thread
// only.
QIcon icon(const QString& name, Tone tone = Token::T2);
QIcon icon(const QString& name, Tone tone, Tone checked);

// The same as a pixmap of `pixels` (unscaled; the theme's scale is applied) or painted into a rectangle.
QPixmap iconPixmap(const QString& name, Tone tone, int pixels, qreal devicePixelRatio = 1);
void paintIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& colour);

}
