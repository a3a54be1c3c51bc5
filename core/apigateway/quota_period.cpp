#include "core/apigateway/quota_period.h"

#include "core/base/text.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace core::apigateway {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr Micros kDay = 86'400 * kSecond;

sys_days calendarDay(DayNumber day)
{
    return sys_days(days(day));
}

DayNumber number(sys_days day)
{
    return day.time_since_epoch().count();
}

// 1970-01-01 was a Thursday: the Sunday before it is day -4.
DayNumber weekBegin(DayNumber day, int offset)
{
    const auto sinceBegin = ((day + 4 - offset) % 7 + 7) % 7;
    return day - sinceBegin;
}

DayNumber monthBegin(DayNumber day, int offset)
{
    const year_month_day today(calendarDay(day));
    const auto first = today.year() / today.month() / 1;
    const auto begin = number(sys_days(first)) + offset;
    if (begin <= day)
        return begin;
    return number(sys_days(first - std::chrono::months(1))) + offset;
}

}

DayNumber dayOf(Micros moment)
{
    return moment >= 0 ? moment / kDay : (moment - kDay + 1) / kDay;
}

std::string dateText(DayNumber day)
{
    const year_month_day date(calendarDay(day));
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

std::optional<DayNumber> parseDate(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || text.find('+') != text.npos)
        return std::nullopt;
    const auto year = parseInteger(text.substr(0, 4));
    const auto month = parseInteger(text.substr(5, 2));
    const auto day = parseInteger(text.substr(8, 2));
    if (!year || !month || !day || *month < 1 || *day < 1)
        return std::nullopt;
    const year_month_day date(std::chrono::year(static_cast<int>(*year)),
        std::chrono::month(static_cast<unsigned>(*month)), std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok())
        return std::nullopt;
    return number(sys_days(date));
}

DayNumber periodBegin(const Quota& quota, DayNumber day)
{
    switch (quota.period) {
    case Quota::Period::Week:
        return weekBegin(day, quota.offset);
    case Quota::Period::Month:
        return monthBegin(day, quota.offset);
    case Quota::Period::Day:
        break;
    }
    return day;
}

}
