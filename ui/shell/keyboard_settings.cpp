#include "ui/shell/keyboard_settings.h"

#include "ui/kit/controls.h"
#include "ui/kit/delegates.h"
#include "ui/kit/search_field.h"
#include "ui/kit/theme.h"
#include "ui/kit/views.h"
#include "ui/shell/action_catalogue.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;

// Takes the first keys that are pressed in it, whatever they do elsewhere; Tab and Esc keep their meaning.
// (QKeySequenceEdit waits a second for three chords more.)
class KeyField : public QLineEdit {
public:
    explicit KeyField(std::function<void(const QKeySequence&)> pressed)
        : m_pressed(std::move(pressed))
    {
        setReadOnly(true);
        setPlaceholderText(KeyboardSettings::tr("Press keys"));
    }
    void showKeys(const QKeySequence& keys) { setText(keys.toString(QKeySequence::NativeText)); }

protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::ShortcutOverride && takes(*static_cast<QKeyEvent*>(event))) {
            event->accept();
            return true;
        }
        if (event->type() == QEvent::KeyPress && takes(*static_cast<QKeyEvent*>(event))) {
            const auto* key = static_cast<QKeyEvent*>(event);
            m_pressed(QKeySequence(
                QKeyCombination(key->modifiers() & ~Qt::KeypadModifier, static_cast<Qt::Key>(key->key()))));
            return true;
        }
        return QLineEdit::event(event);
    }

private:
    static bool takes(const QKeyEvent& event)
    {
        static const QList<int> kAlone{Qt::Key_Shift, Qt::Key_Control, Qt::Key_Alt, Qt::Key_AltGr,
            Qt::Key_Meta, Qt::Key_CapsLock, Qt::Key_unknown};
        const bool leaves =
            event.key() == Qt::Key_Tab || event.key() == Qt::Key_Backtab || event.key() == Qt::Key_Escape;
        const bool plain = !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
        return !kAlone.contains(event.key()) && !(leaves && plain);
    }

    std::function<void(const QKeySequence&)> m_pressed;
};

namespace {

constexpr int kKeysColumn = 2;

// The display text as key caps.
class KeysDelegate : public kit::RowDelegate {
public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(
        QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto keys = index.data().toString();
        if (!keys.isEmpty())
            kit::KeyCaps::paint(painter, content(option), keys, false);
    }
};

QString keysOf(const QAction* action)
{
    return action->shortcut().toString(QKeySequence::NativeText);
}

}

