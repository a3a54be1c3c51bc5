#include "core/chamber/track_archive.h"

#include "core/aws/json_text.h"
#include "core/base/log.h"
#include "core/chamber/track_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace core::chamber {

namespace {

constexpr std::string_view kTracks = "trace/tracks";
constexpr auto kPause = std::chrono::seconds(1);
// What a second of writing may take: under load most tracks are alike.
constexpr std::size_t kMostAtOnce = 200;

// In the order of their numbers.
std::string keyOf(std::uint64_t sequence)
{
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(sequence));
    return digits;
}

void eraseBefore(store::Transaction& transaction, std::uint64_t sequence)
{
    std::vector<std::string> keys;
    transaction.scan(kTracks, {{}, keyOf(sequence)}, store::Direction::Forward,
        [&](std::string_view key, std::string_view) {
            keys.emplace_back(key);
            return true;
        });
    for (const auto& key : keys)
        transaction.erase(kTracks, key);
}

}

TrackArchive::TrackArchive(store::Store& store, trace::Tracer& tracer)
    : m_store(store)
    , m_tracer(tracer)
{
    restore();
    m_thread = std::thread([this] { run(); });
}

TrackArchive::~TrackArchive()
{
    {
        std::lock_guard guard(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
    save(kMostKept);
}

void TrackArchive::restore()
{
    std::vector<trace::Track> tracks;
    m_store.read()->scan(kTracks, store::Range::all(), store::Direction::Forward,
        [&](std::string_view, std::string_view value) {
            try {
                tracks.push_back(trackOf(nlohmann::json::parse(value)));
            } catch (const nlohmann::json::exception& problem) {
                log::warning("tracks", std::string("a stored track cannot be read: ") + problem.what());
            }
            return true;
        });
    if (!tracks.empty())
        m_savedUpTo = tracks.back().sequence + 1;
    m_tracer.restore(std::move(tracks));
}

void TrackArchive::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, kPause, [this] { return m_stopping; })) {
        lock.unlock();
        save(kMostAtOnce);
        lock.lock();
    }
}

// A track that still runs holds up those after it for a while, so that it is not forgotten.
void TrackArchive::save(std::size_t most)
{
    auto tracks = m_tracer.latest(most);
    // What the user has cleared counts no more.
    const auto cleared = tracks.empty()
        ? m_savedUpTo
        : tracks.front().sequence + 1 - std::min(m_tracer.total(), tracks.front().sequence + 1);
    std::erase_if(tracks, [this](const trace::Track& track) { return track.sequence < m_savedUpTo; });
    if (tracks.empty() && cleared <= m_clearedUpTo)
        return;
    std::reverse(tracks.begin(), tracks.end());
    const auto running = std::find_if(
        tracks.begin(), tracks.end(), [](const trace::Track& track) { return track.duration < 0; });
    const bool stuck = tracks.size() >= most;
    auto next = m_savedUpTo;
    if (!tracks.empty())
        next = running == tracks.end() || stuck ? tracks.back().sequence + 1 : running->sequence;
    const auto oldest = std::max(cleared, next > kMostKept ? next - kMostKept : 0);
    std::erase_if(
        tracks, [&](const trace::Track& track) { return track.duration < 0 || track.sequence >= next; });
    // Written here, not on the committer's thread, where every other write would wait for it.
    std::vector<std::string> texts;
    texts.reserve(tracks.size());
    for (const auto& track : tracks)
        texts.push_back(aws::writeJson(trackJson(track)));
    const auto saved = m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kTracks);
        for (std::size_t i = 0; i < tracks.size(); ++i)
            transaction.put(kTracks, keyOf(tracks[i].sequence), texts[i]);
        eraseBefore(transaction, oldest);
        return {};
    });
    if (!saved)
        return log::warning("tracks", saved.error().message);
    m_savedUpTo = next;
    m_clearedUpTo = cleared;
}

}
