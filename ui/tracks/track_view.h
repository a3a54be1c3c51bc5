#pragma once

#include "core/trace/track.h"
#include "ui/tracks/span_tree.h"

#include <QWidget>

class QLabel;
class QTreeView;

namespace ui::kit {
class Badge;
class DecisionTrace;
class MethodBadge;
class SpectrumBar;
class Stat;
}

namespace ui::tracks {

class RulerHeader;

// One track: what it was, its waterfall, and the steps of the span that is selected.
class TrackView : public QWidget {
    Q_OBJECT

public:
    explicit TrackView(QWidget* parent = nullptr);
    void show(const core::trace::Track& track);
    QString trackId() const { return m_id; }
    QTreeView* tree() const { return m_tree; }
    QWidget* steps() const { return m_stepsPane; }

private:
    QWidget* buildHead();
    QWidget* buildStats();
    QWidget* buildWaterfall();
    QWidget* buildSteps();
    void showSpan(const QModelIndex& index);

    QString m_id;
    kit::MethodBadge* m_method;
    QLabel* m_path;
    QLabel* m_status;
    kit::Badge* m_note;
    QLabel* m_from;
    kit::Stat* m_total;
    kit::Stat* m_warm;
    kit::Stat* m_spans;
    kit::SpectrumBar* m_share;
    QTreeView* m_tree;
    RulerHeader* m_ruler;
    SpanTreeModel* m_model;
    QWidget* m_stepsPane;
    QLabel* m_spanTitle;
    QLabel* m_spanDetail;
    kit::DecisionTrace* m_trace;
    QLabel* m_noSteps;
};

}
