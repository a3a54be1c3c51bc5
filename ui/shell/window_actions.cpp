#include "ui/bridge/engine_client.h"
#include "ui/kit/panes.h"
#include "ui/kit/search_field.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/main_window.h"
#include "ui/shell/rail.h"
#include "ui/shell/session.h"
#include "ui/shell/start_page.h"
#include "ui/shell/top_bar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QStackedWidget>
#include <QToolButton>
#include <QUndoStack>

// What the window can be asked to do, each once: keys, palette and buttons all come from here.
namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;

void MainWindow::registerActions()
{
    const auto window = tr("Window");
    const auto chamber = tr("Chamber");
    const auto add = [this](const QString& id, const QString& text, const QString& icon,
                         const QKeySequence& keys, const QString& group, std::function<void()> run) {
        return m_actions->add({id, text, icon, keys, group}, this, std::move(run));
    };
    add(u"palette.open"_s, tr("Command palette"), u"search"_s, QKeySequence(tr("Ctrl+K")), window,
        [this] { openPalette(); });
    auto* undoAction =
        add(u"edit.undo"_s, tr("Undo"), u"undo"_s, QKeySequence(tr("Ctrl+Z")), chamber, [this] { undo(); });
    auto* redoAction = add(
        u"edit.redo"_s, tr("Redo"), u"redo"_s, QKeySequence(tr("Ctrl+Shift+Z")), chamber, [this] { redo(); });
    m_actions->bind(m_top->undoButton(), undoAction, true);
    m_actions->bind(m_top->redoButton(), redoAction, true);
    auto* themeAction = add(u"window.theme"_s, tr("Switch theme: system, dark, light"), u"sun"_s,
        QKeySequence(tr("Ctrl+Shift+L")), window, [] { theme().cycleMode(); });
    connect(m_top->themeButton(), &QToolButton::clicked, themeAction, &QAction::trigger);
    connect(themeAction, &QAction::triggered, m_top, &TopBar::showThemeMode);
    m_actions->add({u"window.larger"_s, tr("Larger interface"), u"plus"_s, QKeySequence(tr("Ctrl++")), window,
                       {}, QKeySequence(tr("Ctrl+="))},
        this, [] { theme().stepScale(1); });
    add(u"window.smaller"_s, tr("Smaller interface"), u"minus"_s, QKeySequence(tr("Ctrl+-")), window,
        [] { theme().stepScale(-1); });
    add(u"window.normal"_s, tr("Interface at 100 %"), u"fit"_s, QKeySequence(tr("Ctrl+0")), window,
        [] { theme().setScale(1); });
    add(u"go.back"_s, tr("Back"), u"al"_s, QKeySequence(tr("Alt+Left")), window, [this] { walkHistory(-1); });
    add(u"go.forward"_s, tr("Forward"), u"ar"_s, QKeySequence(tr("Alt+Right")), window,
        [this] { walkHistory(1); });
    add(u"go.last"_s, tr("Last object"), u"hist"_s, QKeySequence(tr("Ctrl+Tab")), window,
        [this] { openLast(); });
    add(u"go.nextPane"_s, tr("Next pane"), u"skip"_s, QKeySequence(Qt::Key_F6), window,
        [this] { walkPanes(1); });
    add(u"go.previousPane"_s, tr("Previous pane"), u"skip"_s, QKeySequence(tr("Shift+F6")), window,
        [this] { walkPanes(-1); });
    add(u"pane.list"_s, tr("Show or hide the list"), u"list"_s, QKeySequence(tr("Ctrl+B")), window,
        [this] { togglePart(Area::Part::List); });
    add(u"pane.inspector"_s, tr("Show or hide the inspector"), u"info"_s, QKeySequence(tr("Ctrl+Alt+B")),
        window, [this] { togglePart(Area::Part::Inspector); });
    add(u"pane.bottom"_s, tr("Show or hide the bottom panel"), u"term"_s, QKeySequence(tr("Ctrl+J")), window,
        [this] { togglePart(Area::Part::Bottom); });
    add(u"find.here"_s, tr("Find in this area"), u"search"_s, QKeySequence(tr("Ctrl+F")), window,
        [this] { findHere(); });
    add(u"settings.open"_s, tr("Settings"), u"set"_s, QKeySequence(tr("Ctrl+,")), window,
        [this] { showSettings(); });
    add(u"clock.toggle"_s, tr("Pause or resume the clock"), u"clock"_s, QKeySequence(tr("Ctrl+Shift+Space")),
        chamber, [this] { toggleClock(); });
    auto* copy = add(u"endpoint.copy"_s, tr("Copy endpoint settings"), u"copy"_s,
        QKeySequence(tr("Ctrl+Shift+E")), chamber, [this] { copyEndpoint(); });
    connect(m_top->copyButton(), &QToolButton::clicked, copy, &QAction::trigger);
    add(u"chamber.new"_s, tr("New chamber"), u"plus"_s, QKeySequence(tr("Ctrl+Shift+N")), chamber,
        [this] { chooseFolder(true); });
    m_actions->add({u"start.new"_s, tr("New chamber"), u"plus"_s, QKeySequence(tr("Ctrl+N")), chamber},
        m_start, [this] { chooseFolder(true); });
    add(u"chamber.open"_s, tr("Open folder"), u"folder"_s, QKeySequence(tr("Ctrl+O")), chamber,
        [this] { chooseFolder(false); });
    add(u"chamber.close"_s, tr("Close chamber"), u"x"_s, {}, chamber, [this] { closeChamber(); });
    add(u"help.about"_s, tr("About and keys"), u"info"_s, QKeySequence(Qt::Key_F1), window,
        [this] { showAbout(); });
    add(u"window.quit"_s, tr("Quit"), u"stop"_s, QKeySequence(tr("Ctrl+Q")), window, [this] { close(); });
    undoChanged();
}

