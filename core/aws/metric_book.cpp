#include "core/aws/metric_book.h"

#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace core::aws {

namespace {

constexpr std::string_view kMetrics = "monitoring/metrics"; // a metric's key: when it was last counted
constexpr std::string_view kPoints = "monitoring/points"; // grain, metric, moment: its statistics
constexpr auto kStep = std::chrono::seconds(5);
constexpr Micros kMinute = 60 * kSecond;
constexpr Micros kDay = 24 * 60 * kMinute;
constexpr Micros kSweepEvery = 6 * 60 * kMinute;
constexpr std::size_t kShards = 16;
constexpr std::array kGrains{MetricGrain::Minute, MetricGrain::FiveMinutes, MetricGrain::Hour};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

// One metric in one minute, not yet in the store.
struct Waiting {
    std::string name;
    std::string unit;
    std::int64_t minute;
    MetricStats stats;
};

// By region, name space and dimensions, the parts with a NUL behind each.
using Groups = std::unordered_map<std::string, std::vector<Waiting>, TextHash, std::equal_to<>>;

struct alignas(64) Shard {
    std::mutex mutex;
    Groups groups;
};

void append(std::string& key, std::string_view part)
{
    key += part;
    key += '\0';
}

std::string keyOf(const Metric& metric)
{
    std::string key;
    for (const auto* part : {&metric.region, &metric.space, &metric.name, &metric.unit})
        append(key, *part);
    for (const auto& [name, value] : metric.dimensions) {
        append(key, name);
        append(key, value);
    }
    return key;
}

std::vector<std::string_view> partsOf(std::string_view key)
{
    return split(key.substr(0, key.size() - 1), '\0');
}

Metric metricOf(std::string_view key)
{
    const auto parts = partsOf(key);
    Metric metric{
        std::string(parts[0]), std::string(parts[1]), std::string(parts[2]), {}, std::string(parts[3])};
    for (std::size_t i = 4; i + 1 < parts.size(); i += 2)
        metric.dimensions.emplace_back(parts[i], parts[i + 1]);
    return metric;
}

// Of the group's key and one of its metrics.
Metric metricOf(std::string_view group, const Waiting& waiting)
{
    const auto parts = partsOf(group);
    Metric metric{std::string(parts[0]), std::string(parts[1]), waiting.name, {}, waiting.unit};
    for (std::size_t i = 2; i + 1 < parts.size(); i += 2)
        metric.dimensions.emplace_back(parts[i], parts[i + 1]);
    metric.sortDimensions();
    return metric;
}

// In the order of time below a metric's digest.
std::string pointKey(MetricGrain grain, std::string_view metricDigest, Micros at)
{
    std::string key(1, static_cast<char>('0' + static_cast<int>(grain)));
    key += metricDigest;
    const auto seconds = static_cast<std::uint64_t>(std::max<Micros>(at, 0) / kSecond);
    for (int shift = 56; shift >= 0; shift -= 8)
        key += static_cast<char>((seconds >> static_cast<unsigned>(shift)) & 0xFFU);
    return key;
}

Micros momentIn(std::string_view key)
{
    std::uint64_t seconds = 0;
    for (const char c : key.substr(key.size() - 8))
        seconds = (seconds << 8U) | static_cast<unsigned char>(c);
    return static_cast<Micros>(seconds) * kSecond;
}

std::string digestOf(std::string_view metricKey)
{
    return sha256(metricKey).substr(0, 16);
}

using Batch = std::map<std::string, std::map<std::int64_t, MetricStats>>; // metric's key → minute

void mergeInto(store::Transaction& transaction, const std::string& key, const MetricStats& more)
{
    MetricStats stats = more;
    if (const auto before = transaction.get(kPoints, key)) {
        if (auto known = MetricStats::parse(*before)) {
            known->merge(more);
            stats = *std::move(known);
        }
    }
    transaction.put(kPoints, key, stats.bytes());
}

void putBatch(store::Transaction& transaction, const Batch& batch)
{
    transaction.createKeyspace(kMetrics);
    transaction.createKeyspace(kPoints);
    for (const auto& [key, minutes] : batch) {
        const auto digest = digestOf(key);
        for (const auto& [minute, stats] : minutes) {
            const Micros at = minute * kMinute;
            for (const auto grain : kGrains)
                mergeInto(transaction, pointKey(grain, digest, at - at % lengthOf(grain)), stats);
        }
    }
}

void eraseRange(store::Transaction& transaction, const store::Range& range)
{
    std::vector<std::string> keys;
    transaction.scan(kPoints, range, store::Direction::Forward, [&](std::string_view key, std::string_view) {
        keys.emplace_back(key);
        return true;
    });
    for (const auto& key : keys)
        transaction.erase(kPoints, key);
}

}

