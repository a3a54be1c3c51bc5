#include "ui/shell/rail.h"

#include "ui/kit/controls.h"
#include "ui/kit/icon.h"
#include "ui/kit/theme.h"

#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

RailButton::RailButton(const AreaEntry& entry, QWidget* parent)
    : QToolButton(parent)
{
    setProperty("role", u"rail"_s);
    setObjectName(u"rail_"_s + entry.id);
    setCheckable(true);
    setText(entry.title);
    setAccessibleName(entry.title);
    setIcon(kit::icon(entry.icon, Token::T2, entry.accent));
    setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    fit();
    connect(&theme(), &kit::Theme::changed, this, &RailButton::fit);
}

void RailButton::fit()
{
    setIconSize(QSize(theme().px(20), theme().px(20)));
    setFixedSize(m_narrow ? theme().px(40) : theme().px(52), m_narrow ? theme().px(40) : theme().px(50));
}

void RailButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextUnderIcon);
    fit();
}

void RailButton::setDot(bool dot)
{
    if (m_dot == dot)
        return;
    m_dot = dot;
    setAccessibleDescription(dot ? tr("Unseen errors") : QString());
    update();
}

void RailButton::paintEvent(QPaintEvent* event)
{
    QToolButton::paintEvent(event);
    if (!m_dot)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().c(isChecked() ? Token::RailOn : Token::Chrome), 2));
    painter.setBrush(theme().fill(kit::Hue::Err));
    const QPointF centre(width() / 2.0 + theme().px(11.0), theme().px(10.0));
    painter.drawEllipse(centre, theme().px(4.5), theme().px(4.5));
}

Rail::Rail(const QList<AreaEntry>& entries, QWidget* parent)
    : QFrame(parent)
    , m_entries(entries)
    , m_group(new QButtonGroup(this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"rail"_s);
    setAccessibleName(tr("Areas"));
    for (int i = 0; i < static_cast<int>(entries.size()); ++i) {
        if (i > 0 && entries[i].group != entries[i - 1].group) {
            auto* line = kit::hline();
            line->setFixedWidth(theme().px(26));
            m_column->addSpacing(3);
            m_column->addWidget(line, 0, Qt::AlignHCenter);
            m_column->addSpacing(3);
        }
        auto* made = new RailButton(entries[i]);
        m_column->addWidget(made, 0, Qt::AlignHCenter);
        m_group->addButton(made, i);
    }
    m_column->addStretch(1);
    m_settings = new RailButton({u"settings"_s, tr("Settings"), u"set"_s, kit::Hue::Obs, {}, 0, {}});
    m_settings->setToolTip(tr("Settings (Ctrl+,)"));
    m_column->addWidget(m_settings, 0, Qt::AlignHCenter);
    m_group->addButton(m_settings, static_cast<int>(entries.size()));
    connect(m_group, &QButtonGroup::idClicked, this, [this](int id) {
        if (id < m_entries.size())
            Q_EMIT activated(id);
        else
            Q_EMIT settingsActivated();
    });
    connect(m_group, &QButtonGroup::buttonToggled, this, qOverload<>(&QWidget::update));
    connect(&theme(), &kit::Theme::changed, this, &Rail::fit);
    fit();
}

void Rail::fit()
{
    setFixedWidth(theme().px(m_narrow ? 48 : 64));
    m_column->setContentsMargins(0, theme().px(8), 1, theme().px(8));
    m_column->setSpacing(theme().px(2));
}

RailButton* Rail::button(int index) const
{
    return qobject_cast<RailButton*>(m_group->button(index));
}

void Rail::setCurrent(int index)
{
    m_group->setExclusive(index >= 0);
    if (auto* wanted = m_group->button(index)) {
        wanted->setChecked(true);
    } else if (auto* checked = m_group->checkedButton()) {
        checked->setChecked(false);
    }
    m_group->setExclusive(true);
}

void Rail::setSettingsCurrent()
{
    setCurrent(static_cast<int>(m_entries.size()));
}

void Rail::setNarrow(bool narrow)
{
    if (m_narrow == narrow)
        return;
    m_narrow = narrow;
    const auto buttons = m_group->buttons();
    for (auto* each : buttons)
        static_cast<RailButton*>(each)->setNarrow(narrow);
    fit();
}

void Rail::setUsable(bool usable)
{
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i) {
        auto* each = m_group->button(i);
        each->setEnabled(usable);
        each->setToolTip(!usable ? tr("%1: open a chamber first").arg(m_entries[i].title)
                                 : tr("%1 (Alt+%2)").arg(m_entries[i].title).arg(i + 1));
    }
}

void Rail::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    const auto* checked = m_group->checkedButton();
    if (!checked || !checked->isEnabled())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const int index = m_group->checkedId();
    painter.setBrush(theme().text(index < m_entries.size() ? m_entries[index].accent : kit::Hue::Obs));
    const auto inset = theme().px(8);
    const auto box = checked->geometry().adjusted(0, inset, 0, -inset);
    painter.drawRoundedRect(
        QRectF(-theme().px(3.0), box.top(), theme().px(6.0), box.height()), theme().px(3.0), theme().px(3.0));
}

}
