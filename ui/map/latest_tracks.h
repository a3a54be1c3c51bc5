#pragma once

#include "ui/bridge/track_feed.h"
#include "ui/kit/row_model.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QTableView;

namespace ui::kit {
class SectionHeader;
}

namespace ui::map {

// A track with its room on the scale that all rows shown share.
struct LatestRow {
    bridge::TrackRow track;
    double width = 1; // 0 to 1
};

using LatestModel = kit::RowModel<LatestRow>;
LatestModel* makeLatestModel(QObject* parent);

// The latest tracks as a table, newest first, with a filter and Hold.
class LatestTracks : public QWidget {
    Q_OBJECT

public:
    LatestTracks(bridge::EngineClient& engine, bridge::EventBridge& events, QWidget* parent = nullptr);
    void selectTrack(const QString& id); // does not emit
    QTableView* table() const { return m_table; }

Q_SIGNALS:
    void trackSelected(const QString& id);
    void trackOpened(const QString& id);

private:
    void buildHeader();
    void buildTable();
    void showRows();

    bridge::TrackFeed* m_feed;
    LatestModel* m_model;
    kit::SectionHeader* m_header;
    QLineEdit* m_filter;
    QPushButton* m_hold;
    QTableView* m_table;
    QString m_selected;
    bool m_quiet = false;
};

}
