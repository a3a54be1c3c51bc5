#include "ui/api/pipeline_view.h"

#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui::api {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;
using kit::Token;

namespace {

constexpr int kMargin = 16;
constexpr int kClientWidth = 56;
constexpr int kStageWidth = 104;
constexpr int kNarrowWidth = 40;
constexpr int kStageHeight = 74;
constexpr int kIntegrationWidth = 156;
constexpr int kGap = 16; // between stages
constexpr int kSide = 30; // before the first stage and after the last one
constexpr int kLane = 60; // between the lanes
constexpr int kTitle = 24; // the words above and below the lanes

int widthOf(const StageBox* box, bool narrow)
{
    return theme().px(narrow && box->yields() ? kNarrowWidth : kStageWidth);
}

int widthOf(const QList<StageBox*>& lane, bool narrow)
{
    int width = 0;
    for (const auto* box : lane)
        width += widthOf(box, narrow);
    return width + theme().px(kGap) * std::max(0, int(lane.size()) - 1);
}

}

PipelineView::PipelineView(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"apiPipeline"_s);
    setAccessibleName(tr("Pipeline"));
    setProperty("pane", u"canvas"_s);
    setAttribute(Qt::WA_StyledBackground);
    connect(&theme(), &kit::Theme::changed, this, [this] {
        layoutBoxes();
        update();
    });
}

QSize PipelineView::minimumSizeHint() const
{
    const auto [request, response] = lanes();
    const int lane = std::max({theme().px(kStageWidth), widthOf(request, true), widthOf(response, true)});
    return {theme().px(2 * kMargin + kClientWidth + 2 * kSide + kIntegrationWidth) + lane,
        theme().px(2 * kTitle + 2 * kStageHeight + kLane + 2 * kMargin)};
}

void PipelineView::setStages(const QList<Stage>& stages)
{
    while (m_boxes.size() > stages.size())
        delete m_boxes.takeLast();
    while (m_boxes.size() < stages.size()) {
        auto* box = new StageBox(this);
        box->installEventFilter(this);
        box->show();
        m_boxes.append(box);
        connect(box, &QAbstractButton::clicked, this, [this, box] { setCurrentStage(box->stage().title); });
    }
    for (qsizetype i = 0; i < stages.size(); ++i)
        m_boxes[i]->setStage(stages[i], nullptr, false);
    const auto known = [&](const QString& title) {
        return std::any_of(stages.begin(), stages.end(), [&](const Stage& s) { return s.title == title; });
    };
    if (!known(m_current)) {
        m_current.clear();
        for (const auto& stage : stages) {
            if (stage.integration)
                setCurrentStage(stage.title);
        }
    }
    for (auto* box : m_boxes)
        box->setChecked(box->stage().title == m_current);
    showRun();
    updateGeometry();
    layoutBoxes();
    update();
}

void PipelineView::setRun(const std::optional<RouteRun>& run)
{
    m_run = run;
    showRun();
    update();
}

void PipelineView::showRun()
{
    bool reached = m_run.has_value();
    for (auto* box : m_boxes) {
        const auto stage = box->stage();
        const auto found =
            m_run ? m_run->steps.constFind(stage.title) : QHash<QString, StepRun>::const_iterator();
        const bool ran = m_run && found != m_run->steps.constEnd();
        box->setStage(stage, ran ? &*found : nullptr, reached);
        if (ran && found->verdict == kit::TraceStep::Verdict::Fail)
            reached = false;
    }
}

void PipelineView::setCurrentStage(const QString& title)
{
    const bool other = title != m_current;
    m_current = title;
    for (auto* box : m_boxes)
        box->setChecked(box->stage().title == title);
    if (other)
        Q_EMIT stageSelected(title);
}

void PipelineView::walk(int step)
{
    const auto at = std::find_if(m_boxes.begin(), m_boxes.end(), [](auto* box) { return box->hasFocus(); });
    if (at == m_boxes.end())
        return;
    const auto next = std::clamp<qsizetype>((at - m_boxes.begin()) + step, 0, m_boxes.size() - 1);
    m_boxes[next]->setFocus(Qt::TabFocusReason);
    setCurrentStage(m_boxes[next]->stage().title);
}

