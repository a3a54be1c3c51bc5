#pragma once

#include "core/trace/track.h"
#include "ui/kit/tree_node_model.h"

namespace ui::tracks {

// One line of the waterfall.
struct SpanRow {
    core::trace::Span span;
    bool leaf = true;
    qint64 trackLength = 1; // microseconds that the ruler spans
};

using SpanTreeModel = kit::TreeNodeModel<SpanRow>;

// Spans under their parents in order of their starts; a span whose parent was dropped stands under the root.
QList<kit::TreeNode<SpanRow>> spanTree(const core::trace::Track& track);
// End of the last span: late followers reach beyond the root.
qint64 lengthOf(const core::trace::Track& track);

SpanTreeModel* makeSpanModel(QObject* parent);

// Role of the bar's column: the row itself, for SpanDelegate.
constexpr int kSpanRole = Qt::UserRole + 100;

// "GetItem Books", "place-order", "Init (cold start)".
QString titleOf(const core::trace::Span& span);

}

Q_DECLARE_METATYPE(ui::tracks::SpanRow)
