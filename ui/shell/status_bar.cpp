#include "ui/shell/status_bar.h"

#include "ui/kit/controls.h"
#include "ui/kit/icon.h"
#include "ui/kit/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <cmath>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;

StatusBar::StatusBar(QWidget* parent)
    : QFrame(parent)
{
    setObjectName(u"statusBar"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(14);
    m_dot = new kit::StateDot;
    m_core = kit::label({});
    m_rate = kit::label({});
    m_median = kit::label({});
    m_saved = kit::label({});
    m_version = kit::label(tr("Version %1").arg(QCoreApplication::applicationVersion()));
    m_errors = add(u"statusErrors"_s);
    m_fidelity = add(u"statusFidelity"_s);
    m_runtimes = add(u"statusRuntimes"_s);
    m_scale = add(u"statusScale"_s);
    m_scale->setToolTip(tr("Interface scale (Ctrl +, Ctrl -, Ctrl 0)"));
    m_runtimes->hide();
    auto* core = new QHBoxLayout;
    core->setSpacing(6);
    core->addWidget(m_dot);
    core->addWidget(m_core);
    row->addLayout(core);
    row->addWidget(m_rate);
    row->addWidget(m_median);
    row->addWidget(m_errors);
    row->addStretch(1);
    row->addWidget(m_fidelity);
    row->addWidget(m_runtimes);
    auto* saved = new QHBoxLayout;
    saved->setSpacing(5);
    m_savedMark = new kit::IconLabel(u"check"_s, kit::Token::T2, 12);
    saved->addWidget(m_savedMark);
    saved->addWidget(m_saved);
    row->addLayout(saved);
    row->addWidget(m_version);
    row->addWidget(m_scale);
    m_errors->setIcon(kit::icon(u"alert"_s, kit::Hue::Err));
    connect(m_errors, &QPushButton::clicked, this, &StatusBar::errorsActivated);
    connect(m_fidelity, &QPushButton::clicked, this, &StatusBar::fidelityActivated);
    connect(m_runtimes, &QPushButton::clicked, this, &StatusBar::runtimesActivated);
    connect(m_scale, &QPushButton::clicked, this, &StatusBar::scaleActivated);
    const auto fit = [this] {
        setFixedHeight(theme().px(24));
        m_errors->setIconSize(QSize(theme().px(12), theme().px(12)));
        showScale();
    };
    fit();
    connect(&theme(), &kit::Theme::changed, this, fit);
    setCore(Core::Stopped);
    clearTraffic();
}

QPushButton* StatusBar::add(const QString& objectName)
{
    auto* made = new QPushButton;
    made->setObjectName(objectName);
    made->setProperty("role", u"status"_s);
    made->setAutoDefault(false);
    return made;
}

void StatusBar::setCore(Core state, const QString& detail)
{
    const QString words[] = {tr("Core stopped"), tr("Opening"), tr("Core running"), tr("Core stopped")};
    const kit::Hue hues[] = {kit::Hue::Obs, kit::Hue::Info, kit::Hue::Ok, kit::Hue::Err};
    m_dot->setHue(hues[static_cast<int>(state)]);
    m_version->setVisible(state == Core::Stopped && !QCoreApplication::applicationVersion().isEmpty());
    m_core->setText(detail.isEmpty() ? words[static_cast<int>(state)]
                                     : u"%1   %2"_s.arg(words[static_cast<int>(state)], detail));
}

void StatusBar::setTraffic(const Traffic::Numbers& numbers)
{
    m_rate->setText(tr("%1 req/s").arg(numbers.perSecond, 0, 'f', numbers.perSecond >= 100 ? 0 : 1));
    m_median->setText(numbers.p50Ms < 0 ? QString()
            : numbers.p50Ms < 10        ? tr("p50 %1 ms").arg(numbers.p50Ms, 0, 'f', 1)
                                        : tr("p50 %1 ms").arg(static_cast<int>(std::lround(numbers.p50Ms))));
    m_errors->setText(tr("%n error(s) in 5 min", nullptr, numbers.errors));
    m_errors->setToolTip(tr("Open Tracks with the failed requests"));
    m_rate->show();
    m_median->setVisible(numbers.p50Ms >= 0);
    m_errors->setVisible(numbers.errors > 0);
}

void StatusBar::clearTraffic()
{
    for (QWidget* each :
        std::initializer_list<QWidget*>{m_rate, m_median, m_errors, m_fidelity, m_saved, m_savedMark})
        each->hide();
}

void StatusBar::setFidelity(int simplified)
{
    m_fidelity->setText(
        simplified > 0 ? tr("Fidelity: %1 simplified").arg(simplified) : tr("Fidelity: exact so far"));
    m_fidelity->setToolTip(tr("What was used here and does less than AWS"));
    m_fidelity->setVisible(simplified >= 0);
}

void StatusBar::setRuntimes(const QString& text)
{
    m_runtimes->setText(text);
    m_runtimes->setToolTip(tr("What runs functions on this computer; opens Settings"));
    m_runtimes->setVisible(!text.isEmpty());
}

void StatusBar::setSaved(const QString& text)
{
    m_saved->setText(text);
    m_saved->setVisible(!text.isEmpty());
    m_savedMark->setVisible(!text.isEmpty());
}

void StatusBar::showScale()
{
    m_scale->setText(tr("%1 %").arg(std::lround(theme().scale() * 100)));
    m_scale->setAccessibleName(tr("Interface scale %1").arg(m_scale->text()));
}

}
