#include "core/chamber/local_pages.h"

#include "core/aws/json_text.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/chamber/track_json.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>

namespace core::chamber {

using nlohmann::json;

namespace {

constexpr std::int64_t kMostTracks = 1000;
constexpr double kLongestAdvance = 100.0 * 366 * 86'400; // seconds: a century

http::Response answer(const json& body, int status = 200)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.body = aws::writeJson(body);
    return response;
}

http::Response refusal(int status, const std::string& message)
{
    return answer({{"message", message}}, status);
}

http::Response wrongMethod(const std::string& allowed)
{
    auto response = refusal(405, "This address answers to " + allowed);
    response.headers.add("Allow", allowed);
    return response;
}

// "3600", 3600, "90s", "15m", "2h", "7d": seconds.
std::optional<double> readDuration(const json& value)
{
    if (value.is_number())
        return value.get<double>();
    if (!value.is_string())
        return std::nullopt;
    auto text = trimmed(value.get_ref<const std::string&>());
    double unit = 1;
    if (!text.empty()) {
        const auto found = std::string_view("smhd").find(text.back());
        static constexpr double kUnits[]{1, 60, 3600, 86'400};
        if (found != std::string_view::npos) {
            unit = kUnits[found];
            text.remove_suffix(1);
        }
    }
    const auto number = parseInteger(text);
    return number ? std::optional(static_cast<double>(*number) * unit) : std::nullopt;
}

struct ClockChange {
    bool pause = false;
    bool resume = false;
    std::optional<double> rate;
    std::optional<Micros> advance;
};

Result<bool> readSwitch(const std::string& name, const json& value)
{
    if (!value.is_boolean())
        return fail(ErrorKind::Invalid, "BadRequest", "'" + name + "' must be true or false");
    return value.get<bool>();
}

Result<> readMember(const std::string& name, const json& value, ClockChange& change)
{
    if (name == "pause") {
        CORE_TRY(change.pause, readSwitch(name, value));
    } else if (name == "resume") {
        CORE_TRY(change.resume, readSwitch(name, value));
    } else if (name == "rate") {
        if (!value.is_number() || !(value.get<double>() > 0) || value.get<double>() > 100'000)
            return fail(ErrorKind::Invalid, "BadRequest",
                "'rate' must be a number greater than 0 and at most 100000");
        change.rate = value.get<double>();
    } else if (name == "advance") {
        const auto seconds = readDuration(value);
        if (!seconds || !(*seconds >= 0) || *seconds > kLongestAdvance)
            return fail(ErrorKind::Invalid, "BadRequest",
                "'advance' must be seconds, or a text as \"90s\", \"15m\", \"2h\" or \"7d\"; not negative "
                "and at most a "
                "century");
        change.advance = static_cast<Micros>(std::llround(*seconds * 1e6));
    } else {
        return fail(ErrorKind::Invalid, "BadRequest",
            "'" + name + "' is not known; the clock takes 'pause', 'resume', 'rate' and 'advance'");
    }
    return {};
}

Result<ClockChange> readClockChange(const std::string& body)
{
    auto parsed = aws::parseJson(body);
    if (!parsed)
        return fail(ErrorKind::Invalid, "BadRequest", "The body is no JSON: " + parsed.error().message);
    if (!parsed->is_object() || parsed->empty())
        return fail(ErrorKind::Invalid, "BadRequest",
            "The body must be an object with 'pause', 'resume', 'rate' or 'advance'");
    ClockChange change;
    for (const auto& [name, value] : parsed->items())
        CORE_CHECK(readMember(name, value, change));
    if (change.pause && change.resume)
        return fail(ErrorKind::Invalid, "BadRequest", "'pause' and 'resume' exclude each other");
    return change;
}

}

ChamberPages::ChamberPages(Host host)
    : m_host(std::move(host))
{
}

http::Response ChamberPages::serve(const http::Request& request)
{
    auto path = request.path();
    const bool reads = request.method == "GET" || request.method == "HEAD";
    const bool posts = request.method == "POST";
    if (path == "/_localstack/health")
        path = "/_chamber/health";
    if (path == "/_chamber/health")
        return reads ? health(request) : wrongMethod("GET");
    if (path == "/_chamber/tracks")
        return reads ? tracks(request) : wrongMethod("GET");
    if (path.starts_with("/_chamber/tracks/"))
        return reads ? track(path.substr(std::string_view("/_chamber/tracks/").size())) : wrongMethod("GET");
    if (path == "/_chamber/clock")
        return reads ? showClock() : posts ? changeClock(request) : wrongMethod("GET, POST");
    if (path == "/_chamber/reset")
        return posts ? reset() : wrongMethod("POST");
    return refusal(404,
        "Nothing is at " + std::string(path)
            + "; there are /_chamber/health, /_chamber/tracks, /_chamber/clock and /_chamber/reset");
}

http::Response ChamberPages::health(const http::Request& /*request*/)
{
    json services = json::object();
    for (const auto* service : m_host.services())
        services[std::string(service->id())] = "running";
    return answer({{"status", "running"}, {"version", CHAMBER_VERSION}, {"name", m_host.name},
        {"region", m_host.region}, {"endpoint", m_host.endpoint()},
        {"uptimeSeconds", (realMicros() - m_startedAt) / kSecond}, {"services", std::move(services)}});
}

http::Response ChamberPages::tracks(const http::Request& request)
{
    std::int64_t limit = 100;
    std::uint64_t before = UINT64_MAX;
    for (const auto& [name, value] : http::parseQuery(request.rawQuery())) {
        const auto number = parseInteger(value);
        if (name == "limit" && number && *number >= 1 && *number <= kMostTracks)
            limit = *number;
        else if (name == "before" && number && *number >= 0)
            before = static_cast<std::uint64_t>(*number);
        else if (name == "limit")
            return refusal(400, "'limit' must be a number from 1 to " + std::to_string(kMostTracks));
        else if (name == "before")
            return refusal(400, "'before' must be the sequence of a track");
        else
            return refusal(400, "'" + name + "' is not known; tracks take 'limit' and 'before'");
    }
    json list = json::array();
    for (const auto& track : m_host.tracer.latest(static_cast<std::size_t>(limit), before))
        list.push_back(trackSummary(track));
    return answer({{"tracks", std::move(list)}, {"total", m_host.tracer.total()}});
}

http::Response ChamberPages::track(std::string_view id)
{
    const auto found = m_host.tracer.find(id);
    return found ? answer(trackJson(*found)) : refusal(404, "No track has the id '" + std::string(id) + "'");
}

http::Response ChamberPages::showClock()
{
    const auto state = m_host.clock.state();
    return answer({{"now", iso8601Millis(state.now)}, {"nowMicros", state.now}, {"rate", state.rate},
        {"paused", state.paused}});
}

http::Response ChamberPages::changeClock(const http::Request& request)
{
    const auto change = readClockChange(request.body);
    if (!change)
        return refusal(400, change.error().message);
    auto& clock = m_host.clock;
    if (change->pause)
        clock.pause();
    if (change->rate)
        clock.setRate(*change->rate);
    if (change->resume)
        clock.resume();
    if (change->advance)
        clock.advance(*change->advance);
    m_host.clockChanged();
    return showClock();
}

http::Response ChamberPages::reset()
{
    const auto done = m_host.reset();
    return done ? answer({{"status", "reset"}}) : refusal(500, done.error().message);
}

}
