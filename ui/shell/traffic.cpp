#include "ui/shell/traffic.h"

#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace ui::shell {

namespace {

constexpr core::Micros kRateWindow = 10 * core::kSecond;
constexpr core::Micros kWindow = 300 * core::kSecond;
constexpr std::size_t kMostTracks = 1'000;
constexpr int kIdleReads = 12;

constexpr std::string_view kSimplified = "simplified: ";

void addSimplified(const core::trace::Track& track, QList<Traffic::Simplified>& found)
{
    for (const auto& span : track.spans) {
        for (const auto& step : span.steps) {
            if (step.verdict == core::trace::Verdict::Warn && step.title.starts_with(kSimplified))
                found.append({QString::fromStdString(span.service),
                    QString::fromStdString(step.title.substr(kSimplified.size())),
                    QString::fromStdString(step.detail)});
        }
    }
}

}

Traffic::Reading Traffic::measure(const bridge::Engine& engine, quint64 readTo)
{
    Reading reading;
    auto& numbers = reading.numbers;
    const auto& tracer = engine.tracer;
    numbers.total = tracer.total();
    reading.readTo = readTo;
    // Tracks carry the chamber's time; with a clock that runs faster the windows are shorter in real time.
    const auto state = engine.clock.state();
    const auto rate = std::max(state.rate, 1.0);
    const auto scaled = [rate](core::Micros window) {
        return static_cast<core::Micros>(static_cast<double>(window) * rate);
    };
    std::vector<core::Micros> durations;
    int recent = 0;
    quint64 oldestRunning = UINT64_MAX;
    for (const auto& track : tracer.latest(kMostTracks)) {
        if (track.sequence > readTo)
            addSimplified(track, reading.simplified);
        if (track.duration < 0)
            oldestRunning = std::min<quint64>(oldestRunning, track.sequence);
        reading.readTo = std::max<quint64>(reading.readTo, track.sequence);
        const auto age = state.now - track.startedAt;
        if (age > scaled(kWindow)) {
            if (track.sequence <= readTo)
                break;
            continue;
        }
        recent += age <= scaled(kRateWindow) ? 1 : 0;
        if (track.duration >= 0)
            durations.push_back(track.duration);
        numbers.errors += track.status >= 500 ? 1 : 0;
    }
    numbers.perSecond = recent / 10.0;
    if (!durations.empty()) {
        const auto middle = durations.begin() + static_cast<std::ptrdiff_t>(durations.size() / 2);
        std::nth_element(durations.begin(), middle, durations.end());
        numbers.p50Ms = static_cast<double>(*middle) / 1000.0;
    }
    reading.readTo = std::min(reading.readTo, oldestRunning - 1);
    return reading;
}

Traffic::Traffic(bridge::EngineClient& engine, bridge::EventBridge& events, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
{
    m_timer.setInterval(1'000);
    connect(&m_timer, &QTimer::timeout, this, &Traffic::read);
    connect(&events, &bridge::EventBridge::tracksChanged, this, [this] {
        m_idleReads = 0;
        if (!m_timer.isActive()) {
            m_timer.start();
            read();
        }
    });
    m_timer.start(); // what happened before shows its rate, and then none
    read();
}

void Traffic::read()
{
    if (m_reading)
        return;
    m_reading = true;
    m_engine.run(
        this, [&engine = m_engine.engine(), readTo = m_readTo] { return measure(engine, readTo); },
        [this](const Reading& reading) {
            m_reading = false;
            take(reading);
        });
}

void Traffic::take(const Reading& reading)
{
    const auto& fresh = reading.numbers;
    m_readTo = reading.readTo;
    const auto before = m_simplified.size();
    for (const auto& each : reading.simplified) {
        const bool known = std::any_of(m_simplified.begin(), m_simplified.end(),
            [&](const Simplified& old) { return old.service == each.service && old.what == each.what; });
        if (!known)
            m_simplified.append(each);
    }
    if (fresh == m_numbers && ++m_idleReads > kIdleReads && fresh.errors == 0)
        m_timer.stop();
    const bool moreErrors = fresh.errors > m_numbers.errors;
    m_numbers = fresh;
    Q_EMIT changed();
    if (moreErrors)
        Q_EMIT errorsAppeared();
    if (m_simplified.size() != before)
        Q_EMIT simplifiedAppeared();
}

}
