#include "ui/bridge/engine_client.h"
#include "ui/kit/controls.h"
#include "ui/kit/theme.h"
#include "ui/shell/clock.h"
#include "ui/shell/keyboard_settings.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/window_settings.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

// The rows of the settings, a function a section.
namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;

namespace {

constexpr double kScales[] = {1, 1.1, 1.25, 1.5, 1.75, 2};
constexpr int kKept[] = {1'000, 5'000, 10'000, 50'000, 100'000};
const QString kEverywhere = u"0.0.0.0"_s;
const QString kHere = u"127.0.0.1"_s;

void empty(QLayout* layout)
{
    while (auto* item = layout->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

}

void SettingsPage::buildAppearance()
{
    addSection(u"appearance"_s, tr("Appearance"), u"sun"_s, tr("How the workbench looks and moves."));
    m_theme = new kit::Segments({tr("System"), tr("Dark"), tr("Light")});
    m_theme->setObjectName(u"settingsTheme"_s);
    connect(m_theme, &kit::Segments::currentChanged, this,
        [](int chosen) { theme().setMode(static_cast<kit::ThemeMode>(chosen)); });
    addRow(
        tr("Theme"), tr("System follows the light or dark setting of the desktop."), m_theme, tr("colours"));
    QStringList scales;
    for (const double each : kScales)
        scales.append(tr("%1 %").arg(std::lround(each * 100)));
    m_scale = new kit::Segments(scales);
    m_scale->setObjectName(u"settingsScale"_s);
    connect(
        m_scale, &kit::Segments::currentChanged, this, [](int chosen) { theme().setScale(kScales[chosen]); });
    addRow(
        tr("Interface scale"), tr("Fonts, rows, icons and lines grow together."), m_scale, tr("size zoom"));
    m_contrast = new kit::Switch;
    m_contrast->setObjectName(u"settingsContrast"_s);
    connect(m_contrast, &kit::Switch::toggled, this, [](bool on) { theme().setHighContrast(on); });
    addRow(tr("High contrast"), tr("Stronger lines and captions."), m_contrast, tr("accessibility"));
    m_motion = new kit::Segments({tr("System"), tr("On"), tr("Off")});
    m_motion->setObjectName(u"settingsMotion"_s);
    connect(m_motion, &kit::Segments::currentChanged, this,
        [](int chosen) { theme().setMotion(static_cast<kit::Motion>(chosen)); });
    addRow(tr("Reduced motion"), tr("On: droplets stand still, panes do not slide."), m_motion,
        tr("animation accessibility"));
}

void SettingsPage::sync()
{
    const QSignalBlocker quiet[] = {QSignalBlocker(m_theme), QSignalBlocker(m_scale),
        QSignalBlocker(m_contrast), QSignalBlocker(m_motion)};
    m_theme->setCurrent(static_cast<int>(theme().mode()));
    for (int i = 0; i < static_cast<int>(std::size(kScales)); ++i) {
        if (std::abs(kScales[i] - theme().scale()) < 0.001)
            m_scale->setCurrent(i);
    }
    m_contrast->setChecked(theme().highContrast());
    m_motion->setCurrent(static_cast<int>(theme().motion()));
    for (const auto& each : std::as_const(m_sections))
        each.page->setMaximumWidth(theme().px(760));
}

void SettingsPage::buildClock()
{
    addSection(u"clock"_s, tr("Clock"), u"clock"_s,
        tr("Lifetimes, schedules, cache ages and warm environments follow the simulated clock of the open "
           "chamber."));
    auto* holder = new QWidget;
    m_clock = new QVBoxLayout(holder);
    m_clock->setContentsMargins(0, 0, 0, 0);
    addWide(holder, tr("time pause speed rate simulated"));
    setEngine(nullptr);
}

void SettingsPage::setEngine(bridge::EngineClient* engine)
{
    m_engine = engine;
    empty(m_clock);
    if (!engine) {
        m_clock->addWidget(kit::label(tr("Open a chamber to set its clock."), u"secondary"_s));
    } else {
        auto* panel = new ClockPanel(*engine);
        panel->setObjectName(u"settingsClock"_s);
        panel->setProperty("role", u"card"_s);
        m_clock->addWidget(panel, 0, Qt::AlignLeft);
    }
    if (m_reopen)
        m_reopen->hide();
}

void SettingsPage::buildEndpoint()
{
    addSection(u"endpoint"_s, tr("Endpoint"), u"plug"_s,
        tr("Where SDKs, the AWS CLI and browsers reach a chamber. Each chamber takes them when it is "
           "opened."));
    m_port = new QSpinBox;
    m_port->setObjectName(u"settingsPort"_s);
    m_port->setRange(0, 65'535);
    m_port->setSpecialValueText(tr("Any free port"));
    m_port->setValue(m_settings.port());
    m_port->setMinimumWidth(theme().px(140));
    m_port->setKeyboardTracking(false);
    connect(m_port, &QSpinBox::valueChanged, this, &SettingsPage::takeEndpoint);
    addRow(tr("Port"), tr("4566 is what most tools expect. 0 takes any free port."), m_port, tr("address"));
    m_host = new QComboBox;
    m_host->setObjectName(u"settingsHost"_s);
    m_host->addItem(tr("This computer only (127.0.0.1)"), kHere);
    m_host->addItem(tr("Every network (0.0.0.0)"), kEverywhere);
    if (m_host->findData(m_settings.host()) < 0)
        m_host->addItem(m_settings.host(), m_settings.host());
    m_host->setCurrentIndex(m_host->findData(m_settings.host()));
    connect(m_host, &QComboBox::activated, this, &SettingsPage::takeEndpoint);
    addRow(tr("Reachable from"),
        tr("On every network anyone who reaches this computer can read and change the chamber."), m_host,
        tr("host address network"));
    m_reopen = new QWidget;
    auto* line = new QHBoxLayout(m_reopen);
    line->setContentsMargins(0, 4, 0, 12);
    auto* words = kit::label(tr("The open chamber keeps its endpoint until it is opened again. Its undo "
                                "history starts anew then."),
        u"secondary"_s);
    words->setWordWrap(true);
    line->addWidget(words, 1);
    auto* reopen = kit::button(tr("Open it again now"), kit::ButtonRole::Default, u"ref"_s, true);
    reopen->setObjectName(u"settingsReopen"_s);
    connect(reopen, &QPushButton::clicked, this, &SettingsPage::reopenRequested);
    line->addWidget(reopen);
    m_reopen->hide();
    m_sections.last().rows->addWidget(m_reopen);
}

void SettingsPage::takeEndpoint()
{
    m_settings.setPort(static_cast<quint16>(m_port->value()));
    m_settings.setHost(m_host->currentData().toString());
    m_reopen->setVisible(m_engine != nullptr);
}

void SettingsPage::buildRuntimes()
{
    addSection(u"runtimes"_s, tr("Runtimes"), u"fn"_s,
        tr("What runs functions on this computer. A runtime whose own version is not installed is served by "
           "the one that is."));
    auto* holder = new QWidget;
    m_runtimes = new QVBoxLayout(holder);
    m_runtimes->setContentsMargins(0, 0, 0, 0);
    m_runtimes->setSpacing(0);
    m_runtimes->addWidget(kit::label(tr("Looking for interpreters"), u"secondary"_s));
    addWide(holder, tr("python node interpreter version functions lambda"));
}

void SettingsPage::setRuntimes(const QList<bridge::InstalledRuntime>& runtimes)
{
    empty(m_runtimes);
    for (const auto& each : runtimes) {
        auto* row = new QWidget;
        row->setObjectName(u"runtime_"_s + each.id);
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 8, 0, 8);
        line->setSpacing(12);
        auto* name = kit::label(each.id, u"mono"_s);
        name->setMinimumWidth(theme().px(110));
        line->addWidget(name);
        auto* program =
            kit::label(each.program.isEmpty() ? tr("Install %1 to run these functions")
                                                    .arg(each.family == u"Node"_s ? u"node"_s : u"python3"_s)
                                              : each.program,
                u"secondary"_s);
        program->setTextInteractionFlags(Qt::TextSelectableByMouse);
        line->addWidget(program, 1);
        line->addWidget(kit::label(each.version, u"mono"_s));
        // A column of its own, whatever the badge says.
        auto* state = new QWidget;
        state->setFixedWidth(theme().px(96));
        auto* holder = new QHBoxLayout(state);
        holder->setContentsMargins(0, 0, 0, 0);
        holder->addWidget(each.program.isEmpty() ? new kit::Badge(tr("Missing"), kit::Hue::Err)
                : each.same                      ? new kit::Badge(tr("Same version"), kit::Hue::Ok)
                                                 : new kit::Badge(tr("Stands in"), kit::Hue::Warn),
            0, Qt::AlignLeft | Qt::AlignVCenter);
        line->addWidget(state);
        m_runtimes->addWidget(kit::hline());
        m_runtimes->addWidget(row);
    }
    if (runtimes.isEmpty())
        m_runtimes->addWidget(kit::label(tr("No interpreter was found."), u"secondary"_s));
}

void SettingsPage::buildTracks()
{
    addSection(u"tracks"_s, tr("Tracks"), u"tracks"_s,
        tr("Every request leaves a track. The latest are kept in memory, the oldest go first."));
    m_kept = new QComboBox;
    m_kept->setObjectName(u"settingsTracksKept"_s);
    for (const int each : kKept)
        m_kept->addItem(tr("%L1 tracks").arg(each), each);
    if (m_kept->findData(m_settings.tracksKept()) < 0)
        m_kept->addItem(tr("%L1 tracks").arg(m_settings.tracksKept()), m_settings.tracksKept());
    m_kept->setCurrentIndex(m_kept->findData(m_settings.tracksKept()));
    connect(m_kept, &QComboBox::activated, this, [this] {
        m_settings.setTracksKept(m_kept->currentData().toInt());
        Q_EMIT tracksKeptChanged(m_settings.tracksKept());
    });
    addRow(tr("Tracks kept"), tr("A track of a request through API, function and table takes about 10 kB."),
        m_kept, tr("history memory"));
}

void SettingsPage::buildKeyboard()
{
    addSection(u"keyboard"_s, tr("Keyboard"), u"key"_s,
        tr("Every action, with its keys. Choose a row, then press the keys that you want for it."));
    m_keyboard = new KeyboardSettings(m_actions);
    QString words = tr("shortcuts keys actions");
    addWide(m_keyboard, words);
}

}
