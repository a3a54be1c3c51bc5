#pragma once

#include "core/http/message.h"
#include "core/trace/track.h"
#include "ui/api/api_value.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>
#include <utility>

class QObject;

namespace ui::bridge {
class EngineClient;
}

namespace ui::api {

using Fields = QList<std::pair<QString, QString>>;

// A request of the test client.
struct TestCall {
    QString apiId;
    QString stage; // "" runs the draft by TestInvokeMethod
    QString resourceId; // of the draft's method
    QString resourceMethod; // "GET", "ANY"
    QString method;
    QString path; // with the query, encoded
    Fields headers;
    QByteArray body;
};

struct TestAnswer {
    core::Result<core::http::Response> response;
    core::trace::Track track = {}; // empty id when none was left
    core::Micros took = 0;
};

// Sends it in process, as an SDK or a browser would reach the chamber, and finds its track. `done` comes on
// the UI thread, unless the receiver has died.
void sendTest(bridge::EngineClient& engine, QObject* receiver, const TestCall& call,
    std::function<void(const TestAnswer& answer)> done);

// The path with the values of its parameters, percent-encoded; a parameter without one stays in braces. The
// query is added.
QString filledPath(const QString& path, const Fields& parameters, const Fields& query);
// The address that a client outside would use: "/restapis/<id>/<stage>/_user_request_/books".
QString addressOf(const QString& apiId, const QString& stage, const QString& path);

}
