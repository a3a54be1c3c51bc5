#include "ui/tracks/span_tree.h"

#include "ui/bridge/track_row.h"
#include "ui/kit/theme.h"

#include <QBrush>
#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace ui::tracks {

using namespace Qt::StringLiterals;
using core::trace::Span;
using core::trace::SpanKind;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("ui::tracks", text);
}

QString iconOf(const Span& span)
{
    if (span.kind == SpanKind::ColdStart)
        return u"snow"_s;
    if (span.kind == SpanKind::Network)
        return u"globe"_s;
    return kit::iconOfService(QString::fromStdString(span.service));
}

kit::Hue hueOf(const Span& span)
{
    return span.kind == SpanKind::ColdStart ? kit::Hue::Cold
                                            : kit::hueOfService(QString::fromStdString(span.service));
}

QString detailOf(const Span& span)
{
    if (!span.error.empty())
        return QString::fromStdString(span.error);
    if (span.status)
        return QString::number(span.status);
    return span.steps.empty() ? QString() : QString::fromStdString(span.steps.back().title);
}

QVariant cell(const SpanRow& row, int column, int role)
{
    if (role == Qt::DisplayRole)
        return column == 0 ? titleOf(row.span) : column == 1 ? detailOf(row.span) : QString();
    if (role == kit::IconNameRole && column == 0)
        return iconOf(row.span);
    if (role == kit::ToneRole && (column == 0 || (column == 1 && !row.span.error.empty())))
        return int(column == 0 ? hueOf(row.span) : kit::Hue::Err);
    if (role == Qt::ForegroundRole && column == 1)
        return QBrush(kit::theme().c(kit::Token::T3));
    if (role == Qt::TextAlignmentRole && column == 1)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == kSpanRole)
        return QVariant::fromValue(row);
    if (role == Qt::AccessibleTextRole)
        return column == 2
            ? words(QT_TRANSLATE_NOOP("ui::tracks", "%1 after %2"))
                  .arg(bridge::milliseconds(row.span.duration), bridge::milliseconds(row.span.start))
            : QVariant();
    return {};
}

}

QString titleOf(const Span& span)
{
    const auto name = QString::fromStdString(span.name);
    const auto resource = QString::fromStdString(span.resource);
    if (span.kind == SpanKind::ColdStart)
        return words(QT_TRANSLATE_NOOP("ui::tracks", "Init (cold start)"));
    if (resource.isEmpty() || name.contains(resource))
        return name;
    return name.isEmpty() ? resource : name + u' ' + resource;
}

qint64 lengthOf(const core::trace::Track& track)
{
    qint64 length = std::max<qint64>(track.duration, 1);
    for (const auto& span : track.spans)
        length = std::max<qint64>(length, span.start + std::max<qint64>(span.duration, 0));
    return length;
}

QList<kit::TreeNode<SpanRow>> spanTree(const core::trace::Track& track)
{
    auto spans = track.spans;
    std::stable_sort(
        spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.start < b.start; });
    QSet<std::uint32_t> known;
    for (const auto& span : spans)
        known.insert(span.id);
    QHash<std::uint32_t, QList<const Span*>> children;
    for (const auto& span : spans) {
        const auto parent = span.parent == 0 || known.contains(span.parent) ? span.parent : 1;
        children[parent].append(&span);
    }
    const auto length = lengthOf(track);
    const std::function<QList<kit::TreeNode<SpanRow>>(std::uint32_t)> below = [&](std::uint32_t parent) {
        QList<kit::TreeNode<SpanRow>> nodes;
        for (const auto* span : children.value(parent)) {
            auto inner = below(span->id);
            nodes.append({QString::number(span->id), {*span, inner.isEmpty(), length}, inner});
        }
        return nodes;
    };
    return below(0);
}

SpanTreeModel* makeSpanModel(QObject* parent)
{
    return new SpanTreeModel(
        {words(QT_TRANSLATE_NOOP("ui::tracks", "Span")), words(QT_TRANSLATE_NOOP("ui::tracks", "Detail")),
            words(QT_TRANSLATE_NOOP("ui::tracks", "Time"))},
        cell, parent);
}

}
