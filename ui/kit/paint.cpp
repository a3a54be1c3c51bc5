#include "ui/kit/paint.h"

#include "ui/kit/icon.h"
#include "ui/kit/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include <cmath>
#include <functional>

namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

void fillRound(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect, radius, radius);
}

// Lines of one paragraph after the other; gives the height.
int layOut(const QFont& font, const QString& text, int width, const std::function<void(QTextLayout&)>& done)
{
    qreal height = 0;
    for (const auto& paragraph : text.split(u'\n')) {
        QTextLayout layout(paragraph, font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(std::max(1, width));
            line.setPosition({0, height});
            height += line.height();
        }
        layout.endLayout();
        if (done)
            done(layout);
    }
    return static_cast<int>(std::ceil(height));
}

void hatch(QPainter& painter, const QRectF& rect)
{
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.fillRect(rect, theme().line(Hue::Cold));
    painter.setPen(QPen(theme().fill(Hue::Cold), theme().px(1.4)));
    const auto slant = rect.height() + 2;
    for (qreal x = rect.left() - slant; x < rect.right(); x += theme().px(4.0))
        painter.drawLine(QPointF(x, rect.bottom() + 1), QPointF(x + slant, rect.top() - 1));
    painter.restore();
}

}

QStringList wrappedLines(const QFont& font, const QString& text, int width)
{
    QStringList lines;
    layOut(font, text, width, [&](QTextLayout& layout) {
        for (int i = 0; i < layout.lineCount(); ++i) {
            const auto line = layout.lineAt(i);
            lines.append(layout.text().mid(line.textStart(), line.textLength()));
        }
    });
    return lines;
}

int wrappedHeight(const QFont& font, const QString& text, int width)
{
    return layOut(font, text, width, {});
}

int paintWrapped(QPainter& painter, const QPoint& topLeft, const QString& text, int width)
{
    return layOut(painter.font(), text, width, [&](QTextLayout& layout) { layout.draw(&painter, topLeft); });
}

QString shortMethod(const QString& method)
{
    if (method == u"DELETE"_s)
        return u"DEL"_s;
    return method == u"OPTIONS"_s ? u"OPT"_s : method;
}

void paintMethod(QPainter& painter, const QRectF& rect, const QString& method)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    fillRound(painter, rect, theme().px(3.0), theme().methodTint(method));
    painter.setFont(theme().font(TextRole::MethodBadge));
    painter.setPen(theme().methodText(method));
    painter.drawText(rect, Qt::AlignCenter, shortMethod(method));
    painter.restore();
}

void paintBadge(QPainter& painter, const QRectF& rect, const QString& text, Hue hue, bool outlined)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool neutral = hue == Hue::Obs;
    painter.setBrush(neutral ? theme().c(Token::Raised) : theme().tint(hue));
    painter.setPen(
        outlined ? QPen(neutral ? theme().c(Token::Line2) : theme().line(hue), 1) : QPen(Qt::NoPen));
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(4.0), theme().px(4.0));
    painter.setFont(theme().font(TextRole::Caption));
    painter.setPen(neutral ? theme().c(Token::T2) : theme().text(hue));
    painter.drawText(rect, Qt::AlignCenter, text);
    painter.restore();
}

qreal typeBadgeWidth(const QString& type)
{
    return QFontMetricsF(theme().font(TextRole::TypeBadge)).horizontalAdvance(type) + theme().px(10.0);
}

void paintType(QPainter& painter, const QPointF& leftCentre, const QString& type, bool clash)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto height = theme().px(15.0);
    const QRectF rect(leftCentre.x(), leftCentre.y() - height / 2, typeBadgeWidth(type), height);
    const auto hue = clash ? Hue::Warn : hueOfType(type);
    fillRound(painter, rect, theme().px(3.0), theme().tint(hue));
    painter.setFont(theme().font(TextRole::TypeBadge));
    painter.setPen(theme().text(hue));
    painter.drawText(rect, Qt::AlignCenter, type);
    painter.restore();
}

void paintSpectrum(QPainter& painter, const QRectF& rect, const Spectrum& spectrum)
{
    double sum = 0;
    for (const auto& part : spectrum.parts)
        sum += part.share;
    if (sum <= 0 || rect.width() <= 0)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath clip;
    clip.addRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    painter.setClipPath(clip, Qt::IntersectClip);
    qreal x = rect.left();
    for (const auto& part : spectrum.parts) {
        const auto width = part.share / sum * rect.width();
        const QRectF box(x, rect.top(), std::max(width - 1, 1.0), rect.height());
        if (part.cold)
            hatch(painter, box);
        else
            painter.fillRect(box, theme().fill(part.hue));
        x += width;
    }
    painter.restore();
}

void paintDroplets(QPainter& painter, const QPainterPath& path, qreal at, const QColor& colour)
{
    const auto length = path.length();
    if (length <= 0)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int i = 7; i >= 0; --i) {
        const auto distance = at * length - theme().px(6.0) * i;
        if (distance < 0)
            continue;
        auto faded = colour;
        faded.setAlphaF(static_cast<float>(1 - i * 0.12));
        painter.setBrush(faded);
        const auto radius = theme().px(3.6 - i * 0.38);
        painter.drawEllipse(
            path.pointAtPercent(path.percentAtLength(std::min(distance, length))), radius, radius);
    }
    painter.restore();
}

void paintDottedTrail(QPainter& painter, const QPainterPath& path, const QColor& colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const auto length = path.length();
    const auto radius = theme().px(1.0);
    for (qreal at = 0; at <= length; at += theme().px(5.0))
        painter.drawEllipse(path.pointAtPercent(path.percentAtLength(at)), radius, radius);
    painter.restore();
}

void paintTile(QPainter& painter, const QRectF& rect, const QString& icon, Hue hue)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    fillRound(painter, rect, rect.width() >= theme().px(30.0) ? theme().px(8.0) : theme().px(6.0),
        theme().tint(hue));
    const auto side = rect.width() >= theme().px(30.0) ? theme().px(18.0) : theme().px(14.0);
    QRectF inner(0, 0, side, side);
    inner.moveCenter(rect.center());
    paintIcon(painter, inner, icon, theme().text(hue));
    painter.restore();
}

void paintFocus(QPainter& painter, const QRectF& rect, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().c(Token::Focus), 2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

}
