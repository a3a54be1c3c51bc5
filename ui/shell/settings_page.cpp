#include "ui/shell/settings_page.h"

#include "ui/kit/controls.h"
#include "ui/kit/icon.h"
#include "ui/kit/panes.h"
#include "ui/kit/search_field.h"
#include "ui/kit/theme.h"
#include "ui/shell/keyboard_settings.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;

namespace {

constexpr int kNavWidth = 220;
constexpr int kRowsWidth = 760;

}

SettingsPage::SettingsPage(WindowSettings& settings, ActionCatalogue& actions, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_actions(actions)
{
    setObjectName(u"settingsPage"_s);
    setAccessibleName(tr("Settings"));
    setProperty("pane", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHeader(column);
    column->addWidget(buildPanes(), 1);
    buildAppearance();
    buildClock();
    buildEndpoint();
    buildRuntimes();
    buildTracks();
    buildKeyboard();
    m_nav->addStretch(1);
    m_pages->addStretch(1);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::filter);
    connect(&theme(), &kit::Theme::changed, this, &SettingsPage::sync);
    sync();
    showSection(u"appearance"_s);
}

void SettingsPage::buildHeader(QVBoxLayout* column)
{
    auto* header = new kit::AreaHeader;
    header->setObject(u"set"_s, kit::Hue::Obs, tr("Settings"));
    m_search = new kit::SearchField(tr("Search settings"));
    m_search->setObjectName(u"settingsSearch"_s);
    m_search->setKeys(tr("Ctrl+F"));
    m_search->setMinimumWidth(theme().px(320));
    header->addScope(m_search);
    auto* done = kit::button(tr("Done"));
    done->setObjectName(u"settingsDone"_s);
    done->setToolTip(tr("Back to where you were (Esc)"));
    connect(done, &QPushButton::clicked, this, &SettingsPage::closed);
    header->addAction(done);
    column->addWidget(header);
}

QWidget* SettingsPage::buildPanes()
{
    auto* panes = new QWidget;
    auto* across = new QHBoxLayout(panes);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(0);
    auto* nav = new QWidget;
    nav->setFixedWidth(theme().px(kNavWidth));
    connect(&theme(), &kit::Theme::changed, nav, [nav] { nav->setFixedWidth(theme().px(kNavWidth)); });
    m_nav = new QVBoxLayout(nav);
    m_nav->setContentsMargins(8, 10, 8, 10);
    m_nav->setSpacing(2);
    m_group = new QButtonGroup(this);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(u"settingsRows"_s);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* inner = new QWidget;
    m_pages = new QVBoxLayout(inner);
    m_pages->setContentsMargins(32, 24, 32, 24);
    m_pages->setSpacing(24);
    m_nothing = kit::label(tr("No setting is called that."), u"secondary"_s);
    m_nothing->hide();
    m_pages->addWidget(m_nothing);
    scroll->setWidget(inner);
    across->addWidget(nav);
    across->addWidget(kit::vline());
    across->addWidget(scroll, 1);
    return panes;
}

int SettingsPage::addSection(
    const QString& id, const QString& title, const QString& icon, const QString& about)
{
    Section section{id, title};
    auto* entry = new QPushButton(title);
    entry->setObjectName(u"settings_"_s + id);
    entry->setProperty("role", u"nav"_s);
    entry->setIcon(kit::icon(icon, kit::Token::T2, kit::Token::T1));
    const auto size = [entry] { entry->setIconSize(QSize(theme().px(16), theme().px(16))); };
    size();
    connect(&theme(), &kit::Theme::changed, entry, size);
    entry->setCheckable(true);
    entry->setAutoDefault(false);
    connect(entry, &QPushButton::clicked, this, [this, id] {
        m_search->clear();
        showSection(id);
    });
    m_group->addButton(entry);
    m_nav->addWidget(entry);
    section.button = entry;
    section.page = new QWidget;
    section.page->setMaximumWidth(theme().px(kRowsWidth));
    section.rows = new QVBoxLayout(section.page);
    section.rows->setContentsMargins(0, 0, 0, 0);
    section.rows->setSpacing(0);
    section.rows->addWidget(kit::label(title, u"page"_s));
    auto* words = kit::label(about, u"secondary"_s);
    words->setWordWrap(true);
    words->setContentsMargins(0, 4, 0, 12);
    section.rows->addWidget(words);
    m_pages->addWidget(section.page);
    m_sections.append(section);
    return static_cast<int>(m_sections.size()) - 1;
}

// Name and what it does at the left, the control at the right.
QWidget* SettingsPage::addRow(
    const QString& name, const QString& detail, QWidget* control, const QString& more)
{
    auto* row = new QWidget;
    auto* column = new QVBoxLayout(row);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(kit::hline());
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 12, 0, 12);
    line->setSpacing(24);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    auto* title = kit::label(name);
    title->setBuddy(control);
    words->addWidget(title);
    auto* about = kit::label(detail, u"secondary"_s);
    about->setWordWrap(true);
    words->addWidget(about);
    line->addLayout(words, 1);
    line->addWidget(control, 0, Qt::AlignVCenter | Qt::AlignRight);
    column->addLayout(line);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(name);
    control->setAccessibleDescription(detail);
    m_sections.last().rows->addWidget(row);
    m_rows.append({static_cast<int>(m_sections.size()) - 1, row,
        name + u' ' + detail + u' ' + more + u' ' + m_sections.last().title});
    return row;
}

void SettingsPage::addWide(QWidget* widget, const QString& words)
{
    m_sections.last().rows->addWidget(widget);
    m_rows.append({static_cast<int>(m_sections.size()) - 1, widget, words + u' ' + m_sections.last().title});
}

void SettingsPage::showSection(const QString& id)
{
    m_current = id;
    for (const auto& each : std::as_const(m_sections)) {
        if (each.id == id)
            each.button->setChecked(true);
    }
    filter();
    if (id == u"keyboard"_s && isVisible())
        Q_EMIT keyboardShown();
}

// Without a word the chosen section; with words every row that has them all.
void SettingsPage::filter()
{
    const auto words = m_search->text().simplified().split(u' ', Qt::SkipEmptyParts);
    bool any = false;
    QList<bool> shown(m_sections.size(), false);
    for (const auto& row : std::as_const(m_rows)) {
        const bool fits = std::all_of(words.begin(), words.end(),
            [&](const QString& word) { return row.words.contains(word, Qt::CaseInsensitive); });
        row.widget->setVisible(fits);
        shown[row.section] = shown[row.section] || fits;
    }
    for (qsizetype i = 0; i < m_sections.size(); ++i) {
        const bool visible = words.isEmpty() ? m_sections[i].id == m_current : shown[i];
        m_sections[i].page->setVisible(visible);
        m_sections[i].button->setVisible(words.isEmpty() || shown[i]);
        any = any || visible;
    }
    m_nothing->setVisible(!any);
}

void SettingsPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

void SettingsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_current == u"keyboard"_s)
        Q_EMIT keyboardShown();
}

}
