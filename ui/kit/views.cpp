#include "ui/kit/views.h"

#include "ui/kit/theme.h"

#include <QHeaderView>
#include <QTableView>
#include <QTreeView>

namespace ui::kit {

namespace {

void prepareView(QAbstractItemView* view)
{
    view->setFrameShape(QFrame::NoFrame);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setMouseTracking(true);
    view->setTabKeyNavigation(false);
}

}

void prepareTable(QTableView* table, int rowHeight)
{
    prepareView(table);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setCornerButtonEnabled(false);
    table->verticalHeader()->hide();
    // The header of a selected column would turn bold.
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const auto fit = [table, rowHeight] {
        table->verticalHeader()->setMinimumSectionSize(1);
        table->verticalHeader()->setDefaultSectionSize(theme().px(rowHeight));
        table->horizontalHeader()->setFixedHeight(theme().px(26));
    };
    fit();
    QObject::connect(&theme(), &Theme::changed, table, fit);
}

void prepareTree(QTreeView* tree)
{
    prepareView(tree);
    tree->setUniformRowHeights(true);
    tree->setAnimated(false);
    const auto fit = [tree] { tree->setIndentation(theme().px(14)); };
    fit();
    QObject::connect(&theme(), &Theme::changed, tree, fit);
}

}
