#include "ui/kit/controls.h"
#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>

// The controls that are painted rather than styled.
namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

// "Ctrl+Shift+E" → its keys; the last may be the plus itself. What Qt calls Return is Enter on the key.
QStringList keysOf(const QString& keys)
{
    auto parts = keys.split(u'+', Qt::SkipEmptyParts);
    if (keys.endsWith(u"++"_s) || keys == u"+"_s)
        parts.append(u"+"_s);
    parts.replaceInStrings(u"Return"_s, u"Enter"_s);
    return parts;
}

// Painted widgets change size and colour with the theme.
void followTheme(QWidget* widget)
{
    QObject::connect(&theme(), &Theme::changed, widget, [widget] {
        widget->updateGeometry();
        widget->update();
    });
}

}

Switch::Switch(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    followTheme(this);
}

QSize Switch::sizeHint() const
{
    int width = theme().px(30);
    if (!text().isEmpty())
        width += theme().px(8) + QFontMetrics(theme().font(TextRole::Secondary)).horizontalAdvance(text());
    return {width, theme().px(24)};
}

void Switch::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(
        theme().px(2.0), (height() - theme().px(15.0)) / 2, theme().px(26.0), theme().px(15.0));
    painter.setPen(Qt::NoPen);
    const bool on = isChecked();
    painter.setBrush(on ? theme().text(Theme::area(this)) : theme().c(Token::Line3));
    if (!isEnabled())
        painter.setOpacity(0.5);
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
    const auto side = track.height() - theme().px(4.0);
    painter.setBrush(on ? theme().c(Token::Inv) : theme().c(Token::Panel));
    painter.drawEllipse(QRectF(on ? track.right() - side - theme().px(2.0) : track.left() + theme().px(2.0),
        track.top() + theme().px(2.0), side, side));
    if (!text().isEmpty()) {
        painter.setFont(theme().font(TextRole::Secondary));
        painter.setPen(theme().c(Token::T1));
        painter.drawText(rect().adjusted(theme().px(36), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    }
    painter.setOpacity(1);
    if (hasFocus())
        paintFocus(painter, track.adjusted(-2, -2, 2, 2), theme().px(8.0));
}

Badge::Badge(const QString& text, Hue hue, QWidget* parent)
    : QWidget(parent)
    , m_text(text)
    , m_hue(hue)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
    followTheme(this);
}

void Badge::set(const QString& text, Hue hue)
{
    m_text = text;
    m_hue = hue;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return {QFontMetrics(theme().font(TextRole::Caption)).horizontalAdvance(m_text) + theme().px(12),
        theme().px(18)};
}

void Badge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBadge(painter, rect(), m_text, m_hue);
}

MethodBadge::MethodBadge(const QString& method, QWidget* parent)
    : QWidget(parent)
    , m_method(method)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(method);
    followTheme(this);
}

void MethodBadge::setMethod(const QString& method)
{
    m_method = method;
    setAccessibleName(method);
    update();
}

QSize MethodBadge::sizeHint() const
{
    return {theme().px(44), theme().px(16)};
}

void MethodBadge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintMethod(painter, rect(), m_method);
}

KeyCaps::KeyCaps(const QString& keys, QWidget* parent)
    : QWidget(parent)
    , m_keys(keys)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    followTheme(this);
}

void KeyCaps::setKeys(const QString& keys)
{
    m_keys = keys;
    updateGeometry();
    update();
}

QSize KeyCaps::sizeHint() const
{
    return {static_cast<int>(width(m_keys)) + 1, theme().px(17)};
}

qreal KeyCaps::width(const QString& keys)
{
    const QFontMetricsF metrics(theme().font(TextRole::Caption));
    qreal total = 0;
    for (const auto& key : keysOf(keys))
        total +=
            std::max(metrics.horizontalAdvance(key) + theme().px(10.0), theme().px(17.0)) + theme().px(3.0);
    return std::max(0.0, total - theme().px(3.0));
}

