#include "core/dynamodb/lagging_reader.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

std::string milliseconds(Micros duration)
{
    return duration < kMillisecond ? "less than 1 ms" : std::to_string(duration / kMillisecond) + " ms";
}

// The images of a range in a scan's order, some at a time: whoever writes waits while they are fetched. What
// is forgotten between two fetches is older than the delay by then, or beyond the bound.
class ImageWalk {
public:
    ImageWalk(RecentImages& recent, std::string_view keyspace, const store::Range& range,
        store::Direction direction, Micros now)
        : m_recent(recent)
        , m_keyspace(keyspace)
        , m_rest(range)
        , m_direction(direction)
        , m_now(now)
    {
    }

    // Null at the end.
    const RecentImages::Images::value_type* next()
    {
        if (m_at == m_fetched.size() && !m_ended)
            fetch();
        return m_at == m_fetched.size() ? nullptr : &m_fetched[m_at];
    }
    void pass() { ++m_at; }

private:
    static constexpr std::size_t kFetched = 256;

    void fetch()
    {
        m_fetched = m_recent.findFirst(m_keyspace, m_rest, m_direction, kFetched, m_now);
        m_at = 0;
        m_ended = m_fetched.size() < kFetched;
        if (m_fetched.empty())
            return;
        const auto& last = m_fetched.back().first;
        if (m_direction == store::Direction::Forward)
            m_rest.from = last + '\0';
        else
            m_rest.to = last;
    }

    RecentImages& m_recent;
    std::string_view m_keyspace;
    store::Range m_rest;
    store::Direction m_direction;
    Micros m_now;
    RecentImages::Images m_fetched;
    std::size_t m_at = 0;
    bool m_ended = false;
};

}

void Staleness::note(trace::SpanScope& span) const
{
    if (rows == 0 || !span.recording())
        return;
    span.step("stale read",
        std::to_string(rows) + (rows == 1 ? " row" : " rows") + " as before a change "
            + (rows == 1 ? "" : "of up to ") + milliseconds(age) + " ago: the replica lags "
            + milliseconds(delay) + " behind; ConsistentRead would show what is there now",
        trace::Verdict::Warn);
}

LaggingReader::LaggingReader(store::Reader& newest, const Table& table, Staleness& staleness)
    : m_newest(newest)
    , m_table(table)
    , m_staleness(staleness)
    , m_now(table.now())
{
    m_staleness.delay = table.state->recent.delay();
}

void LaggingReader::countStale(Micros changedAt)
{
    ++m_staleness.rows;
    m_staleness.age = std::max(m_staleness.age, m_now - changedAt);
}

std::optional<std::string> LaggingReader::get(std::string_view keyspace, std::string_view key)
{
    auto text = m_newest.get(keyspace, key);
    const auto image = m_table.state->recent.find(keyspace, key, m_now);
    if (!image)
        return text;
    auto old = image->text ? std::optional(*image->text) : std::nullopt;
    if (old != text)
        countStale(image->until);
    return old;
}

void LaggingReader::scan(std::string_view keyspace, const store::Range& range, store::Direction direction,
    const store::Visitor& visit)
{
    ImageWalk images(m_table.state->recent, keyspace, range, direction, m_now);
    const bool forward = direction == store::Direction::Forward;
    bool goesOn = true;
    // Rows of which the table has nothing any more; `end` is the row they stand before, null at the range's
    // end.
    const auto putBack = [&](const std::string_view* end) {
        for (const auto* image = images.next();
             goesOn && image && (!end || (forward ? image->first < *end : image->first > *end));
             image = images.next()) {
            if (image->second.text) { // or it was made and deleted again within the delay
                countStale(image->second.until);
                goesOn = visit(image->first, *image->second.text);
            }
            images.pass();
        }
    };
    m_newest.scan(keyspace, range, direction, [&](std::string_view key, std::string_view text) {
        putBack(&key);
        if (!goesOn)
            return false;
        const auto* image = images.next();
        if (!image || image->first != key)
            return goesOn = visit(key, text);
        const auto [until, old] = image->second;
        images.pass();
        if (!old || *old != text)
            countStale(until);
        return goesOn = !old || visit(key, *old);
    });
    putBack(nullptr);
}

ReadView::ReadView(store::Reader& newest, const Table& table, bool consistent, trace::SpanScope& span)
    : m_newest(newest)
    , m_span(span)
{
    if (!consistent && table.state->recent.isOn())
        m_lagging.emplace(newest, table, m_staleness);
}

}
