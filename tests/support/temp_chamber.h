#pragma once

#include "core/chamber/chamber.h"

#include <memory>
#include <string>

namespace tests {

// A chamber in memory, serving on a free port of the loopback; ends with the object. Throws when it cannot be opened.
class TempChamber {
public:
    explicit TempChamber(bool clockPaused = false);
    ~TempChamber();

    core::chamber::Chamber& chamber() { return *m_chamber; }
    core::aws::Caller& caller() { return m_chamber->caller(); }
    std::string endpoint() const { return m_chamber->endpoint(); }

private:
    std::unique_ptr<core::chamber::Chamber> m_chamber;
};

}
