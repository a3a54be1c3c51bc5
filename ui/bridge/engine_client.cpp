#include "ui/bridge/engine_client.h"

#include <nlohmann/json.hpp>

#include <QMetaObject>

namespace ui::bridge {

using core::aws::CallOptions;

EngineClient::EngineClient(Engine engine, QObject* parent)
    : QObject(parent)
    , m_engine(std::move(engine))
{
    // Calls wait for the core, they do not compute: more than the processor has cores is right.
    m_pool.setMaxThreadCount(12);
    m_pool.setExpiryTimeout(5'000);
    m_ordered.setMaxThreadCount(1);
    m_ordered.setExpiryTimeout(5'000);
}

EngineClient::~EngineClient()
{
    m_pool.clear();
    m_ordered.clear();
    m_pool.waitForDone();
    m_ordered.waitForDone();
}

QString EngineClient::region() const
{
    return QString::fromStdString(m_engine.region);
}

void EngineClient::setRegion(const QString& region)
{
    if (region == this->region())
        return;
    m_engine.region = region.toStdString();
    Q_EMIT regionChanged(region);
}

QString EngineClient::endpoint() const
{
    return QString::fromStdString(m_engine.endpoint);
}

CallOptions EngineClient::options(bool quiet) const
{
    CallOptions options;
    options.region = m_engine.region;
    options.quiet = quiet;
    return options;
}

void EngineClient::call(QObject* receiver, const QString& service, const QString& action,
    const nlohmann::json& input, AnswerFn done)
{
    callJson(receiver, service, action, input, false, std::move(done));
}

void EngineClient::refresh(QObject* receiver, const QString& service, const QString& action,
    const nlohmann::json& input, AnswerFn done)
{
    callJson(receiver, service, action, input, true, std::move(done));
}

void EngineClient::callJson(QObject* receiver, const QString& service, const QString& action,
    const nlohmann::json& input, bool quiet, AnswerFn done)
{
    auto work = [&caller = m_engine.caller, service = service.toStdString(), action = action.toStdString(),
                    input, callOptions = options(quiet)]() -> Answer {
        auto reply = caller.call(service, action, input, callOptions);
        if (!reply)
            return core::fail(std::move(reply).error());
        return reply->json();
    };
    run(receiver, std::move(work), std::move(done));
}

void EngineClient::send(QObject* receiver, const QString& service, const QString& action,
    const nlohmann::json& input, std::string payload, std::function<void(const Sent&)> done)
{
    auto work = [&engine = m_engine, region = m_engine.region, service = service.toStdString(),
                    action = action.toStdString(), input, payload = std::move(payload)]() mutable {
        const auto start = core::steadyMicros();
        // The call's own track is opened here, so that its id is known before the call ends.
        auto span = engine.tracer.open(
            {.method = "", .path = action, .from = "workbench", .service = service, .name = action});
        CallOptions callOptions;
        callOptions.region = region;
        callOptions.parent = &span;
        Sent sent{engine.caller.call(service, action, input, callOptions, std::move(payload)), {}, 0};
        sent.trackId = QString::fromStdString(span.trackId());
        sent.took = core::steadyMicros() - start;
        if (!sent.reply)
            span.fail(sent.reply.error());
        return sent;
    };
    run(receiver, std::move(work), std::move(done));
}

void EngineClient::fetch(QObject* receiver, const QString& url, core::http::Request request,
    const QString& from, std::function<void(const Fetched&)> done)
{
    auto work = [&engine = m_engine, region = m_engine.region, url = url.toStdString(),
                    request = std::move(request), from = from.toStdString()]() mutable {
        const auto start = core::steadyMicros();
        auto path = url;
        if (const auto scheme = path.find("://"); scheme != std::string::npos) {
            const auto slash = path.find('/', scheme + 3);
            path = slash == std::string::npos ? "/" : path.substr(slash);
        }
        auto span = engine.tracer.open(
            {.method = request.method, .path = path, .from = from, .service = "client", .name = "request"});
        CallOptions callOptions;
        callOptions.region = region;
        callOptions.parent = &span;
        callOptions.from = from;
        Fetched fetched{engine.caller.fetch(url, std::move(request), callOptions), {}, 0};
        fetched.trackId = QString::fromStdString(span.trackId());
        fetched.took = core::steadyMicros() - start;
        if (fetched.response)
            span.setStatus(fetched.response->status);
        else
            span.fail(fetched.response.error());
        return fetched;
    };
    run(receiver, std::move(work), std::move(done));
}

int EngineClient::running() const
{
    return m_pool.activeThreadCount() + m_ordered.activeThreadCount();
}

void EngineClient::deliver(std::function<void()> onUiThread)
{
    // `this` lives on the UI thread and waits for the pool in its destructor, so it is there.
    QMetaObject::invokeMethod(this, std::move(onUiThread), Qt::QueuedConnection);
}

}
