#pragma once

#include "ui/kit/row_model.h"
#include "ui/map/map_traffic.h"
#include "ui/shell/area.h"

class QAction;
class QStackedWidget;
class QTableView;

namespace ui::kit {
class AreaHeader;
class Segments;
}

namespace ui::map {

class LatestTracks;
class MapCanvas;
class MapDocument;
class MapInspector;

// A resource as a line of the list that says what the drawing shows.
struct ListRow {
    Node node;
    QString calls; // names
    QString calledBy;
    NodeTraffic traffic;
};

using ListModel = kit::RowModel<ListRow>;
ListModel* makeListModel(QObject* parent);

// The Map: what exists, what calls what, how much of it happens now, and the latest tracks.
class MapArea : public shell::Area {
    Q_OBJECT

public:
    explicit MapArea(shell::AreaContext& context, QWidget* parent = nullptr);

    void openObject(const shell::ObjectRef& object) override;
    void trackSelected(const QString& trackId) override;
    QList<QAction*> areaActions() const override { return m_actions; }
    QList<QWidget*> panes() const override;
    QWidget* partWidget(Part part) const override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildCentre();
    QWidget* buildEmpty();
    QWidget* buildList();
    void buildHeader();
    void addActions();
    void connectAll();
    void showGraph();
    void showTraffic();
    void showAsList(bool list);
    void select(const QString& key);
    void open(const QString& key);
    void openTrack(const QString& id);
    void lightTrack(const QString& id);

    MapDocument* m_document;
    ListModel* m_listModel;
    kit::AreaHeader* m_header;
    kit::Segments* m_view;
    QStackedWidget* m_pages; // empty, the map
    QStackedWidget* m_drawing; // canvas, list
    MapCanvas* m_canvas;
    QTableView* m_list;
    MapInspector* m_inspector;
    LatestTracks* m_tracks;
    QString m_selected;
    QString m_track;
    QList<QAction*> m_actions;
};

}
