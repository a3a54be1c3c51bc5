#include "ui/shell/action_catalogue.h"

#include "ui/kit/icon.h"

#include <QAbstractButton>
#include <QAction>
#include <QPointer>
#include <QWidget>

namespace ui::shell {

using namespace Qt::StringLiterals;

ActionCatalogue::ActionCatalogue(QObject* parent)
    : QObject(parent)
{
}

QAction* ActionCatalogue::add(const Spec& spec, QWidget* owner, std::function<void()> run)
{
    auto* action = new QAction(spec.text, owner);
    action->setObjectName(spec.id);
    action->setShortcut(spec.keys);
    action->setShortcutContext(owner->isWindow() ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    action->setProperty("group", spec.group.isEmpty() ? tr("Run") : spec.group);
    action->setProperty("detail", spec.detail);
    action->setProperty("iconName", spec.icon);
    if (!spec.icon.isEmpty())
        action->setIcon(kit::icon(spec.icon));
    owner->addAction(action);
    connect(action, &QAction::triggered, owner, [run = std::move(run)] { run(); });
    connect(action, &QObject::destroyed, this, [this](QObject* gone) {
        m_actions.removeIf([gone](QAction* each) { return static_cast<QObject*>(each) == gone; });
    });
    m_actions.append(action);
    return action;
}

QAction* ActionCatalogue::find(const QString& id) const
{
    for (auto* action : m_actions) {
        if (action->objectName() == id)
            return action;
    }
    return nullptr;
}

QList<QAction*> ActionCatalogue::actions() const
{
    return m_actions;
}

QString ActionCatalogue::groupOf(const QAction* action) const
{
    return action->property("group").toString();
}

QString ActionCatalogue::detailOf(const QAction* action) const
{
    return action->property("detail").toString();
}

void ActionCatalogue::bind(QAbstractButton* button, QAction* action, bool iconOnly) const
{
    const auto sync = [button = QPointer(button), action, iconOnly] {
        if (!button)
            return;
        if (!iconOnly)
            button->setText(action->text());
        if (button->icon().isNull())
            button->setIcon(action->icon());
        button->setToolTip(tooltip(action));
        button->setAccessibleName(action->text());
        button->setEnabled(action->isEnabled());
        if (action->isCheckable()) {
            button->setCheckable(true);
            button->setChecked(action->isChecked());
        }
    };
    sync();
    connect(action, &QAction::changed, button, sync);
    connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
}

QString ActionCatalogue::tooltip(const QAction* action)
{
    const auto keys = action->shortcut().toString(QKeySequence::NativeText);
    const auto name = action->toolTip().isEmpty() ? action->text() : action->toolTip();
    return keys.isEmpty() ? name : tr("%1 (%2)").arg(name, keys);
}

}
