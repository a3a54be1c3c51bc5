#include "ui/kit/drawer.h"

#include "ui/kit/theme.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QSplitter>
#include <QVBoxLayout>

namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSlideMs = 140;
constexpr int kListWidth = 264;
constexpr int kInspectorWidth = 340;
constexpr int kMostWidth = 440;
constexpr int kLeftUncovered = 40; // of the page, so that one sees what is below

}

Drawer::Drawer(Side side, QWidget* page)
    : QFrame(page)
    , m_side(side)
    , m_page(page)
    , m_slide(this, "pos")
{
    setProperty("role", side == Side::Right ? u"drawerRight"_s : u"drawerLeft"_s);
    setObjectName(side == Side::Right ? u"drawerRight"_s : u"drawerLeft"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(side == Side::Right ? 1 : 0, 0, side == Side::Left ? 1 : 0, 0);
    column->setSpacing(0);
    setFocusPolicy(Qt::ClickFocus);
    m_slide.setDuration(kSlideMs);
    m_slide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_slide, &QPropertyAnimation::finished, this, [this] { setVisible(m_open); });
    page->installEventFilter(this);
    hide();
}

Drawer::~Drawer() = default;

bool Drawer::take(QWidget* pane)
{
    auto* splitter = qobject_cast<QSplitter*>(pane->parentWidget());
    if (!splitter || m_pane)
        return false;
    m_pane = pane;
    m_splitter = splitter;
    m_wasHidden = pane->isHidden();
    // What was never laid out has no width to keep.
    m_width = pane->isVisible() ? pane->width() : 0;
    if (!m_stand)
        m_stand = new QWidget;
    // Hidden first: the splitter remembers the size of what is hidden.
    pane->hide();
    splitter->replaceWidget(splitter->indexOf(pane), m_stand);
    m_stand->hide();
    layout()->addWidget(pane);
    pane->show();
    splitter->installEventFilter(this);
    return true;
}

void Drawer::giveBack()
{
    if (!m_pane)
        return;
    close();
    m_slide.stop();
    hide();
    if (m_splitter) {
        m_splitter->removeEventFilter(this);
        layout()->removeWidget(m_pane);
        m_pane->hide();
        m_splitter->replaceWidget(m_splitter->indexOf(m_stand), m_pane);
        m_stand->setParent(this);
        m_stand->hide();
        m_pane->setVisible(!m_wasHidden);
    }
    m_pane.clear();
}

QRect Drawer::place() const
{
    const int top = m_splitter ? m_splitter->mapTo(m_page, QPoint()).y() : 0;
    const int usual = theme().px(m_side == Side::Right ? kInspectorWidth : kListWidth);
    const int wanted =
        std::max(m_width > 0 ? m_width : usual, m_pane ? m_pane->minimumSizeHint().width() : 0);
    const int width =
        std::min({wanted, theme().px(kMostWidth), m_page->width() - theme().px(kLeftUncovered)});
    const int left = m_side == Side::Right ? m_page->width() - width : 0;
    return {left, top, width, m_page->height() - top};
}

void Drawer::open()
{
    if (!m_pane || m_open)
        return;
    m_open = true;
    m_before = QApplication::focusWidget();
    setGeometry(place());
    slide(true);
    auto* next = nextInFocusChain();
    while (next && next != this
        && (!isAncestorOf(next) || !(next->focusPolicy() & Qt::TabFocus) || !next->isVisible()))
        next = next->nextInFocusChain();
    if (next && next != this)
        next->setFocus(Qt::TabFocusReason);
    else
        setFocus(Qt::TabFocusReason); // for Esc
    Q_EMIT openChanged(true);
}

void Drawer::close()
{
    if (!m_open)
        return;
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    m_open = false;
    slide(false);
    if (hadFocus && m_before && !isAncestorOf(m_before))
        m_before->setFocus(Qt::OtherFocusReason);
    Q_EMIT openChanged(false);
}

void Drawer::slide(bool in)
{
    m_slide.stop();
    const auto there = place().topLeft();
    const auto away = there + QPoint(m_side == Side::Right ? width() : -width(), 0);
    if (theme().reducedMotion() || !m_page->isVisible()) {
        move(there);
        setVisible(in);
        raise();
        return;
    }
    if (in) {
        move(away);
        show();
        raise();
    }
    m_slide.setStartValue(in ? away : pos());
    m_slide.setEndValue(in ? there : away);
    m_slide.start();
}

bool Drawer::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && m_open) {
        m_slide.stop();
        setGeometry(place());
    } else if (watched == m_splitter && event->type() == QEvent::Hide && m_page->isVisible()) {
        // The page shows something else in the place of its panes.
        close();
    }
    return QFrame::eventFilter(watched, event);
}

void Drawer::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

}
