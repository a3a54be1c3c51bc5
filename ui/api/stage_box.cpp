#include "ui/api/pipeline_view.h"
#include "ui/bridge/track_row.h"
#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>

namespace ui::api {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;
using kit::Token;

StageBox::StageBox(QWidget* parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    connect(&theme(), &kit::Theme::changed, this, qOverload<>(&QWidget::update));
}

void StageBox::setStage(const Stage& stage, const StepRun* run, bool reached)
{
    m_stage = stage;
    m_run = run ? std::optional(*run) : std::nullopt;
    setObjectName(u"apiStage"_s + QString(stage.title).remove(u' '));
    auto words = tr("%1: %2").arg(stage.title, stage.detail);
    if (run)
        words += u", "_s
            + (run->verdict == kit::TraceStep::Verdict::Fail ? tr("failed after %1") : tr("passed in %1"))
                  .arg(bridge::milliseconds(run->took));
    else if (reached)
        words += u", "_s + tr("nothing to do in the last run");
    setAccessibleName(words);
    setToolTip(words);
    update();
}

void StageBox::setNarrow(bool narrow)
{
    m_narrow = narrow;
    update();
}

void StageBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto all = QRectF(rect());
    paintFrame(painter, all);
    const auto inner = all.adjusted(theme().px(10), theme().px(8), -theme().px(10), -theme().px(8));
    if (m_stage.integration)
        paintIntegration(painter, inner);
    else if (m_narrow)
        paintNarrow(painter, all);
    else
        paintSmall(painter, inner);
    if (hasFocus())
        kit::paintFocus(painter, all, theme().px(8.0));
}

void StageBox::paintFrame(QPainter& painter, const QRectF& rect) const
{
    const bool failed = m_run && m_run->verdict == kit::TraceStep::Verdict::Fail;
    QPen pen(theme().c(Token::Line2), 1);
    QColor fill = theme().c(Token::Panel);
    if (m_stage.off) {
        pen = QPen(theme().c(Token::Line3), 1, Qt::DashLine);
        fill = theme().c(Token::Canvas);
    } else if (m_stage.integration && m_stage.hue != Hue::Api) {
        pen.setColor(theme().line(m_stage.hue));
        fill = theme().tint(m_stage.hue);
    }
    if (failed) {
        pen = QPen(theme().line(Hue::Err), 1);
        fill = theme().tint(Hue::Err);
    }
    if (isChecked()) {
        pen = QPen(theme().fill(m_stage.hue), 2, m_stage.off ? Qt::DashLine : Qt::SolidLine);
        if (!m_stage.off && !failed)
            fill = theme().tint(m_stage.hue);
    } else if (underMouse()) {
        pen.setColor(theme().c(Token::Line3));
    }
    const auto half = pen.widthF() / 2;
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), theme().px(8.0), theme().px(8.0));
}