KeyboardSettings::KeyboardSettings(ActionCatalogue& actions, QWidget* parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_proxy(new QSortFilterProxyModel(this))
    , m_search(new kit::SearchField(tr("Filter actions by name, area or keys")))
    , m_table(new QTableView)
{
    setObjectName(u"keyboardSettings"_s);
    buildTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    m_search->setObjectName(u"keyFilter"_s);
    m_resetAll = kit::button(tr("Reset all"), kit::ButtonRole::Quiet, {}, true);
    m_resetAll->setObjectName(u"keysResetAll"_s);
    head->addWidget(m_search, 1);
    head->addWidget(m_resetAll);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    column->addWidget(buildEditor());
    connect(m_search, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(&m_actions, &ActionCatalogue::actionsChanged, this, &KeyboardSettings::reload);
    connect(&m_actions, &ActionCatalogue::keysChosen, this, &KeyboardSettings::reload);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &KeyboardSettings::showChosen);
    connect(m_resetAll, &QPushButton::clicked, this, [this] {
        for (auto* action : m_actions.actions())
            m_actions.resetKeys(action);
        showChosen();
    });
    reload();
    showChosen();
}

void KeyboardSettings::buildTable()
{
    using kit::Column;
    QList<Column<Entry>> columns{Column<Entry>::text(tr("Action"), [](const Entry& e) { return e.text; }),
        Column<Entry>::text(tr("Where"), [](const Entry& e) { return e.group; }),
        {tr("Keys"), [](const Entry& e, int role) -> QVariant {
             if (role == Qt::DisplayRole)
                 return e.keys;
             if (role == Qt::AccessibleTextRole)
                 return e.keys.isEmpty() ? tr("no keys") : e.keys;
             return {};
         }}};
    columns[0].data = [](const Entry& e, int role) -> QVariant {
        if (role == Qt::DisplayRole)
            return e.text;
        if (role == kit::FilterRole)
            return QString(e.text + u' ' + e.group + u' ' + e.keys);
        if (role == Qt::AccessibleTextRole)
            return tr("%1, %2, %3").arg(e.text, e.group, e.keys.isEmpty() ? tr("no keys") : e.keys);
        if (role == Qt::FontRole && e.own) {
            auto font = theme().font(kit::TextRole::Secondary);
            font.setWeight(QFont::DemiBold);
            return font;
        }
        return {};
    };
    m_model = new kit::RowModel<Entry>(
        columns, [](const Entry& e) { return e.id; }, this);
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterRole(kit::FilterRole);
    m_proxy->setFilterKeyColumn(0);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(u"keyTable"_s);
    m_table->setAccessibleName(tr("Actions and their keys"));
    m_table->setModel(m_proxy);
    kit::prepareTable(m_table, 28);
    m_table->setItemDelegate(new kit::RowDelegate(m_table, kit::RowDelegate::Cell::Text, 28));
    m_table->setItemDelegateForColumn(kKeysColumn, new KeysDelegate(m_table));
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    const auto fit = [this] {
        m_table->setColumnWidth(1, theme().px(130));
        m_table->setColumnWidth(kKeysColumn, theme().px(180));
        m_table->setMinimumHeight(theme().px(360));
    };
    fit();
    connect(&theme(), &kit::Theme::changed, m_table, fit);
}

QWidget* KeyboardSettings::buildEditor()
{
    auto* card = new QFrame;
    card->setProperty("role", u"card"_s);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(8);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    m_name = kit::label({}, u"title"_s);
    m_edit = new KeyField([this](const QKeySequence& keys) { take(keys); });
    m_edit->setObjectName(u"keyEdit"_s);
    m_edit->setAccessibleName(tr("Keys of the chosen action"));
    m_edit->setFixedWidth(theme().px(190));
    m_none = kit::button(tr("No keys"), kit::ButtonRole::Default, {}, true);
    m_none->setObjectName(u"keyNone"_s);
    m_reset = kit::button(tr("Reset"), kit::ButtonRole::Default, u"undo"_s, true);
    m_reset->setObjectName(u"keyReset"_s);
    line->addWidget(m_name, 1);
    line->addWidget(m_edit);
    line->addWidget(m_none);
    line->addWidget(m_reset);
    column->addLayout(line);
    auto* trouble = new QHBoxLayout;
    m_problem = kit::label({}, u"error"_s);
    m_problem->setObjectName(u"keyProblem"_s);
    m_problem->setWordWrap(true);
    m_replace = kit::button(tr("Take them from it"), kit::ButtonRole::Default, {}, true);
    m_replace->setObjectName(u"keyReplace"_s);
    trouble->addWidget(m_problem, 1);
    trouble->addWidget(m_replace);
    column->addLayout(trouble);
    connect(m_none, &QPushButton::clicked, this, [this] { take({}); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        if (auto* action = chosen())
            m_actions.resetKeys(action);
        showChosen();
    });
    connect(m_replace, &QPushButton::clicked, this, [this] {
        if (m_other)
            m_actions.chooseKeys(m_other, {});
        take(m_wanted);
    });
    return card;
}

void KeyboardSettings::reload()
{
    QList<Entry> entries;
    bool own = false;
    for (const auto* action : m_actions.actions()) {
        own = own || m_actions.hasOwnKeys(action);
        // What undo would undo is not the action's name.
        const auto fixed = action->property("name").toString();
        entries.append({action->objectName(), fixed.isEmpty() ? action->text() : fixed,
            m_actions.groupOf(action), keysOf(action), m_actions.hasOwnKeys(action)});
    }
    m_model->setRows(entries);
    m_resetAll->setEnabled(own);
    m_resetAll->setToolTip(own ? QString() : tr("All actions have their first keys"));
}

QAction* KeyboardSettings::chosen() const
{
    const auto index = m_table->currentIndex();
    return index.isValid() ? m_actions.find(index.data(kit::KeyRole).toString()) : nullptr;
}

void KeyboardSettings::showChosen()
{
    const auto* action = chosen();
    m_name->setText(action ? action->property("name").toString() : tr("Choose an action above"));
    m_edit->showKeys(action ? action->shortcut() : QKeySequence());
    m_edit->setEnabled(action != nullptr);
    m_none->setEnabled(action && !action->shortcut().isEmpty());
    m_reset->setEnabled(action && m_actions.hasOwnKeys(action));
    m_problem->hide();
    m_replace->hide();
}

void KeyboardSettings::take(const QKeySequence& keys)
{
    auto* action = chosen();
    if (!action || (action->shortcut() == keys && action->shortcuts().size() < 2)) {
        showChosen();
        return;
    }
    if (auto* other = m_actions.conflict(action, keys)) {
        refuse(other, keys);
        return;
    }
    m_actions.chooseKeys(action, keys);
    showChosen();
}

void KeyboardSettings::refuse(QAction* other, const QKeySequence& keys)
{
    m_other = other;
    m_wanted = keys;
    m_edit->showKeys(keys);
    m_problem->setText(tr("%1 already runs \"%2\". Press other keys, or take them from it.")
                           .arg(keys.toString(QKeySequence::NativeText), other->property("name").toString()));
    m_problem->show();
    m_replace->show();
}

}
