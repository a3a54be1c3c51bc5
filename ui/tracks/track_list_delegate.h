#pragma once

#include "ui/kit/delegates.h"

namespace ui::tracks {

// A track in two lines of 40 px: method, path and status; time, spectrum and duration.
class TrackListDelegate : public kit::RowDelegate {
    Q_OBJECT

public:
    explicit TrackListDelegate(QObject* parent = nullptr);
    // The duration that fills a spectrum's room, in microseconds: the longest of the rows shown.
    void setScale(qint64 longest) { m_scale = longest; }

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;

private:
    qint64 m_scale = 1;
};

// The row as a whole, for the delegate.
constexpr int kTrackRole = Qt::UserRole + 101;

}
