#include "core/chamber/chamber_file.h"

#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace core::chamber {

using nlohmann::json;

namespace {

tl::unexpected<Error> damaged(const std::filesystem::path& path, const std::string& reason)
{
    return fail(ErrorKind::Invalid, "DamagedChamber",
        path.string() + " cannot be read: " + reason
            + ". Repair it or move it away; the data beside it is kept.");
}

}

ChamberFile::ChamberFile(std::filesystem::path folder)
    : m_path(std::move(folder) / "chamber.json")
{
}

Result<Clock::State> ChamberFile::readClock() const
{
    Clock::State state{realMicros(), 1, false};
    std::ifstream file(m_path);
    if (!file)
        return state;
    const auto content = json::parse(file, nullptr, false);
    if (!content.is_object())
        return damaged(m_path, "it is no JSON object");
    try {
        if (const auto format = content.value("format", 0); format != kFormat)
            return damaged(m_path,
                "its format is " + std::to_string(format) + ", this program knows "
                    + std::to_string(kFormat));
        const auto& clock = content.at("clock");
        const auto then = parseIso8601(clock.at("now").get<std::string>());
        if (!then)
            return damaged(m_path, "clock.now is no time");
        state.paused = clock.at("paused").get<bool>();
        state.rate = std::clamp(clock.at("rate").get<double>(), 0.001, 100'000.0);
        const Micros ahead = clock.at("aheadMicros").get<std::int64_t>();
        state.now = state.paused ? *then : std::max(*then, realMicros() + ahead);
    } catch (const json::exception& error) {
        return damaged(m_path, error.what());
    }
    return state;
}

Result<> ChamberFile::write(const std::string& name, const Clock::State& clock) const
{
    const json content{{"name", name}, {"format", kFormat},
        {"clock",
            {{"now", iso8601Millis(clock.now)}, {"rate", clock.rate}, {"paused", clock.paused},
                {"aheadMicros", clock.now - realMicros()}}}};
    auto temporary = m_path;
    temporary += ".new";
    {
        std::ofstream file(temporary, std::ios::trunc);
        file << content.dump(2) << '\n';
        if (!file.flush())
            return fail(ErrorKind::Io, "IoError", temporary.string() + " cannot be written");
    }
    std::error_code problem;
    std::filesystem::rename(temporary, m_path, problem);
    if (problem)
        return fail(ErrorKind::Io, "IoError", m_path.string() + " cannot be written: " + problem.message());
    return {};
}

}
