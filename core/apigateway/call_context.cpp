#include "core/apigateway/call_context.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace core::apigateway {

namespace {

template <typename Pairs> std::string braced(const Pairs& pairs)
{
    std::string text = "{";
    for (const auto& [name, value] : pairs) {
        if (text.size() > 1)
            text += ", ";
        text += name + "=" + value;
    }
    return text + "}";
}

}

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

void ExecutionLog::line(const std::string& text)
{
    if (m_text.empty())
        m_text = text + "\n";
    else
        m_text += logTime(m_clock.now()) + " : " + text + "\n";
}

std::string CallContext::fullPath() const
{
    if (isTest)
        return path();
    if (address.isCustomDomain)
        return address.basePath.empty() ? path() : "/" + address.basePath + path();
    return "/" + address.stage + address.path;
}

std::string CallContext::path() const
{
    const auto begin = address.path.find_first_not_of('/');
    return begin == std::string::npos ? "/" : "/" + address.path.substr(begin);
}

void CallContext::step(std::string title, std::string detail, trace::Verdict verdict)
{
    span.step(std::move(title), std::move(detail), verdict);
}

void CallContext::logLine(const std::string& text)
{
    if (log)
        log->line(text);
}

std::string shownBody(const std::string& body)
{
    constexpr std::size_t kShown = 2048;
    auto text = body.substr(0, kShown);
    if (body.size() > kShown)
        text += " … (" + std::to_string(body.size()) + " bytes)";
    return text;
}

std::string logMap(const http::Headers& fields)
{
    return braced(fields);
}

std::string logMap(const StringMap& values)
{
    return braced(values);
}

}
