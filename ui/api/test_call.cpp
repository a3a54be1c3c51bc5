#include "ui/api/test_call.h"

#include "ui/bridge/engine_client.h"

#include <nlohmann/json.hpp>

#include <QUrl>

namespace ui::api {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

// Finds what the call left before it hands the answer over.
void answerWithTrack(bridge::EngineClient& engine, QObject* receiver, TestAnswer answer,
    const QString& trackId, const std::function<void(const TestAnswer&)>& done)
{
    engine.run(
        receiver,
        [&tracer = engine.engine().tracer, id = trackId.toStdString(), answer = std::move(answer)]() mutable {
            if (auto track = tracer.find(id))
                answer.track = *std::move(track);
            return answer;
        },
        done);
}

core::Result<core::http::Response> responseOf(const core::Result<core::aws::Reply>& reply)
{
    if (!reply)
        return core::fail(reply.error());
    const auto answer = reply->json();
    core::http::Response response;
    response.status = answer.value("status", 0);
    response.body = answer.value("body", "");
    const auto headers = answer.value("multiValueHeaders", json::object());
    for (const auto& [name, values] : headers.items()) {
        for (const auto& value : values)
            response.headers.add(name, value.get<std::string>());
    }
    return response;
}

json testInput(const TestCall& call)
{
    json input{{"restApiId", call.apiId.toStdString()}, {"resourceId", call.resourceId.toStdString()},
        {"httpMethod", call.resourceMethod.toStdString()}, {"pathWithQueryString", call.path.toStdString()},
        {"headers", json::object()}, {"multiValueHeaders", json::object()}};
    if (!call.body.isEmpty())
        input["body"] = call.body.toStdString();
    for (const auto& [name, value] : call.headers)
        input["multiValueHeaders"][name.toStdString()].push_back(value.toStdString());
    return input;
}

QString encoded(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

}

void sendTest(bridge::EngineClient& engine, QObject* receiver, const TestCall& call,
    std::function<void(const TestAnswer&)> done)
{
    if (call.stage.isEmpty()) {
        engine.send(receiver, u"apigateway"_s, u"TestInvokeMethod"_s, testInput(call), {},
            [&engine, receiver, done = std::move(done)](const bridge::EngineClient::Sent& sent) {
                answerWithTrack(
                    engine, receiver, {responseOf(sent.reply), {}, sent.took}, sent.trackId, done);
            });
        return;
    }
    core::http::Request request;
    request.method = call.method.toStdString();
    for (const auto& [name, value] : call.headers)
        request.headers.add(name.toStdString(), value.toStdString());
    request.body = call.body.toStdString();
    const auto path = u'/' + call.stage + call.path;
    request.target = path.toStdString();
    engine.fetch(receiver, u"http://%1.execute-api.localhost%2"_s.arg(call.apiId, path), std::move(request),
        u"workbench"_s,
        [&engine, receiver, done = std::move(done)](const bridge::EngineClient::Fetched& fetched) {
            answerWithTrack(engine, receiver, {fetched.response, {}, fetched.took}, fetched.trackId, done);
        });
}

QString filledPath(const QString& path, const Fields& parameters, const Fields& query)
{
    auto filled = path;
    for (const auto& [name, value] : parameters) {
        if (value.isEmpty())
            continue;
        // A {name+} takes several parts, so its slashes stay.
        filled.replace(u'{' + name + u"+}"_s,
            QString::fromLatin1(QUrl::toPercentEncoding(value, QByteArrayLiteral("/"))));
        filled.replace(u'{' + name + u'}', encoded(value));
    }
    QStringList pairs;
    for (const auto& [name, value] : query) {
        if (!name.isEmpty())
            pairs.append(encoded(name) + u'=' + encoded(value));
    }
    return pairs.isEmpty() ? filled : filled + u'?' + pairs.join(u'&');
}

QString addressOf(const QString& apiId, const QString& stage, const QString& path)
{
    return u"/restapis/%1/%2/_user_request_%3"_s.arg(apiId, stage, path);
}

}
