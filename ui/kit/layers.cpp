#include "ui/kit/panes.h"
#include "ui/kit/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QTimer>
#include <QVBoxLayout>

// What floats over the window as its child: popovers and toasts.
namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kToastMs = 6'000;
constexpr int kMostToasts = 3;

QPointer<Popover> s_openPopover; // one at a time

class Toast : public QFrame {
public:
    Toast(const QString& iconName, Hue hue, const QString& title, const QString& detail,
        const QString& actionText, std::function<void()> action, QWidget* window)
        : QFrame(window)
    {
        setObjectName(u"toast"_s);
        setProperty("role", u"toast"_s);
        setAttribute(Qt::WA_Hover);
        setFixedWidth(theme().px(344));
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(12, 6, 8, 6);
        row->setSpacing(8);
        row->addWidget(new IconLabel(iconName, hue, 16));
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        auto* head = label(title, u"title"_s);
        head->setWordWrap(true);
        words->addWidget(head);
        if (!detail.isEmpty()) {
            auto* more = label(detail, u"secondary"_s);
            more->setWordWrap(true);
            words->addWidget(more);
        }
        row->addLayout(words, 1);
        if (!actionText.isEmpty()) {
            auto* act = button(actionText, ButtonRole::Quiet, {}, true);
            act->setObjectName(u"toastAction"_s);
            connect(act, &QPushButton::clicked, this, [this, action = std::move(action)] {
                if (action)
                    action();
                deleteLater();
            });
            row->addWidget(act);
        }
        auto* dismiss = iconButton(u"x"_s, Popover::tr("Dismiss"));
        connect(dismiss, &QToolButton::clicked, this, &QObject::deleteLater);
        row->addWidget(dismiss);
        setAccessibleName(title);
        setAccessibleDescription(detail);
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            if (underMouse() || isAncestorOf(QApplication::focusWidget()))
                m_timer.start(1'000);
            else
                deleteLater();
        });
        m_timer.start(kToastMs);
    }

private:
    QTimer m_timer;
};

}

Popover::Popover(QWidget* window)
    : QFrame(window)
    , m_window(window)
    , m_layout(new QVBoxLayout(this))
{
    setProperty("role", u"popover"_s);
    m_layout->setContentsMargins(1, 1, 1, 1);
    setFocusPolicy(Qt::StrongFocus);
    hide();
    connect(&theme(), &Theme::changed, this, [this, scale = theme().scale()]() mutable {
        // Contents are laid out for one scale.
        if (std::exchange(scale, theme().scale()) != scale)
            close();
    });
}

void Popover::setContent(QWidget* content)
{
    while (auto* item = m_layout->takeAt(0)) {
        if (item->widget()) {
            // Its own button may have asked for the next content.
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    m_layout->addWidget(content);
}

void Popover::openAt(QWidget* anchor, bool upward)
{
    if (s_openPopover && s_openPopover != this)
        s_openPopover->close();
    s_openPopover = this;
    m_anchor = anchor;
    setAccessibleName(anchor->accessibleName().isEmpty() ? anchor->toolTip() : anchor->accessibleName());
    m_upward = upward;
    setMaximumWidth(theme().px(520));
    ensurePolished();
    show();
    adjustSize();
    place();
    raise();
    qApp->installEventFilter(this);
    auto* next = nextInFocusChain();
    if (next && isAncestorOf(next) && next->focusPolicy() != Qt::NoFocus)
        next->setFocus(Qt::PopupFocusReason);
    else
        setFocus(Qt::PopupFocusReason);
}

void Popover::place()
{
    const auto below = m_anchor->mapTo(m_window, QPoint(0, m_anchor->height() + theme().px(10)));
    const auto above = m_anchor->mapTo(m_window, QPoint(0, -theme().px(6) - height()));
    auto at = m_upward ? above : below;
    at.setX(std::clamp(
        at.x(), theme().px(8), std::max(theme().px(8), m_window->width() - width() - theme().px(8))));
    at.setY(std::clamp(
        at.y(), theme().px(8), std::max(theme().px(8), m_window->height() - height() - theme().px(8))));
    move(at);
}

void Popover::close()
{
    if (!isVisible())
        return;
    qApp->removeEventFilter(this);
    const bool hadFocus = hasFocus() || isAncestorOf(QApplication::focusWidget());
    hide();
    if (hadFocus && m_anchor)
        m_anchor->setFocus(Qt::PopupFocusReason);
    Q_EMIT closed();
}

bool Popover::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType()) {
        auto* widget = static_cast<QWidget*>(watched);
        // A menu or a combo box's list that was opened from here is a window of its own.
        const bool inside = widget == this || isAncestorOf(widget) || widget->window() != m_window->window();
        const bool anchor = m_anchor && (widget == m_anchor || m_anchor->isAncestorOf(widget));
        if (!inside && !anchor)
            close();
    } else if (watched == m_window && event->type() == QEvent::Resize) {
        place();
    } else if (event->type() == QEvent::ShortcutOverride && isVisible()) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape && !QApplication::activePopupWidget()) {
            close();
            event->accept();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void Popover::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

ToastHost::ToastHost(QWidget* window, int bottomMargin)
    : QObject(window)
    , m_window(window)
    , m_bottom(bottomMargin)
{
    window->installEventFilter(this);
    connect(&theme(), &Theme::changed, this, [this] {
        for (auto* toast : std::as_const(m_toasts))
            toast->setFixedWidth(theme().px(344));
        layout();
    });
}

void ToastHost::show(const QString& iconName, Hue hue, const QString& title, const QString& detail,
    const QString& actionText, std::function<void()> action)
{
    auto* toast = new Toast(iconName, hue, title, detail, actionText, std::move(action), m_window);
    connect(toast, &QObject::destroyed, this, [this](QObject* gone) {
        m_toasts.removeIf([gone](QWidget* each) { return static_cast<QObject*>(each) == gone; });
        layout();
    });
    m_toasts.append(toast);
    while (m_toasts.size() > kMostToasts)
        delete m_toasts.first();
    toast->show();
    layout();
    QAccessibleEvent alert(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QList<QWidget*> ToastHost::toasts() const
{
    return m_toasts;
}

bool ToastHost::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_window && event->type() == QEvent::Resize)
        layout();
    return QObject::eventFilter(watched, event);
}

void ToastHost::layout()
{
    int bottom = m_window->height() - theme().px(m_bottom) - theme().px(12);
    for (auto it = m_toasts.rbegin(); it != m_toasts.rend(); ++it) {
        auto* toast = *it;
        toast->ensurePolished();
        toast->layout()->invalidate();
        toast->adjustSize();
        if (toast->hasHeightForWidth())
            toast->resize(toast->width(), toast->heightForWidth(toast->width()));
        toast->move(m_window->width() - toast->width() - theme().px(16), bottom - toast->height());
        toast->raise();
        bottom -= toast->height() + theme().px(8);
    }
}

}