void StageBox::paintVerdict(QPainter& painter, const QRectF& rect) const
{
    if (!m_run)
        return;
    const bool failed = m_run->verdict == kit::TraceStep::Verdict::Fail;
    const auto side = theme().px(12.0);
    kit::paintIcon(painter, QRectF(rect.right() - side, rect.center().y() - side / 2, side, side),
        failed ? u"alert"_s : u"check"_s, theme().text(failed ? Hue::Err : Hue::Ok));
    painter.setFont(theme().font(kit::TextRole::Number));
    painter.setPen(theme().c(Token::T2));
    const auto number = QString::number(double(m_run->took) / 1000, 'f', m_run->took < 100'000 ? 1 : 0);
    painter.drawText(
        rect.adjusted(0, 0, -side - theme().px(4.0), 0), Qt::AlignVCenter | Qt::AlignRight, number);
}

void StageBox::paintSmall(QPainter& painter, const QRectF& rect) const
{
    const auto icon = theme().px(14.0);
    const QRectF top(rect.left(), rect.top(), rect.width(), theme().px(16.0));
    kit::paintIcon(painter, QRectF(top.left(), top.center().y() - icon / 2, icon, icon), m_stage.icon,
        m_stage.off ? theme().c(Token::T3) : theme().text(m_stage.hue));
    paintVerdict(painter, top);
    painter.setFont(theme().font(kit::TextRole::PaneTitle));
    painter.setPen(theme().c(m_stage.off ? Token::T2 : Token::T1));
    const int width = static_cast<int>(rect.width());
    painter.drawText(QRectF(rect.left(), rect.top() + theme().px(20.0), rect.width(), theme().px(18.0)),
        Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(m_stage.title, Qt::ElideRight, width));
    painter.setFont(theme().font(kit::TextRole::Caption));
    painter.setPen(theme().c(Token::T2));
    painter.drawText(QRectF(rect.left(), rect.top() + theme().px(38.0), rect.width(), theme().px(18.0)),
        Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(m_stage.detail, Qt::ElideMiddle, width));
}

// The name upwards, the verdict beside it; the rest is in the tip.
void StageBox::paintNarrow(QPainter& painter, const QRectF& rect) const
{
    const auto side = theme().px(12.0);
    auto column = rect;
    if (m_run) {
        const bool failed = m_run->verdict == kit::TraceStep::Verdict::Fail;
        column.setRight(rect.right() - side - theme().px(2.0));
        kit::paintIcon(painter,
            QRectF(column.right() - theme().px(2.0), rect.top() + theme().px(6.0), side, side),
            failed ? u"alert"_s : u"check"_s, theme().text(failed ? Hue::Err : Hue::Ok));
    }
    painter.save();
    painter.translate(column.left(), column.bottom());
    painter.rotate(-90);
    painter.setFont(theme().font(kit::TextRole::Caption));
    painter.setPen(theme().c(m_stage.off ? Token::T2 : Token::T1));
    const QRectF line(theme().px(2.0), 0, column.height() - theme().px(4.0), column.width());
    painter.drawText(line, Qt::AlignCenter,
        painter.fontMetrics().elidedText(m_stage.title, Qt::ElideRight, static_cast<int>(line.width())));
    painter.restore();
}

void StageBox::paintIntegration(QPainter& painter, const QRectF& rect) const
{
    const auto tile = theme().px(24.0);
    kit::paintTile(painter, QRectF(rect.left(), rect.top(), tile, tile), m_stage.icon, m_stage.hue);
    const auto left = rect.left() + tile + theme().px(8.0);
    const auto width = rect.right() - left;
    painter.setFont(theme().font(kit::TextRole::Caption));
    painter.setPen(theme().c(Token::T2));
    painter.drawText(QRectF(left, rect.top() - theme().px(3.0), width, theme().px(15.0)),
        Qt::AlignVCenter | Qt::AlignLeft, m_stage.title);
    painter.setFont(theme().font(kit::TextRole::PaneTitle));
    painter.setPen(theme().c(Token::T1));
    painter.drawText(QRectF(left, rect.top() + theme().px(12.0), width, theme().px(18.0)),
        Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(m_stage.detail, Qt::ElideMiddle, static_cast<int>(width)));
    painter.setFont(theme().font(kit::TextRole::Caption));
    painter.setPen(theme().c(Token::T2));
    auto y = rect.top() + theme().px(40.0);
    for (const auto& line : m_stage.more) {
        painter.drawText(QRectF(rect.left(), y, rect.width(), theme().px(18.0)),
            Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(line, Qt::ElideMiddle, static_cast<int>(rect.width())));
        y += theme().px(18.0);
    }
    if (!m_run)
        return;
    const QRectF bottom(rect.left(), rect.bottom() - theme().px(18.0), rect.width(), theme().px(18.0));
    painter.setFont(theme().font(kit::TextRole::Number));
    painter.setPen(theme().c(Token::T1));
    const auto words = bridge::milliseconds(m_run->took);
    painter.drawText(bottom, Qt::AlignVCenter | Qt::AlignLeft, words);
    const auto side = theme().px(12.0);
    if (m_run->cold)
        kit::paintIcon(painter,
            QRectF(bottom.left() + painter.fontMetrics().horizontalAdvance(words) + theme().px(6.0),
                bottom.center().y() - side / 2, side, side),
            u"snow"_s, theme().text(Hue::Cold));
    const bool failed = m_run->verdict == kit::TraceStep::Verdict::Fail;
    kit::paintIcon(painter, QRectF(bottom.right() - side, bottom.center().y() - side / 2, side, side),
        failed ? u"alert"_s : u"check"_s, theme().text(failed ? Hue::Err : Hue::Ok));
}

}
