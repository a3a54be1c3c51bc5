#include "ui/bridge/track_row.h"

#include "core/base/time_format.h"

#include <QHash>

#include <algorithm>

namespace ui::bridge {

using namespace Qt::StringLiterals;

namespace {

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

bool fitsStatus(int status, const QString& wanted)
{
    const auto code = QString::number(status);
    if (wanted.size() != code.size())
        return code.startsWith(wanted);
    for (qsizetype i = 0; i < code.size(); ++i) {
        if (wanted[i] != u'x' && wanted[i] != code[i])
            return false;
    }
    return true;
}

bool fitsWord(const TrackRow& row, const QString& word)
{
    const auto colon = word.indexOf(u':');
    const auto name = word.left(colon);
    const auto value = word.mid(colon + 1);
    if (colon > 0 && name == "status"_L1)
        return fitsStatus(row.status, value);
    if (colon > 0 && name == "path"_L1)
        return row.path.contains(value, Qt::CaseInsensitive);
    if (colon > 0 && name == "from"_L1)
        return row.from.contains(value, Qt::CaseInsensitive);
    if (colon > 0 && name == "slower"_L1) {
        auto number = value;
        number.remove(u"ms"_s);
        return double(row.duration) > number.toDouble() * 1000;
    }
    return (
        row.method + u' ' + row.path + u' ' + row.from + u' ' + row.note + u' ' + QString::number(row.status))
        .contains(word, Qt::CaseInsensitive);
}

}

QList<kit::SpectrumPart> selfTimes(const core::trace::Track& track)
{
    QHash<std::uint32_t, core::Micros> inChildren;
    for (const auto& span : track.spans) {
        if (span.duration > 0)
            inChildren[span.parent] += span.duration;
    }
    auto spans = track.spans;
    std::stable_sort(
        spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
    QList<kit::SpectrumPart> parts;
    for (const auto& span : spans) {
        const auto self = span.duration - inChildren.value(span.id);
        if (self <= 0)
            continue;
        const bool cold = span.kind == core::trace::SpanKind::ColdStart;
        const auto hue = cold ? kit::Hue::Cold : kit::hueOfService(text(span.service));
        if (!parts.isEmpty() && parts.last().hue == hue && parts.last().cold == cold)
            parts.last().share += double(self);
        else
            parts.append({hue, double(self), cold});
    }
    return parts;
}

kit::TraceStep traceStep(const core::trace::Step& step)
{
    using Verdict = kit::TraceStep::Verdict;
    const auto verdict = step.verdict == core::trace::Verdict::Pass ? Verdict::Pass
        : step.verdict == core::trace::Verdict::Warn                ? Verdict::Warn
        : step.verdict == core::trace::Verdict::Fail                ? Verdict::Fail
                                                                    : Verdict::Note;
    return {text(step.title), text(step.detail), verdict, milliseconds(step.at)};
}

TrackRow trackRow(const core::trace::Track& track)
{
    TrackRow row{.id = text(track.id),
        .sequence = track.sequence,
        .time = clockTime(track.startedAt),
        .startedAt = track.startedAt,
        .method = text(track.method),
        .path = text(track.path),
        .status = track.status,
        .duration = track.duration,
        .parts = selfTimes(track),
        .from = text(track.from),
        .note = text(track.note),
        .services = {},
        .resources = {}};
    for (const auto& span : track.spans) {
        row.cold = row.cold || span.kind == core::trace::SpanKind::ColdStart;
        if (!row.services.contains(text(span.service)))
            row.services.append(text(span.service));
        if (!span.resource.empty())
            row.resources.append(text(span.service) + u'/' + text(span.resource));
    }
    row.failed = track.status >= 500 || (!track.spans.empty() && !track.spans.front().error.empty());
    return row;
}

QString milliseconds(qint64 micros)
{
    if (micros < 0)
        return QStringLiteral("…");
    if (micros < 10'000)
        return QStringLiteral("%1 ms").arg(double(micros) / 1000, 0, 'f', 1);
    if (micros < 10'000'000)
        return QStringLiteral("%1 ms").arg((micros + 500) / 1000);
    return QStringLiteral("%1 s").arg(double(micros) / 1'000'000, 0, 'f', 1);
}

QString clockTime(qint64 micros)
{
    return QString::fromStdString(core::iso8601Millis(micros)).mid(11, 12);
}

bool fits(const TrackRow& row, const QString& filter)
{
    const auto words = filter.simplified().split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return fitsWord(row, word); });
}

}
