#include "ui/tracks/track_view.h"

#include "ui/bridge/track_row.h"
#include "ui/kit/controls.h"
#include "ui/kit/decision_trace.h"
#include "ui/kit/spectrum_bar.h"
#include "ui/kit/stat.h"
#include "ui/kit/theme.h"
#include "ui/tracks/span_delegate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui::tracks {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;
using kit::Token;

namespace {

qint64 coldTime(const core::trace::Track& track)
{
    qint64 sum = 0;
    for (const auto& span : track.spans) {
        if (span.kind == core::trace::SpanKind::ColdStart)
            sum += std::max<qint64>(span.duration, 0);
    }
    return sum;
}

}

TrackView::TrackView(QWidget* parent)
    : QWidget(parent)
    , m_model(makeSpanModel(this))
{
    setObjectName(u"trackView"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(kit::hline());
    auto* split = new kit::Splitter(Qt::Vertical);
    split->addWidget(buildWaterfall());
    split->addWidget(buildSteps());
    split->setStretchFactor(0, 1);
    split->setDefaultSizes({480, 240});
    layout->addWidget(split, 1);
}

QWidget* TrackView::buildHead()
{
    auto* head = new QWidget;
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(6);
    auto* first = new QHBoxLayout;
    m_method = new kit::MethodBadge;
    m_path = kit::label({}, u"title"_s);
    m_path->setObjectName(u"trackPath"_s);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_path->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_status = kit::label({}, u"mono"_s);
    m_note = new kit::Badge;
    first->addWidget(m_method);
    first->addWidget(m_path, 1);
    first->addWidget(m_status);
    first->addWidget(m_note);
    m_from = kit::label({}, u"secondary"_s);
    m_from->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addLayout(first);
    layout->addWidget(m_from);
    layout->addWidget(buildStats());
    return head;
}

QWidget* TrackView::buildStats()
{
    auto* stats = new QWidget;
    auto* layout = new QHBoxLayout(stats);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(24);
    m_total = new kit::Stat(tr("Total"), u"trackTotal"_s);
    m_warm = new kit::Stat(tr("Without cold start"), u"trackWarm"_s);
    m_spans = new kit::Stat(tr("Spans"), u"trackSpans"_s);
    m_share = new kit::SpectrumBar;
    for (auto* stat : {m_total, m_warm, m_spans})
        layout->addWidget(stat, 0, Qt::AlignTop);
    layout->addWidget(m_share, 1);
    return stats;
}

QWidget* TrackView::buildWaterfall()
{
    m_tree = new QTreeView;
    m_tree->setObjectName(u"trackWaterfall"_s);
    m_tree->setAccessibleName(tr("Spans of the track"));
    m_ruler = new RulerHeader(m_tree);
    m_tree->setHeader(m_ruler);
    m_tree->setModel(m_model);
    m_tree->setItemDelegateForColumn(0, new SpanNameDelegate(m_tree));
    m_tree->setItemDelegateForColumn(1, new kit::RowDelegate(m_tree));
    m_tree->setItemDelegateForColumn(2, new SpanDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(theme().px(16));
    m_tree->setColumnWidth(0, theme().px(260));
    m_tree->setColumnWidth(1, theme().px(170));
    m_tree->setRootIsDecorated(false);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& current) { showSpan(current); });
    return m_tree;
}

QWidget* TrackView::buildSteps()
{
    m_stepsPane = new QWidget;
    auto* layout = new QVBoxLayout(m_stepsPane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* title = new QHBoxLayout;
    title->setContentsMargins(14, 8, 14, 8);
    title->setSpacing(8);
    m_spanTitle = kit::label({}, u"pane"_s);
    m_spanTitle->setObjectName(u"trackSpanTitle"_s);
    m_spanDetail = kit::label({}, u"caption"_s);
    title->addWidget(m_spanTitle);
    title->addWidget(m_spanDetail, 1);
    layout->addLayout(title);
    layout->addWidget(kit::hline());
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto* inner = new QWidget;
    inner->setProperty("pane", u"panel"_s);
    inner->setAttribute(Qt::WA_StyledBackground);
    auto* lines = new QVBoxLayout(inner);
    lines->setContentsMargins(4, 4, 4, 4);
    m_trace = new kit::DecisionTrace;
    m_trace->setObjectName(u"trackSteps"_s);
    m_noSteps = kit::label(tr("This span took no decision that it recorded."), u"secondary"_s);
    m_noSteps->setContentsMargins(12, 8, 12, 8);
    lines->addWidget(m_trace);
    lines->addWidget(m_noSteps);
    lines->addStretch();
    scroll->setWidget(inner);
    layout->addWidget(scroll, 1);
    return m_stepsPane;
}

void TrackView::show(const core::trace::Track& track)
{
    const auto id = QString::fromStdString(track.id);
    const bool another = id != m_id;
    m_id = id;
    const auto row = bridge::trackRow(track);
    m_method->setMethod(row.method);
    m_path->setText(row.path);
    m_path->setToolTip(row.path);
    m_status->setText(row.status ? QString::number(row.status) : QString());
    auto palette = m_status->palette();
    palette.setColor(QPalette::WindowText, theme().text(kit::hueOfStatus(row.status)));
    m_status->setPalette(palette);
    m_note->set(row.note, row.cold ? Hue::Cold : row.failed ? Hue::Err : Hue::Obs);
    m_note->setVisible(!row.note.isEmpty());
    m_from->setText(
        tr("From %1 at %2, track %3").arg(row.from.isEmpty() ? tr("somewhere") : row.from, row.time, id));
    const auto cold = coldTime(track);
    m_total->setText(bridge::milliseconds(row.duration));
    m_warm->setVisible(cold > 0);
    m_warm->setText(bridge::milliseconds(std::max<qint64>(0, row.duration - cold)));
    m_spans->setText(QString::number(track.spans.size()));
    m_share->setSpectrum({row.parts});
    m_ruler->setLength(lengthOf(track));
    m_model->setTree(spanTree(track));
    m_tree->expandAll();
    if (another || !m_tree->currentIndex().isValid())
        m_tree->setCurrentIndex(m_model->index(0, 0));
    showSpan(m_tree->currentIndex());
}

void TrackView::showSpan(const QModelIndex& index)
{
    const auto* row = m_model->value(index);
    if (!row)
        return;
    m_spanTitle->setText(titleOf(row->span));
    m_spanDetail->setText(
        tr("%1, began after %2")
            .arg(bridge::milliseconds(row->span.duration), bridge::milliseconds(row->span.start)));
    QList<kit::TraceStep> steps;
    for (const auto& step : row->span.steps)
        steps.append(bridge::traceStep(step));
    m_trace->setSteps(steps);
    m_trace->setVisible(!steps.isEmpty());
    m_noSteps->setVisible(steps.isEmpty());
}

}
