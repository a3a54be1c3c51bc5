#pragma once

#include "core/base/result.h"
#include "core/http/message.h"
#include "ui/bridge/engine.h"

#include <nlohmann/json_fwd.hpp>

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QPromise>
#include <QString>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <type_traits>

namespace ui::bridge {

// The one way from the window to the core: work runs on a pool, its answer comes back on the UI thread and is
// dropped when the receiver has died by then. Nothing here waits except the destructor, which lets running
// work end.
//
//   engine.call(this, "dynamodb", "DescribeTable", {{"TableName", name}}, [this](const auto& answer) {
//       if (!answer) return showError(answer.error());
//       show(answer->at("Table"));
//   });                                  // leaves a track, as from an SDK
//   engine.refresh(this, …same…);        // leaves none: lists and refreshes of the workbench
//   engine.run(this, [] { return work(); }, [this](const Result<T>& result) {…});   // anything else that may
//   block engine.run([] { return work(); }).then(this, …);                                // the same as a
//   QFuture
class EngineClient : public QObject {
    Q_OBJECT

public:
    using Answer = core::Result<nlohmann::json>;
    using AnswerFn = std::function<void(const core::Result<nlohmann::json>&)>;

    // A call and what became of it, for test clients and consoles.
    struct Sent {
        core::Result<core::aws::Reply> reply;
        QString trackId;
        core::Micros took = 0;
    };
    struct Fetched {
        core::Result<core::http::Response> response;
        QString trackId;
        core::Micros took = 0;
    };

    explicit EngineClient(Engine engine, QObject* parent = nullptr);
    ~EngineClient() override;

    const Engine& engine() const { return m_engine; }
    QString region() const;
    void setRegion(const QString& region);
    QString endpoint() const;

    void call(QObject* receiver, const QString& service, const QString& action, const nlohmann::json& input,
        AnswerFn done);
    void refresh(QObject* receiver, const QString& service, const QString& action,
        const nlohmann::json& input, AnswerFn done);
    // With a payload (an Invoke's event, an object's bytes), the whole reply, and the track it left.
    void send(QObject* receiver, const QString& service, const QString& action, const nlohmann::json& input,
        std::string payload, std::function<void(const Sent&)> done);
    // An HTTP request to any URL; the chamber's own hosts are served in process.
    void fetch(QObject* receiver, const QString& url, core::http::Request request, const QString& from,
        std::function<void(const Fetched&)> done);

    template <typename Work> QFuture<std::invoke_result_t<Work>> run(Work work)
    {
        auto promise = std::make_shared<QPromise<std::invoke_result_t<Work>>>();
        promise->start();
        auto future = promise->future();
        m_pool.start([promise, work = std::move(work)]() mutable {
            promise->addResult(work());
            promise->finish();
        });
        return future;
    }

    template <typename Work, typename Done> void run(QObject* receiver, Work work, Done done)
    {
        startOn(m_pool, receiver, std::move(work), std::move(done));
    }

    // The same, one after the other: changes, whose order matters to undo and redo.
    template <typename Work, typename Done> void runInOrder(QObject* receiver, Work work, Done done)
    {
        startOn(m_ordered, receiver, std::move(work), std::move(done));
    }

    int running() const; // for the status bar

Q_SIGNALS:
    void regionChanged(const QString& region);

private:
    core::aws::CallOptions options(bool quiet) const;
    void callJson(QObject* receiver, const QString& service, const QString& action,
        const nlohmann::json& input, bool quiet, AnswerFn done);
    void deliver(std::function<void()> onUiThread);

    template <typename Work, typename Done>
    void startOn(QThreadPool& pool, QObject* receiver, Work work, Done done)
    {
        using Value = std::invoke_result_t<Work>;
        pool.start([this, guard = QPointer<QObject>(receiver), task = std::move(work),
                       answer = std::move(done)]() mutable {
            auto value = std::make_shared<Value>(task());
            deliver([guard, value, take = std::move(answer)]() mutable {
                if (guard)
                    take(*value);
            });
        });
    }

    Engine m_engine;
    QThreadPool m_pool;
    QThreadPool m_ordered;
};

}
