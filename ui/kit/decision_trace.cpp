#include "ui/kit/decision_trace.h"

#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDisc = 17;
constexpr int kGap = 10; // between disc and words
constexpr int kBetween = 10; // between steps
constexpr int kTop = 4;
constexpr int kPadding = 12; // of the pane, at both sides

}

DecisionTrace::DecisionTrace(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    auto policy = QSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void DecisionTrace::setSteps(const QList<TraceStep>& steps, Hue result)
{
    m_steps = steps;
    m_result = result;
    m_current = std::min(m_current, static_cast<int>(steps.size()) - 1);
    QStringList words;
    for (const auto& step : steps)
        words.append(step.detail.isEmpty() ? step.title : tr("%1: %2").arg(step.title, step.detail));
    setAccessibleName(tr("Decision steps"));
    setAccessibleDescription(words.join(u". "_s));
    updateGeometry();
    update();
}

int DecisionTrace::textWidth(int width) const
{
    return std::max(40, width - theme().px(2 * kPadding + kDisc + kGap));
}

int DecisionTrace::titleWidth(const TraceStep& step, int width) const
{
    if (step.at.isEmpty())
        return textWidth(width);
    const QFontMetrics number(theme().font(TextRole::Number));
    return textWidth(width) - number.horizontalAdvance(step.at) - theme().px(kGap);
}

int DecisionTrace::stepHeight(const TraceStep& step, int width) const
{
    int height = std::max(theme().px(kDisc),
        wrappedHeight(theme().font(TextRole::Control), step.title, titleWidth(step, width)));
    if (!step.detail.isEmpty())
        height +=
            theme().px(2) + wrappedHeight(theme().font(TextRole::Caption), step.detail, textWidth(width));
    return height + theme().px(kBetween);
}

int DecisionTrace::heightForWidth(int width) const
{
    int height = theme().px(2 * kTop);
    for (const auto& step : m_steps)
        height += stepHeight(step, width);
    return height;
}

QSize DecisionTrace::sizeHint() const
{
    const int wide = width() > 80 ? width() : theme().px(280);
    return {theme().px(280), heightForWidth(wide)};
}

QSize DecisionTrace::minimumSizeHint() const
{
    return {theme().px(160), heightForWidth(std::max(width(), theme().px(160)))};
}

void DecisionTrace::resizeEvent(QResizeEvent*)
{
    updateGeometry();
}

Hue DecisionTrace::hueOf(int index) const
{
    const auto& step = m_steps[index];
    if (index == static_cast<int>(m_steps.size()) - 1 && m_result != Hue::Obs)
        return m_result;
    switch (step.verdict) {
    case TraceStep::Verdict::Pass:
        return Hue::Ok;
    case TraceStep::Verdict::Warn:
        return Hue::Warn;
    case TraceStep::Verdict::Fail:
        return Hue::Err;
    case TraceStep::Verdict::Note:
        break;
    }
    return Hue::Obs;
}

void DecisionTrace::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    static const QString kIcons[] = {QString(), u"check"_s, u"alert"_s, u"x"_s};
    const auto disc = theme().px(static_cast<qreal>(kDisc));
    const auto left = theme().px(static_cast<qreal>(kPadding));
    int top = theme().px(kTop);
    for (int i = 0; i < static_cast<int>(m_steps.size()); ++i) {
        const auto& step = m_steps[i];
        const int height = stepHeight(step, width());
        if (i == m_current && hasFocus())
            paintFocus(painter,
                QRectF(theme().px(6), top - theme().px(3), width() - theme().px(12),
                    height - theme().px(kBetween - 6)),
                theme().px(6.0));
        const QRectF circle(left, top, disc, disc);
        const auto hue = hueOf(i);
        const bool last = i == static_cast<int>(m_steps.size()) - 1;
        if (!last) {
            QPainterPath trail(QPointF(circle.center().x(), circle.bottom() + theme().px(4.0)));
            trail.lineTo(circle.center().x(), top + height - theme().px(2));
            paintDottedTrail(painter, trail, theme().c(Token::Line3));
        }
        painter.setPen(QPen(last ? theme().text(hue) : theme().line(hue), 1));
        painter.setBrush(last && hue != Hue::Obs ? theme().text(hue) : theme().tint(hue));
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5));
        const auto mark = last && hue != Hue::Obs ? theme().c(Token::Inv) : theme().text(hue);
        const auto& icon = kIcons[static_cast<int>(step.verdict)];
        if (icon.isEmpty()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(mark);
            painter.drawEllipse(circle.center(), theme().px(2.0), theme().px(2.0));
        } else {
            const auto inset = theme().px(3.0);
            paintIcon(painter, circle.adjusted(inset, inset, -inset, -inset), icon, mark);
        }
        const auto textLeft = static_cast<int>(left + disc) + theme().px(kGap);
        painter.setFont(theme().font(TextRole::Control));
        painter.setPen(theme().c(Token::T1));
        const int used = paintWrapped(painter, QPoint(textLeft, top), step.title, titleWidth(step, width()));
        if (!step.at.isEmpty()) {
            painter.setFont(theme().font(TextRole::Number));
            painter.setPen(theme().c(Token::T3));
            painter.drawText(QRect(0, top, width() - theme().px(kPadding), theme().px(kDisc)),
                Qt::AlignRight | Qt::AlignVCenter, step.at);
        }
        if (!step.detail.isEmpty()) {
            painter.setFont(theme().font(TextRole::Caption));
            painter.setPen(theme().c(Token::T2));
            paintWrapped(painter, QPoint(textLeft, top + std::max(theme().px(kDisc), used) + theme().px(2)),
                step.detail, textWidth(width()));
        }
        top += height;
    }
}

void DecisionTrace::setCurrent(int index)
{
    if (index < 0 || index >= m_steps.size())
        return;
    m_current = index;
    const auto& step = m_steps[index];
    setAccessibleDescription(
        tr("Step %1 of %2, %3. %4").arg(index + 1).arg(m_steps.size()).arg(step.title, step.detail));
    update();
    Q_EMIT stepActivated(index);
}

void DecisionTrace::mousePressEvent(QMouseEvent* event)
{
    int top = theme().px(kTop);
    for (int i = 0; i < static_cast<int>(m_steps.size()); ++i) {
        top += stepHeight(m_steps[i], width());
        if (event->position().y() < top) {
            setCurrent(i);
            return;
        }
    }
}

void DecisionTrace::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down)
        setCurrent(m_current + 1);
    else if (event->key() == Qt::Key_Up)
        setCurrent(std::max(0, m_current - 1));
    else
        QWidget::keyPressEvent(event);
}

}
