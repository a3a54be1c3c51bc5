#pragma once

#include "core/trace/track.h"
#include "ui/kit/decision_trace.h"
#include "ui/kit/roles.h"

#include <QList>
#include <QString>

namespace ui::bridge {

// A track in a line: what lists of tracks show. A value.
struct TrackRow {
    QString id;
    quint64 sequence = 0;
    QString time; // "14:03:26.418" on the chamber's clock, UTC
    qint64 startedAt = 0; // microseconds on the chamber's clock
    QString method;
    QString path;
    int status = 0;
    qint64 duration = 0; // real microseconds; -1 while it runs
    QList<kit::SpectrumPart> parts;
    QString from;
    QString note;
    bool cold = false;
    bool failed = false; // 5xx or an error in its root
    QStringList services; // every service that it crossed
    QStringList resources; // "lambda/place-order"
};

TrackRow trackRow(const core::trace::Track& track);

// Time that each service spent itself: a span's length without its children's, in order of their starts.
QList<kit::SpectrumPart> selfTimes(const core::trace::Track& track);

// A decision as the workbench shows it, with its time since the track began.
kit::TraceStep traceStep(const core::trace::Step& step);

// "214 ms", "0.4 ms", "1.2 s".
QString milliseconds(qint64 micros);
// "14:03:26.418"
QString clockTime(qint64 micros);

// Whether a row fits a filter: words of path, method, from and note; "status:5xx", "path:/orders",
// "slower:100ms", "from:tokyo". All words must fit; an unknown prefix is a plain word.
bool fits(const TrackRow& row, const QString& filter);

}

Q_DECLARE_METATYPE(ui::bridge::TrackRow)
