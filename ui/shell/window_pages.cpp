#include "core/aws/ledger.h"
#include "ui/bridge/engine_client.h"
#include "ui/kit/panes.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/main_window.h"
#include "ui/shell/rail.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/traffic.h"

#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QStackedWidget>
#include <QThreadPool>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>

// The settings page, and what the status bar's figures open.
namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;

void MainWindow::showSettings(const QString& section)
{
    m_popover->close();
    if (!m_settingsPage) {
        m_settingsPage = new SettingsPage(m_settings, *m_actions);
        m_stack->addWidget(m_settingsPage);
        m_settingsPage->setEngine(m_session ? &m_session->engine() : nullptr);
        connect(m_settingsPage, &SettingsPage::closed, this, &MainWindow::leaveSettings);
        connect(m_settingsPage, &SettingsPage::keyboardShown, this, &MainWindow::buildNextArea);
        connect(m_settingsPage, &SettingsPage::tracksKeptChanged, this, &MainWindow::keepTracks);
        connect(m_settingsPage, &SettingsPage::reopenRequested, this, [this] {
            if (m_session)
                openChamber({m_session->folder(), {}});
        });
        if (!m_runtimes.isEmpty())
            m_settingsPage->setRuntimes(m_runtimes);
    }
    m_stack->setCurrentWidget(m_settingsPage);
    m_rail->setSettingsCurrent();
    if (!section.isEmpty())
        m_settingsPage->showSection(section);
    m_settingsPage->setFocus(Qt::OtherFocusReason);
}

bool MainWindow::settingsShown() const
{
    return m_settingsPage && m_stack->currentWidget() == m_settingsPage;
}

void MainWindow::leaveSettings()
{
    if (m_session && m_current >= 0) {
        showArea(m_current);
        m_areas.value(m_current)->setFocus(Qt::OtherFocusReason);
    } else {
        m_start->setEndpoint(m_settings.endpoint());
        m_stack->setCurrentWidget(m_start);
        m_start->setFocus(Qt::OtherFocusReason);
        m_rail->setCurrent(-1);
    }
}

// Areas bring their actions with them: one after the other, so that the window goes on answering.
void MainWindow::buildNextArea()
{
    if (!m_session)
        return;
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i) {
        if (m_areas.contains(i))
            continue;
        ensureArea(i);
        QTimer::singleShot(0, this, &MainWindow::buildNextArea);
        return;
    }
}

void MainWindow::keepTracks()
{
    if (!m_session)
        return;
    auto& tracer = m_session->engine().engine().tracer;
    const auto wanted = static_cast<std::size_t>(m_settings.tracksKept());
    if (tracer.capacity() != wanted)
        tracer.setCapacity(wanted);
}

void MainWindow::loadRuntimes()
{
    auto found = std::make_shared<QList<bridge::InstalledRuntime>>();
    QThreadPool::globalInstance()->start([found, guard = QPointer<MainWindow>(this)] {
        *found = bridge::findInstalledRuntimes();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [found, guard] {
                if (!guard)
                    return;
                guard->m_runtimes = *found;
                guard->m_status->setRuntimes(bridge::runtimesInWords(*found));
                guard->m_start->setRuntimes(bridge::runtimesInWords(*found));
                if (guard->m_settingsPage)
                    guard->m_settingsPage->setRuntimes(*found);
            },
            Qt::QueuedConnection);
    });
}

void MainWindow::countSimplified()
{
    m_status->setFidelity(static_cast<int>(m_traffic->simplified().size()));
}

void MainWindow::showFidelity()
{
    if (!m_session)
        return;
    auto* content = new QWidget;
    content->setObjectName(u"fidelityPanel"_s);
    content->setFixedWidth(theme().px(440));
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(theme().px(14), theme().px(12), theme().px(14), theme().px(12));
    column->setSpacing(theme().px(8));
    const auto& used = m_traffic->simplified();
    column->addWidget(kit::label(
        used.isEmpty() ? tr("Everything used so far is exact") : tr("Used here, with less than AWS does"),
        u"title"_s));
    if (!used.isEmpty()) {
        auto* list = new kit::KeyValueList;
        list->setContentsMargins(0, 0, theme().px(12), 0);
        for (const auto& each : used)
            list->add(each.what, each.note.isEmpty() ? each.service : each.note);
        auto* scroll = new QScrollArea;
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setWidgetResizable(true);
        scroll->setWidget(list);
        scroll->setFixedHeight(
            std::min(theme().px(300), list->heightForWidth(theme().px(400)) + theme().px(4)));
        column->addWidget(scroll);
    }
    int simplified = 0;
    int exact = 0;
    for (const auto* service : m_session->engine().engine().services) {
        for (const auto& row : core::aws::ledgerOf(*service)) {
            simplified += row.fidelity == core::aws::Fidelity::Simplified ? 1 : 0;
            exact += row.fidelity == core::aws::Fidelity::Exact ? 1 : 0;
        }
    }
    auto* note =
        kit::label(tr("Of all actions here %1 work as at AWS, %2 are simplified. Each use is marked in "
                      "its track; what is not supported is refused by name.")
                       .arg(exact)
                       .arg(simplified),
            u"caption"_s);
    note->setWordWrap(true);
    note->setVisible(exact + simplified > 0);
    column->addWidget(note);
    m_popover->setContent(content);
    m_popover->openAt(m_status->findChild<QWidget*>(u"statusFidelity"_s), true);
}

void MainWindow::showErrors()
{
    open({u"track"_s, region(), {}, u"errors"_s});
}

void MainWindow::showScales()
{
    auto* anchor = m_status->findChild<QWidget*>(u"statusScale"_s);
    auto* menu = new QMenu(this);
    menu->setObjectName(u"scaleMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const double each : {1.0, 1.1, 1.25, 1.5, 1.75, 2.0}) {
        auto* action = menu->addAction(
            tr("%1 %").arg(std::lround(each * 100)), this, [each] { theme().setScale(each); });
        action->setCheckable(true);
        action->setChecked(std::abs(theme().scale() - each) < 0.001);
    }
    menu->popup(anchor->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

}