void KeyCaps::paint(
    QPainter& painter, const QRectF& rect, const QString& keys, bool rightAligned, const QColor& ink)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme().font(TextRole::Caption));
    const QFontMetricsF metrics(painter.font());
    auto x = rightAligned ? rect.right() - width(keys) : rect.left();
    for (const auto& key : keysOf(keys)) {
        const auto wide = std::max(metrics.horizontalAdvance(key) + theme().px(10.0), theme().px(17.0));
        const QRectF cap(x, rect.center().y() - theme().px(8.5), wide, theme().px(17.0));
        painter.setPen(QPen(ink.isValid() ? ink : theme().c(Token::Line2), 1));
        painter.setBrush(ink.isValid() ? QBrush(Qt::NoBrush) : QBrush(theme().c(Token::Raised)));
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(4.0), theme().px(4.0));
        painter.setPen(ink.isValid() ? ink : theme().c(Token::T2));
        painter.drawText(cap, Qt::AlignCenter, key);
        x += wide + theme().px(3.0);
    }
    painter.restore();
}

void KeyCaps::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter, rect(), m_keys, false);
}

Tile::Tile(const QString& icon, Hue hue, int side, QWidget* parent)
    : QWidget(parent)
    , m_icon(icon)
    , m_hue(hue)
    , m_side(side)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(this);
}

void Tile::set(const QString& icon, Hue hue)
{
    m_icon = icon;
    m_hue = hue;
    update();
}

QSize Tile::sizeHint() const
{
    return {theme().px(m_side), theme().px(m_side)};
}

void Tile::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_icon.isEmpty())
        paintTile(painter, rect(), m_icon, m_hue);
}

StateDot::StateDot(Hue hue, QWidget* parent)
    : QWidget(parent)
    , m_hue(hue)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(this);
}

void StateDot::setHue(Hue hue)
{
    m_hue = hue;
    update();
}

QSize StateDot::sizeHint() const
{
    return {theme().px(8), theme().px(16)};
}

void StateDot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_hue == Hue::Obs ? theme().c(Token::Line3) : theme().fill(m_hue));
    painter.drawEllipse(QRectF(rect()).center(), theme().px(3.5), theme().px(3.5));
}

IconLabel::IconLabel(const QString& icon, Tone tone, int side, QWidget* parent)
    : QWidget(parent)
    , m_icon(icon)
    , m_tone(tone)
    , m_side(side)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    followTheme(this);
}

void IconLabel::set(const QString& icon, Tone tone)
{
    m_icon = icon;
    m_tone = tone;
    update();
}

QSize IconLabel::sizeHint() const
{
    return {theme().px(m_side), theme().px(m_side)};
}

void IconLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintIcon(painter, rect(), m_icon, m_tone.color());
}

BusyRing::BusyRing(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Working"));
    followTheme(this);
}

QSize BusyRing::sizeHint() const
{
    if (theme().reducedMotion())
        return {QFontMetrics(theme().font(TextRole::Caption)).horizontalAdvance(accessibleName()),
            theme().px(16)};
    return {theme().px(16), theme().px(16)};
}

void BusyRing::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (theme().reducedMotion()) {
        painter.setFont(theme().font(TextRole::Caption));
        painter.setPen(theme().c(Token::T2));
        painter.drawText(rect(), Qt::AlignCenter, accessibleName());
        return;
    }
    const auto inset = theme().px(2.0);
    const auto ring = QRectF(rect()).adjusted(inset, inset, -inset, -inset);
    painter.setPen(QPen(theme().c(Token::Line2), theme().px(1.75)));
    painter.drawEllipse(ring);
    painter.setPen(QPen(theme().c(Token::T1), theme().px(1.75), Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, -m_angle * 16, 90 * 16);
}

void BusyRing::timerEvent(QTimerEvent*)
{
    m_angle = (m_angle + 12) % 360;
    update();
}

void BusyRing::showEvent(QShowEvent*)
{
    if (!m_timer && !theme().reducedMotion())
        m_timer = startTimer(33);
}

void BusyRing::hideEvent(QHideEvent*)
{
    if (m_timer)
        killTimer(std::exchange(m_timer, 0));
}

}