void MainWindow::registerAreaActions()
{
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i) {
        m_actions->add({u"area."_s + m_entries[i].id, m_entries[i].title, m_entries[i].icon,
                           QKeySequence(u"Alt+%1"_s.arg(i + 1)), tr("Go to")},
            this, [this, i] { showArea(i); });
    }
}

void MainWindow::undoChanged()
{
    auto* stack = m_session ? &m_session->undo() : nullptr;
    auto* undoAction = m_actions->find(u"edit.undo"_s);
    auto* redoAction = m_actions->find(u"edit.redo"_s);
    const auto name = [](const QString& verb, const QString& what) {
        return what.isEmpty() ? verb : verb + u' ' + what;
    };
    undoAction->setText(name(tr("Undo"), stack && stack->canUndo() ? stack->undoText() : QString()));
    redoAction->setText(name(tr("Redo"), stack && stack->canRedo() ? stack->redoText() : QString()));
    undoAction->setToolTip(stack && stack->canUndo() ? undoAction->text() : tr("Nothing to undo"));
    redoAction->setToolTip(stack && stack->canRedo() ? redoAction->text() : tr("Nothing to redo"));
    undoAction->setEnabled(stack && stack->canUndo());
    redoAction->setEnabled(stack && stack->canRedo());
}

void MainWindow::undo()
{
    const auto what = m_session->undo().undoText();
    m_session->undo().undo();
    toast(u"undo"_s, kit::Hue::Info, tr("Undone"), what, tr("Redo"), [this] { redo(); });
}

void MainWindow::redo()
{
    if (!m_session || !m_session->undo().canRedo())
        return;
    const auto what = m_session->undo().redoText();
    m_session->undo().redo();
    toast(u"redo"_s, kit::Hue::Info, tr("Done again"), what, tr("Undo"), [this] {
        if (m_session && m_session->undo().canUndo())
            undo();
    });
}

