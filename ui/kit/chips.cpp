#include "ui/kit/chips.h"

#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPadding = 8;
constexpr int kSpace = 6;
constexpr qreal kMostValue = 220;

class AddChip : public QAbstractButton {
public:
    explicit AddChip(const QString& text)
    {
        setText(text);
        setObjectName(u"addChip"_s);
        setAccessibleName(text);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
    }

    QSize sizeHint() const override
    {
        return {QFontMetrics(theme().font(TextRole::Secondary)).horizontalAdvance(text()) + theme().px(36),
            theme().px(26)};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme().c(underMouse() ? Token::T3 : Token::Line3), 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme().px(6.0), theme().px(6.0));
        const auto side = theme().px(12.0);
        paintIcon(painter, QRectF(theme().px(8.0), (height() - side) / 2, side, side), u"plus"_s,
            theme().c(Token::T2));
        painter.setFont(theme().font(TextRole::Secondary));
        painter.setPen(theme().c(isEnabled() ? Token::T2 : Token::T3));
        painter.drawText(rect().adjusted(theme().px(26), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
        if (hasFocus())
            paintFocus(painter, rect(), theme().px(6.0));
    }
};

}

FlowLayout::FlowLayout(QWidget* parent, int gap)
    : QLayout(parent)
    , m_gap(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.append(item);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto* item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool apply) const
{
    const int gap = theme().px(m_gap);
    int x = rect.x();
    int y = rect.y();
    int lineHeight = 0;
    for (auto* item : m_items) {
        if (item->isEmpty())
            continue;
        auto size = item->sizeHint();
        size.setWidth(std::min(size.width(), std::max(rect.width(), 1)));
        if (x > rect.x() && x + size.width() > rect.right() + 1) {
            x = rect.x();
            y += lineHeight + gap;
            lineHeight = 0;
        }
        if (apply)
            item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + gap;
        lineHeight = std::max(lineHeight, size.height());
    }
    return y + lineHeight - rect.y();
}

Chip::Chip(const ChipText& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setChip(text);
    connect(&theme(), &Theme::changed, this, [this] { updateGeometry(); });
}

void Chip::setChip(const ChipText& text)
{
    m_text = text;
    setAccessibleName(u"%1 %2 %3"_s.arg(text.name, text.op, text.value).simplified());
    setToolTip(accessibleName());
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const QFontMetricsF mono(theme().font(TextRole::Value));
    qreal width = theme().px(2.0 * kPadding);
    if (!m_text.iconName.isEmpty())
        width += theme().px(12.0 + kSpace);
    width += mono.horizontalAdvance(m_text.name);
    if (!m_text.type.isEmpty())
        width += typeBadgeWidth(m_text.type) + theme().px(1.0 * kSpace);
    if (!m_text.op.isEmpty())
        width += mono.horizontalAdvance(m_text.op) + theme().px(1.0 * kSpace);
    if (!m_text.value.isEmpty())
        width +=
            std::min(mono.horizontalAdvance(m_text.value), theme().px(kMostValue)) + theme().px(1.0 * kSpace);
    if (!m_text.fixed)
        width += theme().px(12.0 + kSpace);
    return {static_cast<int>(std::ceil(width)) + 1, theme().px(26)};
}

QRectF Chip::cross() const
{
    const auto side = theme().px(12.0);
    return {width() - theme().px(1.0 * kPadding) - side, (height() - side) / 2, side, side};
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto hue = Theme::area(this);
    painter.setPen(QPen(m_text.accent ? theme().line(hue) : theme().c(Token::Line2), 1));
    painter.setBrush(
        m_text.accent ? theme().tint(hue) : theme().c(underMouse() ? Token::Hover : Token::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme().px(6.0), theme().px(6.0));
    auto x = theme().px(1.0 * kPadding);
    const auto space = theme().px(1.0 * kSpace);
    if (!m_text.iconName.isEmpty()) {
        const auto side = theme().px(12.0);
        paintIcon(painter, QRectF(x, (height() - side) / 2, side, side), m_text.iconName,
            m_text.accent ? theme().text(hue) : theme().c(Token::T2));
        x += side + space;
    }
    painter.setFont(theme().font(TextRole::Value));
    const QFontMetricsF metrics(painter.font());
    const auto word = [&](const QString& text, const QColor& colour, qreal most) {
        if (text.isEmpty())
            return;
        painter.setPen(colour);
        const auto wide = std::min(metrics.horizontalAdvance(text), most);
        painter.drawText(QRectF(x, 0, wide + 1, height()), Qt::AlignVCenter | Qt::AlignLeft,
            metrics.elidedText(text, Qt::ElideMiddle, wide + 1));
        x += wide + space;
    };
    word(m_text.name, theme().c(Token::T1), theme().px(kMostValue));
    if (!m_text.type.isEmpty()) {
        paintType(painter, QPointF(x, height() / 2.0), m_text.type);
        x += typeBadgeWidth(m_text.type) + space;
    }
    word(m_text.op, theme().c(Token::T3), theme().px(kMostValue));
    word(m_text.value, m_text.valueTone.color(), theme().px(kMostValue));
    if (!m_text.fixed)
        paintIcon(painter, cross(), u"x"_s, theme().c(Token::T3));
    if (hasFocus())
        paintFocus(painter, rect(), theme().px(6.0));
}

void Chip::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_text.fixed && cross().adjusted(-6, -6, 6, 6).contains(event->position()) && isDown()) {
        setDown(false);
        Q_EMIT removeRequested();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void Chip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete && !m_text.fixed)
        Q_EMIT removeRequested();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

ChipBar::ChipBar(const QString& addText, QWidget* parent)
    : QWidget(parent)
    , m_layout(new FlowLayout(this))
    , m_add(new AddChip(addText))
{
    m_layout->addWidget(m_add);
    connect(m_add, &QAbstractButton::clicked, this, &ChipBar::addRequested);
    m_add->installEventFilter(this);
}

void ChipBar::setChips(const QList<ChipText>& chips)
{
    while (m_chips.size() > chips.size())
        m_chips.takeLast()->deleteLater();
    for (int i = 0; i < static_cast<int>(chips.size()); ++i) {
        if (i < m_chips.size()) {
            m_chips[i]->setChip(chips[i]);
            continue;
        }
        auto* made = new Chip(chips[i], this);
        m_layout->removeWidget(m_add);
        m_layout->addWidget(made);
        m_layout->addWidget(m_add);
        made->setObjectName(u"chip%1"_s.arg(i));
        made->installEventFilter(this);
        connect(made, &Chip::clicked, this, [this, i] { Q_EMIT editRequested(i); });
        connect(made, &Chip::removeRequested, this, [this, i] { Q_EMIT removeRequested(i); });
        made->show();
        m_chips.append(made);
    }
    m_layout->invalidate();
    updateGeometry();
}

bool ChipBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto key = static_cast<QKeyEvent*>(event)->key();
    if (key != Qt::Key_Left && key != Qt::Key_Right)
        return QWidget::eventFilter(watched, event);
    QList<QWidget*> order(m_chips.begin(), m_chips.end());
    order.append(m_add);
    const auto at = order.indexOf(static_cast<QWidget*>(watched)) + (key == Qt::Key_Left ? -1 : 1);
    if (at >= 0 && at < order.size())
        order[at]->setFocus(Qt::TabFocusReason);
    return true;
}

}
