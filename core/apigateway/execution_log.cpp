#include "core/apigateway/execution_log.h"

#include "core/base/text.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace core::apigateway {

std::string logTime(Micros moment)
{
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto seconds = static_cast<std::time_t>(moment / kSecond);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s %s %02d %02d:%02d:%02d UTC %d",
        kDays[static_cast<std::size_t>(parts.tm_wday)], kMonths[static_cast<std::size_t>(parts.tm_mon)],
        parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, parts.tm_year + 1900);
    return text.data();
}

void ExecutionLog::line(std::string text, Kind kind)
{
    m_lines.push_back({m_clock.now(), kind, std::move(text)});
}

std::string ExecutionLog::text() const
{
    std::string all;
    for (const auto& line : m_lines)
        all += (all.empty() ? line.text : logTime(line.time) + " : " + line.text) + "\n";
    return all;
}

std::string maskedSecret(std::string_view secret)
{
    constexpr std::size_t kShown = 6;
    if (secret.size() <= kShown)
        return std::string(secret.size(), '*');
    return std::string(secret.size() - kShown, '*') + std::string(secret.substr(secret.size() - kShown));
}

std::string logRequestHeaders(const http::Headers& headers)
{
    std::string text = "{";
    for (const auto& [name, value] : headers) {
        const bool isSecret = equalsIgnoreCase(name, "Authorization") || equalsIgnoreCase(name, "x-api-key")
            || equalsIgnoreCase(name, "X-Amz-Security-Token");
        text += (text.size() > 1 ? ", " : "") + name + "=" + (isSecret ? maskedSecret(value) : value);
    }
    return text + "}";
}

}
