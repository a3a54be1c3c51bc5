#include "ui/kit/key_button.h"

#include "ui/kit/controls.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <QStyleOptionButton>
#include <QStylePainter>

#include <cmath>

namespace ui::kit {

using namespace Qt::StringLiterals;

KeyButton::KeyButton(const QString& text, QWidget* parent)
    : QPushButton(text, parent)
{
    connect(&theme(), &Theme::changed, this, [this] { updateGeometry(); });
}

void KeyButton::setKeys(const QString& keys)
{
    if (keys == m_keys)
        return;
    m_keys = keys;
    auto policy = sizePolicy();
    policy.setHorizontalPolicy(keys.isEmpty() ? QSizePolicy::Minimum : QSizePolicy::Preferred);
    setSizePolicy(policy);
    updateGeometry();
    update();
}

int KeyButton::capsWidth() const
{
    return m_keys.isEmpty() ? 0 : static_cast<int>(std::ceil(KeyCaps::width(m_keys))) + theme().px(6);
}

QSize KeyButton::sizeHint() const
{
    return QPushButton::sizeHint() + QSize(capsWidth(), 0);
}

QSize KeyButton::minimumSizeHint() const
{
    return m_keys.isEmpty() ? QPushButton::minimumSizeHint() : QPushButton::sizeHint();
}

bool KeyButton::showsKeys() const
{
    return !m_keys.isEmpty() && width() >= sizeHint().width();
}

void KeyButton::paintEvent(QPaintEvent* event)
{
    if (!showsKeys()) {
        QPushButton::paintEvent(event);
        return;
    }
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);
    // Text and caps together stand in the middle.
    const int caps = capsWidth();
    option.rect = style()->subElementRect(QStyle::SE_PushButtonContents, &option, this);
    option.rect.setRight(option.rect.right() - caps);
    painter.drawControl(QStyle::CE_PushButtonLabel, option);
    const auto role = property("role").toString();
    const bool filled = role == u"primary"_s || role == u"destroy"_s;
    const auto spare = (width() - sizeHint().width()) / 2;
    const QRectF place(0, 0, width() - spare - theme().px(8), height());
    const auto ink = !isEnabled() ? theme().c(Token::T3) : filled ? theme().c(Token::Inv) : QColor();
    KeyCaps::paint(painter, place, m_keys, true, ink);
}

void showKeys(QPushButton* button, const QString& keys)
{
    if (auto* capped = qobject_cast<KeyButton*>(button))
        capped->setKeys(keys);
}

}
