#include "ui/shell/clock.h"

#include "ui/bridge/engine_client.h"
#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::TextRole;
using kit::theme;
using kit::Token;

namespace {

constexpr double kRates[] = {1, 10, 60, 600, 3600};

QDateTime moment(core::Micros time)
{
    return QDateTime::fromMSecsSinceEpoch(time / core::kMillisecond, Qt::UTC);
}

}

QString clockDate(core::Micros time)
{
    return QLocale::c().toString(moment(time), u"ddd d MMM"_s);
}

QString clockTime(core::Micros time)
{
    return QLocale::c().toString(moment(time), u"HH:mm:ss"_s);
}

QString rateText(double rate)
{
    return u"×%1"_s.arg(rate, 0, 'g', 6);
}

ClockButton::ClockButton(QWidget* parent)
    : QAbstractButton(parent)
{
    setObjectName(u"clockButton"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setToolTip(tr("Chamber clock (Ctrl+Shift+Space pauses and resumes)"));
    m_timer.setInterval(200);
    connect(&m_timer, &QTimer::timeout, this, &ClockButton::refresh);
    connect(&theme(), &kit::Theme::changed, this, [this] { updateGeometry(); });
}

void ClockButton::setEngine(bridge::EngineClient* engine)
{
    m_engine = engine;
    setVisible(engine != nullptr);
    refresh();
}

void ClockButton::refresh()
{
    if (!m_engine)
        return;
    const auto state = m_engine->engine().clock.state();
    const bool same = state.now / core::kSecond == m_state.now / core::kSecond
        && state.paused == m_state.paused && state.rate == m_state.rate;
    m_state = state;
    if (!same) {
        setAccessibleName(tr("Chamber clock, %1 %2, %3")
                              .arg(clockDate(state.now), clockTime(state.now),
                                  state.paused ? tr("paused") : rateText(state.rate)));
        updateGeometry();
        update();
    }
    if (isVisible() && !m_timer.isActive())
        m_timer.start();
}

void ClockButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    updateGeometry();
    update();
}

void ClockButton::showEvent(QShowEvent*)
{
    m_timer.start();
}

void ClockButton::hideEvent(QHideEvent*)
{
    m_timer.stop();
}

QSize ClockButton::sizeHint() const
{
    const QFontMetrics mono(theme().font(TextRole::Value));
    return {theme().px(34) + mono.horizontalAdvance(m_narrow ? u"14:03:27 "_s : u"Wed 22 Nov 14:03:27 "_s)
            + mono.horizontalAdvance(rateText(m_state.rate)) + theme().px(24),
        theme().px(30)};
}

void ClockButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().c(Token::Hover));
        painter.drawRoundedRect(rect(), theme().px(6.0), theme().px(6.0));
    }
    const auto side = theme().px(14.0);
    const auto paused = m_state.paused;
    const auto strong = paused ? theme().text(kit::Hue::Warn) : theme().c(Token::T1);
    kit::paintIcon(painter, QRectF(theme().px(6.0), (height() - side) / 2, side, side),
        paused ? u"play"_s : u"pause"_s, strong);
    auto font = theme().font(TextRole::Value);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    auto x = theme().px(26.0);
    const auto write = [&](const QString& text, const QColor& colour) {
        painter.setPen(colour);
        painter.drawText(QRectF(x, 0, width(), height()), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += metrics.horizontalAdvance(text);
    };
    if (!m_narrow)
        write(clockDate(m_state.now) + u' ', theme().c(Token::T2));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    write(clockTime(m_state.now), strong);
    x += theme().px(8.0);
    painter.setFont(theme().font(TextRole::Number));
    const auto rate = rateText(m_state.rate);
    const QRectF badge(x, height() / 2.0 - theme().px(8.5),
        QFontMetricsF(painter.font()).horizontalAdvance(rate) + theme().px(10.0), theme().px(17.0));
    painter.setPen(QPen(theme().c(Token::Line2), 1));
    painter.setBrush(theme().c(Token::Raised));
    painter.drawRoundedRect(badge.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(4.0), theme().px(4.0));
    painter.setPen(m_state.rate == 1 ? theme().c(Token::T2) : theme().text(kit::Hue::Warn));
    painter.drawText(badge, Qt::AlignCenter, rate);
    if (hasFocus())
        kit::paintFocus(painter, rect(), theme().px(6.0));
}

