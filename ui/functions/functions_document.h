#pragma once

#include "ui/bridge/engine_client.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

class QUndoStack;

namespace ui::bridge {
class EventBridge;
}

namespace ui::functions {

struct FunctionRow {
    QString name;
    QString runtime; // "python3.12"
    QString handler;
    QString description;
    int memory = 128; // MB
    int timeout = 3; // seconds
    QList<std::pair<QString, QString>> variables;
    friend bool operator==(const FunctionRow&, const FunctionRow&) = default;
};

struct FileRow {
    QString path;
    qint64 size = 0;
    friend bool operator==(const FileRow&, const FileRow&) = default;
};

struct RunRow {
    QString requestId = {};
    QString trackId = {};
    QString time = {};
    qint64 duration = 0; // microseconds
    qint64 init = -1; // -1: warm
    int billed = 0; // ms
    int peak = 0; // MB
    int memory = 0;
    QString error = {};
};

struct EnvironmentRow {
    QString id;
    QString state;
    int invocations = 0;
};

struct LogRow {
    QString id;
    QString time = {};
    QString text;
};

// What one Invoke gave.
struct RunAnswer {
    core::Result<std::string> payload;
    QString functionError;
    QString trackId = {};
    qint64 took = 0; // microseconds
};

// A file as it was read, or why it could not be.
struct FileText {
    QString path;
    core::Result<QString> text;
};

// Functions, the one that is open, its files, runs, environments and log lines, kept current by the chamber's
// events. Every change goes through the undo stack. UI thread.
class FunctionsDocument : public QObject {
    Q_OBJECT

public:
    FunctionsDocument(bridge::EngineClient& engine, bridge::EventBridge& events, QUndoStack& undo,
        QObject* parent = nullptr);

    const QList<FunctionRow>& functions() const { return m_functions; }
    const FunctionRow* current() const;
    QString currentName() const { return m_current; }
    const QList<FileRow>& files() const { return m_files; }
    const QList<RunRow>& runs() const { return m_runs; }
    const QList<EnvironmentRow>& environments() const { return m_environments; }
    const QList<LogRow>& log() const { return m_log; }
    bool running() const { return m_running; }

    void open(const QString& name);
    void readFile(const QString& path);
    // `before`: what the file held when it was read; undo writes it back.
    void saveFile(const QString& path, const QString& before, const QString& now);
    void setSettings(int memory, int timeout);
    void run(const QString& event, bool forceCold);
    void reload();

Q_SIGNALS:
    void functionsChanged();
    void currentChanged(); // another function is open
    void filesChanged();
    void runsChanged();
    void environmentsChanged();
    void logChanged();
    void fileRead(const ui::functions::FileText& file);
    void fileWritten(const QString& path, const QString& text);
    void runningChanged();
    void finished(const ui::functions::RunAnswer& answer);
    void failed(const core::Error& error);

private:
    void reloadCurrent();
    void reloadFiles();
    void reloadLog();
    void invoke(const QString& event);

    bridge::EngineClient& m_engine;
    QUndoStack& m_undo;
    QString m_current;
    QList<FunctionRow> m_functions;
    QList<FileRow> m_files;
    QList<RunRow> m_runs;
    QList<EnvironmentRow> m_environments;
    QList<LogRow> m_log;
    qint64 m_logFrom = 0; // ms: lines before it are of earlier runs
    bool m_running = false;
    QTimer m_soon;
};

}
