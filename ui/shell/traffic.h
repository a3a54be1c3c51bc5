#pragma once

#include <QList>
#include <QObject>
#include <QTimer>

namespace ui::bridge {
class EngineClient;
class EventBridge;
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

    Traffic(bridge::EngineClient& engine, bridge::EventBridge& events, QObject* parent = nullptr);
    const Numbers& numbers() const { return m_numbers; }

Q_SIGNALS:
    void changed();
    void errorsAppeared();

private:
    void read();
    void take(const Numbers& fresh);

    bridge::EngineClient& m_engine;
    Numbers m_numbers;
    QTimer m_timer;
    int m_idleReads = 0;
    bool m_reading = false;
};

}
