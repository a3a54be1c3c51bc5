#include "ui/shell/traffic.h"

#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"

#include <algorithm>
#include <vector>

namespace ui::shell {

namespace {

constexpr core::Micros kRateWindow = 10 * core::kSecond;
constexpr core::Micros kWindow = 300 * core::kSecond;
constexpr std::size_t kMostTracks = 1'000;
constexpr int kIdleReads = 12;

Traffic::Numbers measure(const core::trace::Tracer& tracer, const core::Clock& clock)
{
    Traffic::Numbers numbers;
    numbers.total = tracer.total();
    // Tracks carry the chamber's time; with a clock that runs faster the windows are shorter in real time.
    const auto state = clock.state();
    const auto rate = std::max(state.rate, 1.0);
    const auto scaled = [rate](core::Micros window) {
        return static_cast<core::Micros>(static_cast<double>(window) * rate);
    };
    std::vector<core::Micros> durations;
    int recent = 0;
    for (const auto& track : tracer.latest(kMostTracks)) {
        const auto age = state.now - track.startedAt;
        if (age > scaled(kWindow))
            break;
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
    return numbers;
}

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
    read();
}

void Traffic::read()
{
    if (m_reading)
        return;
    m_reading = true;
    m_engine.run(
        this, [&engine = m_engine.engine()] { return measure(engine.tracer, engine.clock); },
        [this](const Numbers& fresh) {
            m_reading = false;
            take(fresh);
        });
}

void Traffic::take(const Numbers& fresh)
{
    if (fresh == m_numbers && ++m_idleReads > kIdleReads && fresh.errors == 0)
        m_timer.stop();
    const bool moreErrors = fresh.errors > m_numbers.errors;
    m_numbers = fresh;
    Q_EMIT changed();
    if (moreErrors)
        Q_EMIT errorsAppeared();
}

}
