#pragma once

#include "ui/kit/delegates.h"

#include <QHeaderView>

namespace ui::tracks {

// An icon in the service's colour before the span's name.
class SpanNameDelegate : public kit::RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

// The bar of a span on the track's scale: parents outlined, leaves solid, cold starts hatched, network
// dashed; the length beside it.
class SpanDelegate : public kit::RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter&, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

// The waterfall's header: the last section shows a ruler of the track's time.
class RulerHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit RulerHeader(QWidget* parent = nullptr);
    void setLength(qint64 micros);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;

private:
    qint64 m_length = 1;
};

// Room at the right of a bar for its length in words.
constexpr double kBarRoom = 0.86;
// A round step of the ruler so that at most seven fit.
qint64 rulerStep(qint64 length);

}