bool PipelineView::eventFilter(QObject* watched, QEvent* event)
{
    auto* box = qobject_cast<StageBox*>(watched);
    if (box && event->type() == QEvent::KeyPress) {
        // In the response lane forward is to the left: the order is the request's way all along.
        const bool response = !m_boxes.isEmpty() && box->y() > m_boxes.first()->y();
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Right:
            walk(response ? -1 : 1);
            return true;
        case Qt::Key_Left:
            walk(response ? 1 : -1);
            return true;
        case Qt::Key_Down:
            walk(1);
            return true;
        case Qt::Key_Up:
            walk(-1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            setCurrentStage(box->stage().title);
            if (box->stage().integration)
                Q_EMIT openRequested();
            return true;
        default:
            break;
        }
    }
    if (box && event->type() == QEvent::MouseButtonDblClick && box->stage().integration) {
        Q_EMIT openRequested();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

QRectF PipelineView::clientRect() const
{
    const auto top = m_boxes.isEmpty() ? theme().px(kMargin + kTitle) : m_boxes.first()->y();
    return QRectF(theme().px(kMargin), top, theme().px(kClientWidth), theme().px(2 * kStageHeight + kLane));
}

void PipelineView::resizeEvent(QResizeEvent*)
{
    layoutBoxes();
}

PipelineView::Lanes PipelineView::lanes() const
{
    Lanes lanes;
    bool back = false;
    for (auto* box : m_boxes) {
        if (box->stage().integration)
            back = true;
        else
            (back ? lanes.response : lanes.request).append(box);
    }
    return lanes;
}

void PipelineView::placeLane(const QList<StageBox*>& lane, int left, int right, int top, bool backwards)
{
    const bool narrow = widthOf(lane, false) > right - left;
    const int count = int(lane.size());
    const int room = right - left - (widthOf(lane, narrow) - theme().px(kGap) * std::max(0, count - 1));
    const int gap = count > 1 ? room / (count - 1) : 0;
    int x = backwards ? right : left;
    for (auto* box : lane) {
        const int width = widthOf(box, narrow);
        box->setNarrow(narrow && box->yields());
        box->setGeometry(backwards ? x - width : x, top, width, theme().px(kStageHeight));
        x += backwards ? -width - gap : width + gap;
    }
}

void PipelineView::layoutBoxes()
{
    const int height = theme().px(2 * kStageHeight + kLane);
    const int top = std::max(theme().px(kTitle + kMargin), (this->height() - height) / 2);
    const int left = theme().px(kMargin + kClientWidth + kSide);
    const int right = width() - theme().px(kMargin + kIntegrationWidth + kSide);
    const auto [request, response] = lanes();
    placeLane(request, left, right, top, false);
    placeLane(response, left, right, top + theme().px(kStageHeight + kLane), true);
    for (auto* box : m_boxes) {
        if (box->stage().integration)
            box->setGeometry(right + theme().px(kSide), top, theme().px(kIntegrationWidth), height);
    }
}

void PipelineView::paintArrow(QPainter& painter, QPointF from, QPointF to, bool ran) const
{
    const auto colour = ran ? theme().fill(Hue::Api) : theme().c(Token::Line3);
    const auto side = from.x() < to.x() ? -1.0 : 1.0;
    painter.setPen(QPen(colour, theme().px(ran ? 1.75 : 1.25)));
    painter.drawLine(from, QPointF(to.x() + side * theme().px(4.0), to.y()));
    QPainterPath head(to);
    head.lineTo(to + QPointF(side * theme().px(7.0), -theme().px(4.0)));
    head.lineTo(to + QPointF(side * theme().px(7.0), theme().px(4.0)));
    head.closeSubpath();
    painter.fillPath(head, colour);
    if (ran && std::abs(to.x() - from.x()) > theme().px(60.0)) {
        QPainterPath way(from);
        way.lineTo(to);
        kit::paintDroplets(painter, way, 0.8, colour);
    }
}

void PipelineView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().c(Token::Canvas));
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_boxes.isEmpty())
        return;
    const auto client = clientRect();
    painter.setPen(QPen(theme().c(Token::Line2), 1));
    painter.setBrush(theme().c(Token::Panel));
    painter.drawRoundedRect(client.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(8.0), theme().px(8.0));
    const auto icon = theme().px(18.0);
    kit::paintIcon(painter,
        QRectF(client.center().x() - icon / 2, client.center().y() - icon - theme().px(2.0), icon, icon),
        u"user"_s, theme().c(Token::T2));
    painter.setPen(theme().c(Token::T1));
    painter.setFont(theme().font(kit::TextRole::PaneTitle));
    painter.drawText(
        QRectF(client.left(), client.center().y() + theme().px(4.0), client.width(), theme().px(18.0)),
        Qt::AlignCenter, tr("Client"));

    const auto* integration = m_boxes.first();
    for (const auto* box : m_boxes) {
        if (box->stage().integration)
            integration = box;
    }
    const auto requestY = client.top() + theme().px(kStageHeight) / 2.0;
    const auto responseY = client.bottom() - theme().px(kStageHeight) / 2.0;
    painter.setFont(theme().font(kit::TextRole::Caption));
    painter.setPen(theme().c(Token::T2));
    const auto laneLeft = client.right() + theme().px(kSide);
    painter.drawText(QRectF(laneLeft, client.top() - theme().px(kTitle), 200, theme().px(18.0)),
        Qt::AlignVCenter | Qt::AlignLeft, tr("Request"));
    painter.drawText(QRectF(laneLeft, client.bottom() + theme().px(6.0), 200, theme().px(18.0)),
        Qt::AlignVCenter | Qt::AlignLeft, tr("Response"));
    const auto ran = [this](
                         const StageBox* box) { return m_run && m_run->steps.contains(box->stage().title); };
    QPointF from(client.right(), requestY);
    bool back = false;
    for (const auto* box : m_boxes) {
        if (box == integration) {
            paintArrow(painter, from, QPointF(box->x(), requestY), ran(box));
            from = QPointF(box->x(), responseY);
            back = true;
        } else if (!back) {
            paintArrow(painter, from, QPointF(box->x(), requestY), ran(box));
            from = QPointF(box->geometry().right() + 1, requestY);
        } else {
            paintArrow(painter, from, QPointF(box->geometry().right() + 1, responseY), ran(box));
            from = QPointF(box->x(), responseY);
        }
    }
    if (back)
        paintArrow(painter, from, QPointF(client.right(), responseY), ran(m_boxes.last()));
}

}
