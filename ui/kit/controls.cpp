#include "ui/kit/controls.h"

#include "ui/kit/icon.h"
#include "ui/kit/key_button.h"
#include "ui/kit/theme.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QStyle>
#include <QVBoxLayout>
#include <QVariant>

namespace ui::kit {

using namespace Qt::StringLiterals;

QPushButton* button(
    const QString& text, ButtonRole role, const QString& iconName, bool small, QWidget* parent)
{
    auto* made = new KeyButton(text, parent);
    static const QString kRoles[] = {QString(), u"primary"_s, u"quiet"_s, u"danger"_s, u"destroy"_s};
    if (role != ButtonRole::Default)
        made->setProperty("role", kRoles[static_cast<int>(role)]);
    if (small)
        setSmall(made);
    if (!iconName.isEmpty()) {
        const Tone tones[] = {Token::T1, Token::Inv, Token::T2, Hue::Err, Token::Inv};
        made->setIcon(icon(iconName, tones[static_cast<int>(role)]));
        const auto size = [made, small] {
            made->setIconSize(QSize(theme().px(small ? 14 : 16), theme().px(small ? 14 : 16)));
        };
        size();
        QObject::connect(&theme(), &Theme::changed, made, size);
    }
    made->setCursor(Qt::ArrowCursor);
    made->setAutoDefault(false);
    return made;
}

QToolButton* iconButton(const QString& iconName, const QString& tip, QWidget* parent)
{
    auto* made = new QToolButton(parent);
    made->setProperty("role", u"icon"_s);
    made->setIcon(icon(iconName, Token::T2, Token::T1));
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setAutoRaise(true);
    const auto size = [made] { made->setIconSize(QSize(theme().px(16), theme().px(16))); };
    size();
    QObject::connect(&theme(), &Theme::changed, made, size);
    return made;
}

void setSmall(QWidget* widget)
{
    widget->setProperty("density", u"small"_s);
}

QLabel* label(const QString& text, const QString& role, QWidget* parent)
{
    auto* made = new QLabel(text, parent);
    if (!role.isEmpty())
        made->setProperty("role", role);
    made->setTextFormat(Qt::PlainText);
    return made;
}

namespace {

QFrame* lineFrame(const QString& role, QWidget* parent)
{
    auto* made = new QFrame(parent);
    made->setProperty("role", role);
    return made;
}

}

QFrame* hline(QWidget* parent)
{
    return lineFrame(u"hline"_s, parent);
}

QFrame* vline(QWidget* parent)
{
    return lineFrame(u"vline"_s, parent);
}

void restyle(QWidget* widget, const char* property, const QVariant& value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

Segments::Segments(const QStringList& texts, bool accent, QWidget* parent)
    : QFrame(parent)
    , m_group(new QButtonGroup(this))
    , m_layout(new QHBoxLayout(this))
    , m_accent(accent)
{
    setProperty("role", u"segments"_s);
    m_layout->setContentsMargins(1, 1, 1, 1);
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setTexts(texts);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            Q_EMIT currentChanged(id);
    });
}

void Segments::setTexts(const QStringList& texts)
{
    const auto old = m_group->buttons();
    for (auto* each : old) {
        m_group->removeButton(each);
        delete each;
    }
    for (int i = 0; i < static_cast<int>(texts.size()); ++i) {
        auto* each = new QPushButton(texts[i]);
        each->setProperty("role", u"segment"_s);
        if (m_accent)
            each->setProperty("accent", true);
        each->setCheckable(true);
        each->setAutoDefault(false);
        m_layout->addWidget(each);
        m_group->addButton(each, i);
    }
    const QSignalBlocker quiet(m_group);
    if (!texts.isEmpty())
        m_group->button(0)->setChecked(true);
}

int Segments::current() const
{
    return m_group->checkedId();
}

void Segments::setCurrent(int index)
{
    if (auto* wanted = m_group->button(index))
        wanted->setChecked(true);
}

QPushButton* Segments::segment(int index) const
{
    return qobject_cast<QPushButton*>(m_group->button(index));
}

KeyValueList::KeyValueList(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(theme().px(12));
    m_grid->setVerticalSpacing(theme().px(6));
    m_grid->setColumnStretch(1, 1);
}

void KeyValueList::clear()
{
    while (auto* item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_rows = 0;
}

QLabel* KeyValueList::add(const QString& name, const QString& value, bool mono)
{
    auto* shown = label(value, mono ? u"mono"_s : u"value"_s);
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    shown->setWordWrap(true);
    shown->setMinimumWidth(0);
    add(name, shown);
    return shown;
}

void KeyValueList::add(const QString& name, QWidget* value)
{
    auto* title = label(name, u"secondary"_s);
    title->setBuddy(value);
    m_grid->addWidget(title, m_rows, 0, Qt::AlignTop | Qt::AlignLeft);
    m_grid->addWidget(value, m_rows, 1);
    ++m_rows;
}

FormRow::FormRow(const QString& name, QWidget* field, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_error(label({}, u"error"_s))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme().px(4));
    auto* title = label(name, u"secondary"_s);
    title->setBuddy(field);
    column->addWidget(title);
    column->addWidget(field);
    m_error->setWordWrap(true);
    m_error->hide();
    column->addWidget(m_error);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(name);
}

void FormRow::setError(const QString& message)
{
    m_error->setText(message);
    m_error->setVisible(!message.isEmpty());
    restyle(m_field, "state", message.isEmpty() ? QVariant() : QVariant(u"error"_s));
}

}
