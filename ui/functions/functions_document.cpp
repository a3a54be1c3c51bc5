#include "ui/functions/functions_document.h"

#include "core/base/clock.h"
#include "core/http/message.h"
#include "ui/bridge/call_command.h"
#include "ui/bridge/event_bridge.h"
#include "ui/bridge/track_row.h"

#include <nlohmann/json.hpp>

#include <QUndoStack>

#include <algorithm>

namespace ui::functions {

using namespace Qt::StringLiterals;
using bridge::Call;
using bridge::CallCommand;
using nlohmann::json;

namespace {

QString text(const json& value, const char* member)
{
    return QString::fromStdString(value.value(member, ""));
}

FunctionRow functionOf(const json& value)
{
    FunctionRow row{text(value, "FunctionName"), text(value, "Runtime"), text(value, "Handler"),
        text(value, "Description"), value.value("MemorySize", 128), value.value("Timeout", 3), {}};
    const auto variables = value.value("Environment", json::object()).value("Variables", json::object());
    for (const auto& [name, entry] : variables.items())
        row.variables.append(
            {QString::fromStdString(name), QString::fromStdString(entry.get<std::string>())});
    return row;
}

RunRow runOf(const json& value)
{
    return {text(value, "RequestId"), text(value, "TrackId"),
        bridge::clockTime(value.value("WhenMicros", qint64(0))).left(8),
        value.value("DurationMicros", qint64(0)), value.value("InitMicros", qint64(-1)),
        value.value("BilledMillis", 0), value.value("MaxMemoryMB", 0), value.value("MemoryMB", 0),
        text(value, "ErrorType")};
}

json named(const QString& function)
{
    return {{"FunctionName", function.toStdString()}};
}

}

FunctionsDocument::FunctionsDocument(
    bridge::EngineClient& engine, bridge::EventBridge& events, QUndoStack& undo, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_undo(undo)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(120);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        reloadCurrent();
        reloadLog();
    });
    events.watch(this, u"lambda"_s, [this](const bridge::ResourceChange& change) {
        if (!change.data)
            reload();
        m_soon.start();
    });
    events.watch(this, u"logs"_s, [this](const bridge::ResourceChange& change) {
        if (change.resource.contains(m_current) && !m_soon.isActive())
            m_soon.start();
    });
}

const FunctionRow* FunctionsDocument::current() const
{
    const auto found = std::find_if(m_functions.begin(), m_functions.end(),
        [this](const FunctionRow& row) { return row.name == m_current; });
    return found == m_functions.end() ? nullptr : &*found;
}

void FunctionsDocument::reload()
{
    m_engine.refresh(this, u"lambda"_s, u"ListFunctions"_s, json::object(), [this](const auto& answer) {
        if (!answer)
            return Q_EMIT failed(answer.error());
        m_functions.clear();
        for (const auto& entry : answer->value("Functions", json::array()))
            m_functions.append(functionOf(entry));
        if (!current()) {
            m_current.clear();
            if (!m_functions.isEmpty())
                open(m_functions.first().name);
        }
        Q_EMIT functionsChanged();
    });
    if (!m_current.isEmpty())
        reloadFiles();
}

void FunctionsDocument::open(const QString& name)
{
    if (m_current == name)
        return;
    m_current = name;
    m_files.clear();
    m_runs.clear();
    m_environments.clear();
    m_log.clear();
    m_logFrom = m_engine.engine().clock.now() / core::kMillisecond;
    Q_EMIT currentChanged();
    reloadFiles();
    reloadCurrent();
}

void FunctionsDocument::reloadFiles()
{
    m_engine.refresh(
        this, u"lambda"_s, u"ListFiles"_s, named(m_current), [this, name = m_current](const auto& answer) {
            if (!answer || name != m_current)
                return;
            QList<FileRow> files;
            for (const auto& entry : answer->value("Files", json::array())) {
                if (!entry.value("IsFolder", false))
                    files.append({text(entry, "Path"), entry.value("Size", qint64(0))});
            }
            m_files = files;
            Q_EMIT filesChanged();
        });
}

void FunctionsDocument::reloadCurrent()
{
    if (m_current.isEmpty())
        return;
    m_engine.refresh(
        this, u"lambda"_s, u"ListRuns"_s, named(m_current), [this, name = m_current](const auto& answer) {
            if (!answer || name != m_current)
                return;
            m_runs.clear();
            for (const auto& entry : answer->value("Runs", json::array()))
                m_runs.append(runOf(entry));
            Q_EMIT runsChanged();
        });
    m_engine.refresh(this, u"lambda"_s, u"ListEnvironments"_s, named(m_current),
        [this, name = m_current](const auto& answer) {
            if (!answer || name != m_current)
                return;
            m_environments.clear();
            for (const auto& entry : answer->value("Environments", json::array()))
                m_environments.append(
                    {text(entry, "Id"), text(entry, "State"), entry.value("Invocations", 0)});
            Q_EMIT environmentsChanged();
        });
}