ClockPanel::ClockPanel(bridge::EngineClient& engine, QWidget* parent)
    : QFrame(parent)
    , m_engine(engine)
    , m_time(kit::label({}, u"big"_s))
    , m_date(kit::label({}, u"secondary"_s))
    , m_pause(kit::button(tr("Pause"), kit::ButtonRole::Primary, {}, true))
    , m_state(kit::label({}, u"caption"_s))
{
    setObjectName(u"clockPanel"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_date);
    words->addWidget(m_time);
    head->addLayout(words, 1);
    m_pause->setObjectName(u"clockPause"_s);
    m_pause->setMinimumWidth(theme().px(80));
    head->addWidget(m_pause, 0, Qt::AlignVCenter);
    column->addLayout(head);
    QStringList rates;
    for (double each : kRates)
        rates.append(rateText(each));
    m_rate = new kit::Segments(rates);
    m_rate->setObjectName(u"clockRate"_s);
    auto* rateRow = new QHBoxLayout;
    rateRow->addWidget(kit::label(tr("Speed"), u"secondary"_s), 1);
    rateRow->addWidget(m_rate);
    column->addLayout(rateRow);
    auto* steps = new QHBoxLayout;
    steps->setSpacing(6);
    steps->addWidget(kit::label(tr("Move forward"), u"secondary"_s), 1);
    const std::pair<QString, core::Micros> kSteps[] = {{tr("1 min"), 60 * core::kSecond},
        {tr("10 min"), 600 * core::kSecond}, {tr("1 h"), 3600 * core::kSecond},
        {tr("1 day"), 86'400 * core::kSecond}};
    int index = 0;
    for (const auto& [text, duration] : kSteps) {
        auto* step = kit::button(text, kit::ButtonRole::Default, {}, true);
        step->setObjectName(u"clockStep%1"_s.arg(index++));
        connect(step, &QPushButton::clicked, this, [this, length = duration] { advance(length); });
        steps->addWidget(step);
    }
    column->addLayout(steps);
    m_state->setWordWrap(true);
    m_state->hide();
    column->addWidget(m_state);
    auto* note = kit::label(tr("Lifetimes, cache ages, schedules and warm environments follow this clock. "
                               "It moves forward only; moving it cannot be undone."),
        u"caption"_s);
    note->setWordWrap(true);
    column->addWidget(note);
    setFixedWidth(theme().px(368));
    connect(m_pause, &QPushButton::clicked, this, [this] {
        auto& clock = m_engine.engine().clock;
        if (clock.state().paused)
            clock.resume();
        else
            clock.pause();
        refresh();
        Q_EMIT changed();
    });
    connect(m_rate, &kit::Segments::currentChanged, this, [this](int chosen) {
        m_engine.engine().clock.setRate(kRates[chosen]);
        refresh();
        Q_EMIT changed();
    });
    refresh();
    startTimer(200);
}

void ClockPanel::timerEvent(QTimerEvent*)
{
    if (isVisible())
        refresh();
}

void ClockPanel::refresh()
{
    const auto state = m_engine.engine().clock.state();
    m_date->setText(tr("%1, UTC").arg(clockDate(state.now)));
    m_time->setText(clockTime(state.now));
    m_pause->setText(state.paused ? tr("Resume") : tr("Pause"));
    const QSignalBlocker quiet(m_rate);
    for (int i = 0; i < 5; ++i) {
        if (kRates[i] == state.rate)
            m_rate->setCurrent(i);
    }
}

void ClockPanel::advance(core::Micros duration)
{
    m_state->setText(tr("Moving forward"));
    m_state->show();
    m_engine.runInOrder(
        this,
        [&clock = m_engine.engine().clock, duration] {
            clock.advance(duration);
            return true;
        },
        [this](bool) {
            m_state->setText(tr("What came due has run."));
            refresh();
            Q_EMIT changed();
        });
}

}
