#pragma once

#include "core/base/clock.h"

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace core::events {

// When a rule fires: rate(5 minutes), or cron(0 10 ? * MON-FRI *) in AWS's dialect: six fields, one of the
// two for days is "?", L, W and # as in Quartz, UTC, to the minute. A value; pure.
class Schedule {
public:
    // Nothing for what EventBridge does not take.
    static std::optional<Schedule> parse(std::string_view expression);

    // The first moment after `after`; a rate counts from `anchor`. Nothing when there is none any more.
    std::optional<Micros> next(Micros after, Micros anchor) const;

private:
    struct WeekdayRule {
        int weekday = 0; // 1 is Sunday
        int number = 0; // the nth of the month; 0: the last
    };

    bool parseCron(std::string_view fields);
    bool parseDays(std::string_view text);
    bool parseWeekdays(std::string_view text);
    bool matchesDay(int year, int month, int day) const;
    bool matchesMonthday(int year, int month, int day) const;
    bool matchesWeekday(int year, int month, int day) const;

    Micros m_interval = 0; // of a rate
    std::bitset<60> m_minutes;
    std::bitset<24> m_hours;
    std::bitset<13> m_months;
    std::bitset<230> m_years; // from 1970
    bool m_byWeekday = false;
    std::bitset<32> m_days;
    bool m_lastDay = false; // L
    bool m_lastWorkday = false; // LW
    std::vector<int> m_nearWorkdays; // 15W
    std::bitset<8> m_weekdays;
    std::vector<WeekdayRule> m_weekdayRules; // 6L, 6#3
};

}
