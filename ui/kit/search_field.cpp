#include "ui/kit/search_field.h"

#include "ui/kit/controls.h"
#include "ui/kit/icon.h"
#include "ui/kit/theme.h"

#include <QAction>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

namespace ui::kit {

using namespace Qt::StringLiterals;

SearchField::SearchField(const QString& placeholder, const QString& accessibleName, QWidget* parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(accessibleName.isEmpty() ? placeholder : accessibleName);
    setClearButtonEnabled(true);
    addAction(icon(u"search"_s, Token::T3), LeadingPosition);
}

void SearchField::setKeys(const QString& keys)
{
    m_keys = keys;
    update();
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (m_keys.isEmpty() || !text().isEmpty() || hasFocus())
        return;
    const auto words = QFontMetrics(font()).horizontalAdvance(placeholderText());
    if (width() < words + KeyCaps::width(m_keys) + theme().px(56))
        return;
    QPainter painter(this);
    KeyCaps::paint(painter, QRectF(rect()).adjusted(0, 0, -theme().px(7.0), 0), m_keys);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    // Esc empties the field first; the next one is the window's.
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        Q_EMIT textEdited(text());
        return;
    }
    QLineEdit::keyPressEvent(event);
}

}
