#pragma once

#include "core/aws/service.h"
#include "core/base/clock.h"
#include "core/trace/tracer.h"
#include "ui/bridge/engine.h"
#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"
#include "ui/bridge/resource_index.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/area.h"

#include <nlohmann/json_fwd.hpp>

#include <QUndoStack>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

// A Caller that answers from a table and remembers what it was asked. Any thread.
class FakeCaller : public core::aws::Caller {
public:
    using AnswerFn = std::function<core::Result<nlohmann::json>(const nlohmann::json& input)>;
    struct Asked {
        std::string service;
        std::string action;
        std::string input; // JSON
        std::string payload;
        bool quiet = false;
    };

    ~FakeCaller() override;
    void answer(const std::string& action, AnswerFn answer); // for every service
    void answer(const std::string& action, const nlohmann::json& fixed);
    std::vector<Asked> asked(const std::string& action) const;

    core::Result<core::aws::Reply> call(std::string_view service, std::string_view action,
        const nlohmann::json& input, const core::aws::CallOptions& options, std::string payload) override;
    core::Result<core::http::Response> fetch(
        std::string_view url, core::http::Request request, const core::aws::CallOptions& options) override;
    std::function<core::Result<core::http::Response>(std::string url, const core::http::Request&)> onFetch;

private:
    mutable std::mutex m_mutex;
    std::map<std::string, AnswerFn> m_answers;
    std::vector<Asked> m_asked;
};

class FakeNavigator : public ui::shell::Navigator {
public:
    void open(const ui::shell::ObjectRef& object) override { opened.push_back(object); }
    void selectTrack(const QString& trackId) override { track = trackId; }
    QString selectedTrack() const override { return track; }
    void toast(const QString&, ui::kit::Hue, const QString& title, const QString&, const QString&,
        std::function<void()> action) override
    {
        toasts.push_back(title);
        lastToastAction = std::move(action);
    }
    QString region() const override { return QStringLiteral("us-east-1"); }

    std::vector<ui::shell::ObjectRef> opened;
    QString track;
    QStringList toasts;
    std::function<void()> lastToastAction;
};

// All that an area needs, around a FakeCaller or an engine given (a real chamber's). The clock is paused.
//
//   UiBench bench;
//   bench.caller.answer("ListTables", {{"TableNames", {"Books"}}});
//   TablesArea area(bench.context);
class UiBench {
public:
    UiBench();
    explicit UiBench(ui::bridge::Engine engine);
    ~UiBench();

    FakeCaller caller;
    core::Clock clock;
    core::trace::Tracer tracer;
    core::Publisher<core::aws::ResourceChanged> changes;
    ui::bridge::EngineClient client;
    ui::bridge::EventBridge events;
    ui::bridge::ResourceIndex resources;
    QUndoStack undo;
    ui::shell::ActionCatalogue actions;
    FakeNavigator navigator;
    ui::shell::AreaContext context;

private:
    UiBench(std::nullptr_t, ui::bridge::Engine* given);
};

}
