#pragma once

#include "core/trace/track.h"
#include "ui/api/api_value.h"
#include "ui/kit/decision_trace.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>

// What a track says about a call of an API.
namespace ui::api {

// One step of the gateway's pipeline in the last run.
struct StepRun {
    core::Micros took = 0;
    kit::TraceStep::Verdict verdict = kit::TraceStep::Verdict::Pass;
    QList<kit::TraceStep> decisions;
    bool cold = false; // the function had to start
};

struct RouteRun {
    QString trackId;
    quint64 sequence = 0; // of the track: a later one has a higher number
    QDateTime at; // the chamber's time
    core::Micros took = 0;
    int status = 0;
    QHash<QString, StepRun> steps; // by the pipeline's titles
};

// The run of the first API call in a track; no steps when it holds none.
RouteRun runOf(const core::trace::Track& track);
// The route that the track's call reached, as "GET /books/{isbn}", with the API's name before it; "" for
// none.
QString calledRoute(const core::trace::Track& track);
// All that the services on the way decided, in order of time.
QList<kit::TraceStep> decisionsOf(const core::trace::Track& track);

}
