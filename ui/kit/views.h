#pragma once

class QTableView;
class QTreeView;

namespace ui::kit {

// What all tables and trees of the workbench share: rows of a fixed height that follow the scale, whole rows
// selected, per-pixel scrolling, a quiet header, no grid, hover.
void prepareTable(QTableView* table, int rowHeight = 26);
void prepareTree(QTreeView* tree);

}
