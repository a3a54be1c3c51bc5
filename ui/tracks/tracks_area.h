#pragma once

#include "ui/bridge/track_feed.h"
#include "ui/kit/row_model.h"
#include "ui/shell/area.h"

class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace ui::kit {
class AreaHeader;
class EmptyState;
class Segments;
}

namespace ui::tracks {

class TrackListDelegate;
class TrackView;

using TrackModel = kit::RowModel<bridge::TrackRow>;
TrackModel* makeTrackModel(QObject* parent);

// The Tracks area: every recorded request, and one of them in full.
class TracksArea : public shell::Area {
    Q_OBJECT

public:
    explicit TracksArea(shell::AreaContext& context, QWidget* parent = nullptr);

    void openObject(const shell::ObjectRef& object) override;
    shell::ObjectRef currentObject() const override;
    void trackSelected(const QString& trackId) override;
    QList<QAction*> areaActions() const override { return m_actions; }
    QList<QWidget*> panes() const override;
    QWidget* partWidget(Part part) const override;

private:
    QWidget* buildList();
    void buildHeader();
    void connectAll();
    void showRows();
    void open(const QString& id);
    void reloadCurrent();

    bridge::TrackFeed* m_feed;
    TrackModel* m_model;
    kit::AreaHeader* m_header;
    kit::Segments* m_kinds;
    QPushButton* m_hold;
    QLineEdit* m_filter;
    QListView* m_list;
    TrackListDelegate* m_delegate;
    QWidget* m_listPane;
    kit::EmptyState* m_none;
    QStackedWidget* m_pages;
    TrackView* m_view;
    QString m_current;
    QList<QAction*> m_actions;
};

}