void FunctionsDocument::reloadLog()
{
    if (m_current.isEmpty())
        return;
    const json input{
        {"logGroupName", "/aws/lambda/" + m_current.toStdString()}, {"startTime", m_logFrom}, {"limit", 500}};
    m_engine.refresh(
        this, u"logs"_s, u"FilterLogEvents"_s, input, [this, name = m_current](const auto& answer) {
            // The group appears with the first run; before it there is nothing to show.
            if (!answer || name != m_current)
                return;
            m_log.clear();
            for (const auto& entry : answer->value("events", json::array()))
                m_log.append(
                    {text(entry, "eventId"), bridge::clockTime(entry.value("timestamp", qint64(0)) * 1000),
                        text(entry, "message").trimmed()});
            Q_EMIT logChanged();
        });
}

void FunctionsDocument::readFile(const QString& path)
{
    auto input = named(m_current);
    input["Path"] = path.toStdString();
    m_engine.refresh(
        this, u"lambda"_s, u"ReadFile"_s, input, [this, path, name = m_current](const auto& answer) {
            if (name != m_current)
                return;
            if (!answer)
                return Q_EMIT fileRead({path, core::fail(answer.error())});
            if (!answer->contains("Content"))
                return Q_EMIT fileRead({path,
                    core::fail(core::ErrorKind::Invalid, "NotText",
                        tr("%1 is no text file.").arg(path).toStdString())});
            Q_EMIT fileRead({path, text(*answer, "Content")});
        });
}

void FunctionsDocument::saveFile(const QString& path, const QString& before, const QString& now)
{
    auto back = named(m_current);
    back["Path"] = path.toStdString();
    auto forward = back;
    back["Content"] = before.toStdString();
    forward["Content"] = now.toStdString();
    m_undo.push(new CallCommand(m_engine, tr("Save %1").arg(path), {{u"lambda"_s, u"WriteFile"_s, forward}},
        {{u"lambda"_s, u"WriteFile"_s, back}}, this,
        [this, path, before, now](const core::Result<>& result, bool undone) {
            if (!result)
                return Q_EMIT failed(result.error());
            Q_EMIT fileWritten(path, undone ? before : now);
        }));
}

void FunctionsDocument::setSettings(int memory, int timeout)
{
    const auto* shown = current();
    if (!shown || (shown->memory == memory && shown->timeout == timeout))
        return;
    auto forward = named(m_current);
    auto back = forward;
    forward["MemorySize"] = memory;
    forward["Timeout"] = timeout;
    back["MemorySize"] = shown->memory;
    back["Timeout"] = shown->timeout;
    m_undo.push(new CallCommand(m_engine, tr("Set up %1").arg(m_current),
        {{u"lambda"_s, u"UpdateFunctionConfiguration"_s, forward}},
        {{u"lambda"_s, u"UpdateFunctionConfiguration"_s, back}}, this,
        [this](const core::Result<>& result, bool) {
            if (!result)
                Q_EMIT failed(result.error());
            reload();
        }));
}

void FunctionsDocument::run(const QString& event, bool forceCold)
{
    if (m_running || m_current.isEmpty())
        return;
    m_running = true;
    m_logFrom = m_engine.engine().clock.now() / core::kMillisecond;
    m_log.clear();
    Q_EMIT logChanged();
    Q_EMIT runningChanged();
    if (!forceCold)
        return invoke(event);
    m_engine.refresh(this, u"lambda"_s, u"EndEnvironments"_s, named(m_current),
        [this, event](const auto&) { invoke(event); });
}

void FunctionsDocument::invoke(const QString& event)
{
    m_engine.send(this, u"lambda"_s, u"Invoke"_s, named(m_current), event.toStdString(),
        [this](const bridge::EngineClient::Sent& sent) {
            m_running = false;
            RunAnswer answer{std::string(), {}, sent.trackId, sent.took};
            if (sent.reply) {
                answer.payload = sent.reply->body;
                const auto error = sent.reply->headers.get("X-Amz-Function-Error");
                answer.functionError = QString::fromUtf8(error.data(), qsizetype(error.size()));
            } else {
                answer.payload = core::fail(sent.reply.error());
            }
            reloadCurrent();
            reloadLog();
            Q_EMIT runningChanged();
            Q_EMIT finished(answer);
        });
}

}