void MainWindow::toggleClock()
{
    if (!m_session)
        return;
    auto& clock = m_session->engine().engine().clock;
    const bool paused = clock.state().paused;
    if (paused)
        clock.resume();
    else
        clock.pause();
    toast(paused ? u"play"_s : u"pause"_s, paused ? kit::Hue::Ok : kit::Hue::Warn,
        paused ? tr("The clock runs") : tr("The clock is paused"),
        paused ? QString() : tr("Nothing expires and no schedule fires until it runs again."),
        paused ? tr("Pause") : tr("Resume"), [this] { toggleClock(); });
}

void MainWindow::copyEndpoint()
{
    const auto endpoint = m_session && !m_session->engine().endpoint().isEmpty()
        ? m_session->engine().endpoint()
        : m_settings.endpoint();
    QApplication::clipboard()->setText(
        u"export AWS_ENDPOINT_URL=%1\nexport AWS_REGION=%2\nexport AWS_ACCESS_KEY_ID=test\nexport AWS_SECRET_ACCESS_KEY=test\n"_s
            .arg(endpoint, m_session ? region() : u"us-east-1"_s));
    toast(u"copy"_s, kit::Hue::Ok, tr("Endpoint settings copied"),
        tr("Paste them into a terminal: AWS SDKs and the CLI read them."));
}

void MainWindow::chooseFolder(bool isNew)
{
    auto* dialog = new QFileDialog(this, isNew ? tr("New chamber") : tr("Open a chamber's folder"),
        SessionOpening::defaultFolder(u"my-cloud"_s).section(u'/', 0, -2));
    dialog->setObjectName(u"chamberDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (isNew) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->selectFile(u"my-cloud.chamber"_s);
        dialog->setLabelText(QFileDialog::Accept, tr("Create chamber"));
    } else {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setLabelText(QFileDialog::Accept, tr("Open chamber"));
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this, isNew](const QString& chosen) {
        const bool named = !isNew || chosen.endsWith(u".chamber"_s);
        openChamber({named ? chosen : chosen + u".chamber"_s, {}});
    });
    dialog->open();
}

void MainWindow::walkPanes(int step)
{
    const auto* area = m_areas.value(m_current);
    if (!area || settingsShown())
        return;
    auto panes = area->panes();
    panes.prepend(m_rail->button(m_current));
    qsizetype at = -1;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (panes[i] == QApplication::focusWidget() || panes[i]->isAncestorOf(QApplication::focusWidget()))
            at = i;
    }
    for (qsizetype tried = 0; tried < panes.size(); ++tried) {
        at = (at + step + panes.size()) % panes.size();
        if (!panes[at]->isVisible())
            continue;
        panes[at]->setFocus(Qt::TabFocusReason);
        if (!panes[at]->hasFocus() && !panes[at]->isAncestorOf(QApplication::focusWidget())) {
            const auto inner = panes[at]->findChildren<QWidget*>();
            for (auto* each : inner) {
                if (each->isVisible() && each->isEnabled() && each->focusPolicy() & Qt::TabFocus) {
                    each->setFocus(Qt::TabFocusReason);
                    break;
                }
            }
        }
        return;
    }
}

// The field that filters what is shown; editors of code have a search of their own while they have the focus.
void MainWindow::findHere()
{
    auto* page = m_stack->currentWidget();
    const auto fields = page->findChildren<kit::SearchField*>();
    for (auto* each : fields) {
        if (!each->isVisible() || !each->isEnabled())
            continue;
        each->setFocus(Qt::ShortcutFocusReason);
        each->selectAll();
        return;
    }
    if (auto* parts = m_parts.value(m_current); parts && page == m_areas.value(m_current)) {
        // It may wait in a list that is out of sight.
        const auto* list = m_areas.value(m_current)->partWidget(Area::Part::List);
        auto* field = list ? list->findChild<kit::SearchField*>() : nullptr;
        if (!field)
            return;
        parts->reveal(Area::Part::List);
        field->setFocus(Qt::ShortcutFocusReason);
    }
}

void MainWindow::togglePart(Area::Part part)
{
    if (auto* parts = m_parts.value(m_current); parts && !settingsShown())
        parts->toggle(part);
}

}
