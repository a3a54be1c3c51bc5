#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace core::chamber {

// chamber.json: what a person reads first in a chamber's folder, and where the clock's state outlives the
// program. Written to a temporary name and renamed, so that there is always a whole one.
class ChamberFile {
public:
    static constexpr int kFormat = 1;

    explicit ChamberFile(std::filesystem::path folder);

    // The clock as it stood, carried on to now: a clock that ran ahead of real time is as far ahead again, a
    // paused one stands where it stood. Real time when there is no file. Errors: Invalid for a file that is
    // damaged or of a later format.
    Result<Clock::State> readClock() const;
    Result<> write(const std::string& name, const Clock::State& clock) const;

private:
    std::filesystem::path m_path;
};

}