void Metric::sortDimensions()
{
    std::ranges::sort(dimensions);
}

Micros lengthOf(MetricGrain grain)
{
    constexpr std::array<Micros, 3> lengths{kMinute, 5 * kMinute, 60 * kMinute};
    return lengths.at(static_cast<std::size_t>(grain));
}

Micros retentionOf(MetricGrain grain)
{
    constexpr std::array<Micros, 3> retentions{15 * kDay, 63 * kDay, 455 * kDay};
    return retentions.at(static_cast<std::size_t>(grain));
}

struct MetricBook::Impl {
    Impl(store::Store& kept, const Clock& chamberClock)
        : store(kept)
        , clock(chamberClock)
    {
        load();
        thread = std::thread([this] { run(); });
    }

    ~Impl()
    {
        {
            std::lock_guard guard(mutex);
            stopping = true;
        }
        wake.notify_all();
        thread.join();
        (void)keep();
    }

    void load()
    {
        store.read()->scan(kMetrics, store::Range::all(), store::Direction::Forward,
            [&](std::string_view key, std::string_view value) {
                latest.emplace(key, parseInteger(value).value_or(0));
                return true;
            });
    }

    void run()
    {
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, kStep, [this] { return stopping; })) {
            lock.unlock();
            if (const auto kept = keep(); !kept)
                log::warning("metrics", "What was counted could not be kept: " + kept.error().message);
            lock.lock();
        }
    }

    // A group's shard, locked; its entries for the group.
    template <typename Change> void withGroup(const std::string& group, Change change)
    {
        auto& shard = shards.at(TextHash{}(group) % kShards);
        std::lock_guard guard(shard.mutex);
        auto found = shard.groups.find(group);
        if (found == shard.groups.end()) {
            if (shard.groups.size() >= kMostMetrics / kShards)
                return noteTooMany();
            found = shard.groups.emplace(group, std::vector<Waiting>()).first;
        }
        change(found->second);
    }

    static MetricStats& statsIn(
        std::vector<Waiting>& group, std::string_view name, std::string_view unit, std::int64_t minute)
    {
        for (auto& waiting : group) {
            if (waiting.minute == minute && waiting.name == name && waiting.unit == unit)
                return waiting.stats;
        }
        group.push_back({std::string(name), std::string(unit), minute, {}});
        return group.back().stats;
    }

    void noteTooMany()
    {
        if (!warned.exchange(true))
            log::warning("metrics", "There are too many metrics: new ones are not counted");
    }

    Batch takeAll()
    {
        Batch batch;
        for (auto& shard : shards) {
            Groups groups;
            {
                std::lock_guard guard(shard.mutex);
                groups.swap(shard.groups);
            }
            for (const auto& [group, entries] : groups) {
                for (const auto& waiting : entries)
                    batch[keyOf(metricOf(group, waiting))][waiting.minute].merge(waiting.stats);
            }
        }
        return batch;
    }

    // Leaves aside what is new beyond the bound; gives the moments that change.
    std::map<std::string, Micros> admit(Batch& batch)
    {
        std::map<std::string, Micros> moved;
        for (auto entry = batch.begin(); entry != batch.end();) {
            const auto known = latest.find(entry->first);
            if (known == latest.end() && latest.size() + moved.size() >= kMostMetrics) {
                noteTooMany();
                entry = batch.erase(entry);
                continue;
            }
            const Micros at = entry->second.rbegin()->first * kMinute;
            if (known == latest.end() || known->second < at)
                moved.emplace(entry->first, at);
            ++entry;
        }
        return moved;
    }

    Result<> keep()
    {
        std::lock_guard guard(keeping);
        auto batch = takeAll();
        const auto now = clock.now();
        const bool sweeps = now - sweptAt >= kSweepEvery && !latest.empty();
        if (batch.empty() && !sweeps)
            return {};
        const auto moved = admit(batch);
        CORE_CHECK(store.commit([&](store::Transaction& transaction) -> Result<> {
            putBatch(transaction, batch);
            for (const auto& [key, at] : moved)
                transaction.put(kMetrics, key, std::to_string(at));
            if (sweeps)
                sweep(transaction, now);
            return {};
        }));
        for (const auto& [key, at] : moved)
            latest[key] = at;
        if (sweeps) {
            sweptAt = now;
            std::erase_if(latest, [&](const auto& entry) { return isForgotten(entry.second, now); });
        }
        return {};
    }

    static bool isForgotten(Micros at, Micros now) { return at < now - retentionOf(MetricGrain::Hour); }

    void sweep(store::Transaction& transaction, Micros now) const
    {
        for (const auto& [key, at] : latest) {
            const auto digest = digestOf(key);
            for (const auto grain : kGrains)
                eraseRange(transaction,
                    {pointKey(grain, digest, 0), pointKey(grain, digest, now - retentionOf(grain))});
            if (isForgotten(at, now))
                transaction.erase(kMetrics, key);
        }
    }

    store::Store& store;
    const Clock& clock;
    std::array<Shard, kShards> shards;
    std::mutex keeping; // one at a time brings counts into the store; guards the two below
    std::map<std::string, Micros> latest; // each metric's key, and the last minute in which it was counted
    Micros sweptAt = 0;
    std::atomic<bool> warned = false;
    std::mutex mutex;
    std::condition_variable wake;
    bool stopping = false;
    std::thread thread;
};

