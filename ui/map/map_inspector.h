#pragma once

#include "ui/kit/row_model.h"
#include "ui/map/map_traffic.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace ui::kit {
class Stat;
class Tile;
}

namespace ui::map {

// What a node is joined to.
struct Connection {
    Node other;
    bool outward = false; // this one calls the other
    double rate = 0;
};

using ConnectionModel = kit::RowModel<Connection>;
using RunModel = kit::RowModel<Run>;
ConnectionModel* makeConnectionModel(QObject* parent);
RunModel* makeRunModel(QObject* parent);

// The selected resource: what it does now, what it is joined to and its last runs.
class MapInspector : public QWidget {
    Q_OBJECT

public:
    explicit MapInspector(QWidget* parent = nullptr);
    // Null: nothing is selected.
    void show(const Node* node, const Graph& graph, const Traffic& traffic);
    QTableView* connections() const { return m_connections; }

Q_SIGNALS:
    void openRequested();
    void nodeRequested(const QString& key);
    void trackRequested(const QString& id);

private:
    QWidget* buildHead();
    QWidget* buildStats();
    QTableView* buildTable(const QString& name, const QString& spoken, QAbstractItemModel* model);
    void showStats(const NodeTraffic& traffic);

    QStackedWidget* m_pages;
    kit::Tile* m_tile;
    QLabel* m_title;
    QLabel* m_detail;
    QPushButton* m_open;
    kit::Stat* m_rate;
    kit::Stat* m_errors;
    kit::Stat* m_p50;
    kit::Stat* m_p95;
    ConnectionModel* m_connectionModel;
    RunModel* m_runModel;
    QTableView* m_connections;
    QTableView* m_runs;
};

}
