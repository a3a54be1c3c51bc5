#include "ui/map/map_traffic.h"

#include "ui/bridge/track_row.h"

#include <algorithm>

namespace ui::map {

using namespace Qt::StringLiterals;
using core::trace::Span;
using core::trace::Track;

namespace {

constexpr int kParts = 30;
constexpr int kRateSeconds = 60;
constexpr int kRuns = 6;

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

// Requests that a resource serves; what creates or describes it is no traffic.
bool isTraffic(const Span& span)
{
    const auto has = [&](const char* word) { return span.name.find(word) != std::string::npos; };
    if (span.service == "cdn")
        return span.name == "viewer request";
    if (span.service == "apigateway")
        return span.name != "integration" && span.resource.find('/') != std::string::npos;
    if (span.service == "lambda")
        return span.name.starts_with("Invoke");
    if (span.service == "s3")
        return has("Object");
    return span.service == "dynamodb"
        && (has("Item") || span.name == "Query" || span.name == "Scan" || has("Statement"));
}

class Reader {
public:
    Reader(const QList<bridge::Resource>& resources, core::Micros now, core::Micros oldest)
        : m_now(now)
        , m_rateSeconds(std::clamp(double(now - oldest) / 1e6, 1.0, double(kRateSeconds)))
    {
        for (const auto& each : resources) {
            m_keys.insert(each.service + u'/' + each.title, keyOf(each));
            m_keys.insert(each.service + u'/' + each.name, keyOf(each));
        }
    }

    void read(const Track& track)
    {
        TrackPath path{text(track.id), track.sequence, track.duration >= 0, {}};
        QHash<std::uint32_t, QString> nearest; // the node that a span is below
        const auto age = m_now - track.startedAt;
        const bool recent = age <= core::Micros(kWindowSeconds) * core::kSecond;
        for (const auto& span : track.spans) {
            const auto above = nearest.value(span.parent);
            const auto key = keyOfSpan(span);
            nearest.insert(span.id, key.isEmpty() ? above : key);
            if (key.isEmpty() || key == above)
                continue;
            const bool entry = span.service == "cdn" || span.service == "apigateway";
            const auto from = above.isEmpty() && entry ? visitorsKey() : above;
            if (!from.isEmpty())
                hop(path, {from, key}, age);
            if (recent)
                count(key, span, track, age);
            if (recent && from == visitorsKey())
                visit(span, track, age);
        }
        m_traffic.paths.append(path);
    }

    Traffic take()
    {
        for (auto it = m_traffic.nodes.begin(); it != m_traffic.nodes.end(); ++it) {
            auto& times = m_times[it.key()];
            std::sort(times.begin(), times.end());
            const auto at = [&](int percent) {
                return times.isEmpty() ? qint64(-1) : times[(times.size() * percent + 99) / 100 - 1];
            };
            it->p50 = at(50);
            it->p95 = at(95);
        }
        return std::move(m_traffic);
    }

private:
    QString keyOfSpan(const Span& span) const
    {
        if (!isTraffic(span))
            return {};
        const auto service = text(span.service) + u'/';
        const auto exact = m_keys.value(service + text(span.resource));
        return exact.isEmpty() ? m_keys.value(service + text(span.resource).section(u'/', 0, 0)) : exact;
    }

    void hop(TrackPath& path, const Edge& edge, core::Micros age)
    {
        if (!path.hops.contains(edge))
            path.hops.append(edge);
        if (!m_seen.contains(rateKey(edge))) {
            m_seen.insert(rateKey(edge));
            m_traffic.observed.append(edge);
        }
        if (age <= core::Micros(kRateSeconds) * core::kSecond)
            m_traffic.rates[rateKey(edge)] += 1 / m_rateSeconds;
    }

    void count(const QString& key, const Span& span, const Track& track, core::Micros age)
    {
        auto& node = m_traffic.nodes[key];
        if (node.spark.isEmpty())
            node.spark.fill(0, kParts);
        ++node.requests;
        if (age <= core::Micros(kRateSeconds) * core::kSecond)
            node.rate += 1 / m_rateSeconds;
        const auto part = age * kParts / (core::Micros(kWindowSeconds) * core::kSecond);
        node.spark[kParts - 1 - std::clamp<qint64>(part, 0, kParts - 1)] += 1;
        const bool failed = span.status >= 500 || !span.error.empty();
        node.errors += failed ? 1 : 0;
        if (span.duration >= 0)
            m_times[key].append(span.duration);
        const bool cold = std::any_of(track.spans.begin(), track.spans.end(), [&](const Span& each) {
            return each.kind == core::trace::SpanKind::ColdStart && each.service == span.service
                && each.resource == span.resource;
        });
        if (node.runs.size() < kRuns)
            node.runs.append({text(track.id), bridge::clockTime(track.startedAt + span.start), span.duration,
                cold, failed});
    }

    void visit(const Span& span, const Track& track, core::Micros age)
    {
        count(visitorsKey(), span, track, age);
        if (!track.from.empty() && !m_traffic.places.contains(text(track.from)))
            m_traffic.places.append(text(track.from));
    }

    core::Micros m_now;
    double m_rateSeconds;
    QHash<QString, QString> m_keys;
    QHash<QString, QList<qint64>> m_times;
    QSet<QString> m_seen;
    Traffic m_traffic;
};

}

QString rateKey(const Edge& edge)
{
    return edge.from + u'>' + edge.to;
}

QString rateText(double rate)
{
    if (rate <= 0)
        return u"0/s"_s;
    return u"%1/s"_s.arg(rate, 0, 'f', rate < 0.095 ? 2 : rate < 99.5 ? 1 : 0);
}

Traffic readTraffic(
    const std::vector<Track>& tracks, const QList<bridge::Resource>& resources, core::Micros now)
{
    // Where the oldest track read is younger than the window, older ones may be missing; where all are read,
    // the minute counts as a whole.
    constexpr std::size_t kMaybeCut = 1000;
    const bool cut = tracks.size() >= kMaybeCut;
    Reader reader(resources, now, cut ? tracks.back().startedAt : now - kRateSeconds * core::kSecond);
    for (const auto& track : tracks)
        reader.read(track);
    return reader.take();
}

}
