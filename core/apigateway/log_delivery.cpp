#include "core/apigateway/log_delivery.h"

#include "core/aws/json_text.h"
#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using nlohmann::json;

namespace {

constexpr std::size_t kMostWaiting = 65'536;
// What a PutLogEvents takes, where each event counts 26 bytes more than its text.
constexpr std::size_t kMostEvents = 10'000;
constexpr std::size_t kMostBytes = 1'000'000;
constexpr std::size_t kEventOverhead = 26;

// Bodies may be anything; what is no UTF-8 is replaced.
std::string loggable(std::string text)
{
    return isUtf8(text) ? std::move(text) : json::parse(aws::writeJson(json(text))).get<std::string>();
}

Result<> putEvents(aws::Caller& caller, const LogDelivery::Place& place, const json& events)
{
    const aws::CallOptions options{.region = place.region, .from = "apigateway", .quiet = true};
    const json stream{{"logGroupName", place.group}, {"logStreamName", place.stream}};
    auto input = stream;
    input["logEvents"] = events;
    auto put = caller.call("logs", "PutLogEvents", input, options);
    if (!put && put.error().kind == ErrorKind::NotFound) {
        // The first lines of a stage; somebody else may have made either meanwhile.
        if (place.makesGroup)
            (void)caller.call("logs", "CreateLogGroup", {{"logGroupName", place.group}}, options);
        (void)caller.call("logs", "CreateLogStream", stream, options);
        put = caller.call("logs", "PutLogEvents", input, options);
    }
    CORE_CHECK(std::move(put));
    return {};
}

}

bool LogDelivery::add(const Place& place, std::vector<Line> lines)
{
    const std::lock_guard guard(m_mutex);
    if (m_count + lines.size() > kMostWaiting)
        return false;
    m_count += lines.size();
    auto& waiting = m_waiting[place];
    waiting.insert(
        waiting.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
    if (!m_isRunning)
        m_isRunning = m_pool.post([this] { run(); });
    return true;
}

void LogDelivery::run()
{
    for (;;) {
        std::pair<Place, std::vector<Line>> next;
        {
            const std::lock_guard guard(m_mutex);
            if (m_waiting.empty()) {
                m_isRunning = false;
                return;
            }
            auto node = m_waiting.extract(m_waiting.begin());
            next = {std::move(node.key()), std::move(node.mapped())};
            m_count -= next.second.size();
        }
        put(next.first, std::move(next.second));
    }
}

void LogDelivery::put(const Place& place, std::vector<Line> lines)
{
    // Of calls that ran at once.
    std::stable_sort(
        lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.time < b.time; });
    for (std::size_t at = 0; at < lines.size();) {
        json events = json::array();
        std::size_t bytes = 0;
        for (; at < lines.size() && events.size() < kMostEvents; ++at) {
            bytes += lines[at].text.size() + kEventOverhead;
            if (bytes > kMostBytes && !events.empty())
                break;
            events.push_back({{"timestamp", lines[at].time / kMillisecond},
                {"message", loggable(std::move(lines[at].text))}});
        }
        if (const auto done = putEvents(m_caller, place, events); !done)
            log::warning("apigateway",
                std::to_string(events.size()) + " lines for log group " + place.group
                    + " were not written: " + done.error().message);
    }
}

std::string logStreamName(const std::string& apiId, const std::string& stage)
{
    return hex(sha256(apiId + "/" + stage)).substr(0, 32);
}

}
