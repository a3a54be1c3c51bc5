#include "ui/shell/action_catalogue.h"

#include "ui/kit/icon.h"
#include "ui/kit/key_button.h"

#include <QAbstractButton>
#include <QAction>
#include <QPointer>
#include <QPushButton>
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
    QList<QKeySequence> keys{spec.keys};
    if (!spec.alsoKeys.isEmpty())
        keys.append(spec.alsoKeys);
    action->setProperty("ownKeys", QVariant::fromValue(keys));
    applyKeys(action);
    action->setShortcutContext(owner->isWindow() ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    action->setProperty("group", spec.group.isEmpty() ? tr("Run") : spec.group);
    action->setProperty("detail", spec.detail);
    action->setProperty("name", spec.text); // the text may say what undo would undo
    action->setProperty("iconName", spec.icon);
    if (!spec.icon.isEmpty())
        action->setIcon(kit::icon(spec.icon));
    owner->addAction(action);
    connect(action, &QAction::triggered, owner, [run = std::move(run)] { run(); });
    connect(action, &QObject::destroyed, this, [this](QObject* gone) {
        m_actions.removeIf([gone](QAction* each) { return static_cast<QObject*>(each) == gone; });
        Q_EMIT actionsChanged();
    });
    m_actions.append(action);
    Q_EMIT actionsChanged();
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
    auto* push = qobject_cast<QPushButton*>(button);
    if (push && !iconOnly && push->property("role").toString() == u"primary"_s)
        showKeys(push, action);
}

void ActionCatalogue::showKeys(QPushButton* button, QAction* action) const
{
    const auto sync = [button, action] {
        kit::showKeys(button, action->shortcut().toString(QKeySequence::NativeText));
    };
    sync();
    connect(action, &QAction::changed, button, sync);
}

void ActionCatalogue::applyKeys(QAction* action) const
{
    const auto chosen = m_chosen.constFind(action->objectName());
    if (chosen == m_chosen.constEnd())
        action->setShortcuts(action->property("ownKeys").value<QList<QKeySequence>>());
    else
        action->setShortcut(*chosen);
}

void ActionCatalogue::setChosenKeys(const QHash<QString, QKeySequence>& keys)
{
    m_chosen = keys;
    for (auto* action : std::as_const(m_actions))
        applyKeys(action);
}

void ActionCatalogue::chooseKeys(QAction* action, const QKeySequence& keys)
{
    m_chosen.insert(action->objectName(), keys);
    applyKeys(action);
    Q_EMIT keysChosen(m_chosen);
}

void ActionCatalogue::resetKeys(QAction* action)
{
    if (!m_chosen.remove(action->objectName()))
        return;
    applyKeys(action);
    Q_EMIT keysChosen(m_chosen);
}

bool ActionCatalogue::hasOwnKeys(const QAction* action) const
{
    return m_chosen.contains(action->objectName());
}

QAction* ActionCatalogue::conflict(const QAction* action, const QKeySequence& keys) const
{
    const auto everywhere = [](const QAction* each) { return each->shortcutContext() == Qt::WindowShortcut; };
    for (auto* other : m_actions) {
        const bool meet = everywhere(action) || everywhere(other) || other->parent() == action->parent();
        if (other != action && meet && !keys.isEmpty() && other->shortcuts().contains(keys))
            return other;
    }
    return nullptr;
}

QString ActionCatalogue::tooltip(const QAction* action)
{
    const auto keys = action->shortcut().toString(QKeySequence::NativeText);
    const auto name = action->toolTip().isEmpty() ? action->text() : action->toolTip();
    return keys.isEmpty() ? name : tr("%1 (%2)").arg(name, keys);
}

}