MetricBook::MetricBook(store::Store& store, const Clock& clock)
    : m_impl(std::make_unique<Impl>(store, clock))
{
}

MetricBook::~MetricBook() = default;

void MetricBook::add(std::string_view region, std::string_view space,
    std::span<const MetricDimension> dimensions, std::span<const MetricSample> samples, Micros at)
{
    // The text keeps its memory from call to call.
    thread_local std::string group;
    group.clear();
    append(group, region);
    append(group, space);
    for (const auto& [name, value] : dimensions) {
        append(group, name);
        append(group, value);
    }
    m_impl->withGroup(group, [&](std::vector<Waiting>& waiting) {
        for (const auto& sample : samples)
            Impl::statsIn(waiting, sample.name, sample.unit, at / kMinute).add(sample.value);
    });
}

void MetricBook::add(const Metric& metric, Micros at, const MetricStats& stats)
{
    std::string group;
    append(group, metric.region);
    append(group, metric.space);
    for (const auto& [name, value] : metric.dimensions) {
        append(group, name);
        append(group, value);
    }
    m_impl->withGroup(group, [&](std::vector<Waiting>& waiting) {
        Impl::statsIn(waiting, metric.name, metric.unit, at / kMinute).merge(stats);
    });
}

void MetricBook::each(std::string_view region, std::string_view space,
    const std::function<bool(const Metric& metric, Micros latest)>& visit)
{
    if (const auto kept = keep(); !kept)
        log::warning("metrics", "What was counted could not be kept: " + kept.error().message);
    std::string prefix;
    append(prefix, region);
    if (!space.empty())
        append(prefix, space);
    std::lock_guard guard(m_impl->keeping);
    auto& latest = m_impl->latest;
    for (auto at = latest.lower_bound(prefix); at != latest.end() && at->first.starts_with(prefix); ++at) {
        if (!visit(metricOf(at->first), at->second))
            return;
    }
}

std::vector<MetricPoint> MetricBook::points(const Metric& metric, MetricGrain grain, Micros from, Micros to)
{
    if (const auto kept = keep(); !kept)
        log::warning("metrics", "What was counted could not be kept: " + kept.error().message);
    std::vector<MetricPoint> points;
    const auto digest = digestOf(keyOf(metric));
    const auto oldest = m_impl->clock.now() - retentionOf(grain);
    const store::Range range{pointKey(grain, digest, std::max(from, oldest)), pointKey(grain, digest, to)};
    if (range.from >= range.to)
        return points;
    m_impl->store.read()->scan(
        kPoints, range, store::Direction::Forward, [&](std::string_view key, std::string_view value) {
            if (auto stats = MetricStats::parse(value))
                points.push_back({momentIn(key), *std::move(stats)});
            return true;
        });
    return points;
}

Result<> MetricBook::keep()
{
    return m_impl->keep();
}

void MetricBook::reset()
{
    std::lock_guard guard(m_impl->keeping);
    (void)m_impl->takeAll();
    m_impl->latest.clear();
}

}
