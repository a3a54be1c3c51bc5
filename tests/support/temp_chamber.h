#pragma once

#include "core/chamber/chamber.h"
#include "core/http/message.h"

#include <QTemporaryDir>

#include <memory>
#include <string>

namespace tests {

struct TempChamberOptions {
    bool paused = true; // the clock stands at `now` until a test moves it
    core::Micros now = 1'700'000'000 * core::kSecond;
    bool listening = true;
    bool verifySignatures = false;
    core::store::Durability durability = core::store::Durability::Relaxed;
};

// A chamber in a temporary folder, on a free port of the loopback. Ends the test program when it cannot
// start.
class TempChamber {
public:
    explicit TempChamber(TempChamberOptions options = {});
    explicit TempChamber(bool clockPaused)
        : TempChamber(TempChamberOptions{.paused = clockPaused})
    {
    }

    core::chamber::Chamber& operator*() { return *m_chamber; }
    core::chamber::Chamber& chamber() { return *m_chamber; }
    core::aws::Caller& caller() { return m_chamber->caller(); }
    core::chamber::Chamber* operator->() { return m_chamber.get(); }
    std::string endpoint() const { return m_chamber->endpoint(); }
    std::filesystem::path folder() const { return m_folder.path().toStdString() + "/test.chamber"; }

    // Over the socket. `request.target` is the path and query.
    core::http::Response send(core::http::Request request) const;
    core::http::Response get(const std::string& target) const;
    core::http::Response post(const std::string& target, std::string body) const;

    // Closes and opens the chamber again, as a restart of the program does.
    void reopen();
    void close() { m_chamber.reset(); }

private:
    TempChamberOptions m_options;
    QTemporaryDir m_folder;
    std::unique_ptr<core::chamber::Chamber> m_chamber;
};

}
