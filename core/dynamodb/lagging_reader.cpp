#include "core/dynamodb/lagging_reader.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

std::string milliseconds(Micros duration)
{
    return duration < kMillisecond ? "less than 1 ms" : std::to_string(duration / kMillisecond) + " ms";
}

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
    const auto images = m_table.state->recent.findRange(keyspace, range, m_now);
    const bool forward = direction == store::Direction::Forward;
    auto up = images.begin();
    auto down = images.rbegin();
    const auto next = [&]() -> const RecentImages::Images::value_type* {
        if (forward)
            return up == images.end() ? nullptr : &*up;
        return down == images.rend() ? nullptr : &*down;
    };
    const auto pass = [&] { forward ? void(++up) : void(++down); };
    bool goesOn = true;
    // Rows of which the table has nothing any more; `end` is the row they stand before, null at the range's
    // end.
    const auto putBack = [&](const std::string_view* end) {
        for (const auto* image = next();
             goesOn && image && (!end || (forward ? image->first < *end : image->first > *end));
             image = next()) {
            pass();
            if (!image->second.text)
                continue; // made and deleted again within the delay
            countStale(image->second.until);
            goesOn = visit(image->first, *image->second.text);
        }
    };
    m_newest.scan(keyspace, range, direction, [&](std::string_view key, std::string_view text) {
        putBack(&key);
        if (!goesOn)
            return false;
        const auto* image = next();
        if (!image || image->first != key)
            return goesOn = visit(key, text);
        pass();
        const auto* old = image->second.text.get();
        if (!old || *old != text)
            countStale(image->second.until);
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
