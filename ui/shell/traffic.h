#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

namespace ui::bridge {
class EngineClient;
class EventBridge;
struct Engine;
}

namespace ui::shell {

// Rate, median duration and errors of the chamber's requests, from its latest tracks. Reads once a second
// while there is traffic, and not at all when there is none. UI thread.
class Traffic : public QObject {
    Q_OBJECT

public:
    struct Numbers {
        double perSecond = 0; // over the last ten seconds
        double p50Ms = -1; // of the last five minutes; -1 without requests
        int errors = 0; // 5xx and failed ones of the last five minutes
        quint64 total = 0;
        friend bool operator==(const Numbers&, const Numbers&) = default;
    };

    // Something that works with less than AWS does, and was used (law 4 writes it into the track).
    struct Simplified {
        QString service; // "cloudfront"
        QString what; // an action or a member of its input
        QString note; // what it does less
    };

    Traffic(bridge::EngineClient& engine, bridge::EventBridge& events, QObject* parent = nullptr);
    const Numbers& numbers() const { return m_numbers; }
    // Each once, in the order of its first use since the chamber was opened.
    const QList<Simplified>& simplified() const { return m_simplified; }

Q_SIGNALS:
    void changed();
    void errorsAppeared();
    void simplifiedAppeared();

private:
    struct Reading {
        Numbers numbers;
        QList<Simplified> simplified;
        quint64 readTo = 0; // sequence: tracks up to it need no further look
    };
    static Reading measure(const bridge::Engine& engine, quint64 readTo);
    void read();
    void take(const Reading& reading);

    bridge::EngineClient& m_engine;
    Numbers m_numbers;
    QList<Simplified> m_simplified;
    quint64 m_readTo = 0;
    QTimer m_timer;
    int m_idleReads = 0;
    bool m_reading = false;
};

}
