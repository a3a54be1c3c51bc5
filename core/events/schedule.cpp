#include "core/events/schedule.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

namespace core::events {

namespace {

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2199;
constexpr Micros kMinute = 60 * kSecond;
constexpr Micros kEnd = 7'258'118'400 * kSecond; // 2200-01-01

constexpr std::array<std::string_view, 12> kMonths = {
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> kWeekdays = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

// The bounds of a field, and the names that stand for its numbers.
struct Field {
    int low;
    int high;
    const std::string_view* names = nullptr;
    int nameCount = 0;
};

std::optional<int> numberOf(std::string_view text, const Field& field)
{
    for (int i = 0; i < field.nameCount; ++i) {
        if (equalsIgnoreCase(text, field.names[i]))
            return field.low + i;
    }
    if (text.empty() || text.size() > 4
        || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const auto number = static_cast<int>(*parseInteger(text));
    return number >= field.low && number <= field.high ? std::optional(number) : std::nullopt;
}

// "*", "5", "1-5", "*/10", "0/15", "MON-FRI/2"; a range whose end is less than its begin goes over the end.
template <typename Set> bool addPart(std::string_view part, const Field& field, const Set& set)
{
    std::optional<int> step;
    if (const auto slash = part.find('/'); slash != std::string_view::npos) {
        step = numberOf(part.substr(slash + 1), Field{1, field.high, nullptr, 0});
        if (!step)
            return false;
        part = part.substr(0, slash);
    }
    int from = field.low;
    int to = field.high;
    if (part != "*" && !(part.empty() && step)) {
        const auto dash = part.find('-');
        const auto first = numberOf(part.substr(0, dash), field);
        const auto last = dash == std::string_view::npos ? first : numberOf(part.substr(dash + 1), field);
        if (!first || !last)
            return false;
        from = *first;
        // "5/15" runs to the end.
        to = dash == std::string_view::npos && step ? field.high : *last;
    }
    const int span = field.high - field.low + 1;
    const int count = to >= from ? to - from : to - from + span;
    for (int i = 0; i <= count; i += step.value_or(1))
        set(field.low + (from - field.low + i) % span);
    return true;
}

template <typename Set> bool addParts(std::string_view text, const Field& field, const Set& set)
{
    for (const auto part : split(text, ',')) {
        if (!addPart(part, field, set))
            return false;
    }
    return true;
}

std::chrono::year_month_day dateOf(int year, int month, int day)
{
    return std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month))
        / std::chrono::day(static_cast<unsigned>(day));
}

int lastDayOf(int year, int month)
{
    const auto last = std::chrono::year_month_day_last(std::chrono::year(year),
        std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month))));
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

// 1 is Sunday, as AWS counts.
int weekdayOf(int year, int month, int day)
{
    return static_cast<int>(
               std::chrono::weekday(std::chrono::sys_days(dateOf(year, month, day))).c_encoding())
        + 1;
}

// The workday nearest to a day, within its month.
int nearWorkday(int year, int month, int day)
{
    const int last = lastDayOf(year, month);
    day = std::min(day, last);
    const int weekday = weekdayOf(year, month, day);
    if (weekday == 7)
        return day == 1 ? 3 : day - 1;
    if (weekday == 1)
        return day == last ? day - 2 : day + 1;
    return day;
}

std::optional<Micros> parseRate(std::string_view text)
{
    const auto space = text.find(' ');
    if (space == std::string_view::npos)
        return std::nullopt;
    const auto digits = text.substr(0, space);
    const auto unit = text.substr(space + 1);
    if (digits.empty() || digits.size() > 8 || digits.front() == '0'
        || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const auto count = *parseInteger(digits);
    const std::string_view plural = count == 1 ? "" : "s";
    const auto is = [&](std::string_view name) {
        return unit.starts_with(name) && unit.substr(name.size()) == plural;
    };
    if (is("minute"))
        return count * kMinute;
    if (is("hour"))
        return count * 60 * kMinute;
    if (is("day"))
        return count * 24 * 60 * kMinute;
    return std::nullopt;
}

}

std::optional<Schedule> Schedule::parse(std::string_view expression)
{
    Schedule schedule;
    if (!expression.ends_with(')'))
        return std::nullopt;
    if (expression.starts_with("rate(")) {
        const auto interval = parseRate(expression.substr(5, expression.size() - 6));
        if (!interval)
            return std::nullopt;
        schedule.m_interval = *interval;
        return schedule;
    }
    if (!expression.starts_with("cron(") || !schedule.parseCron(expression.substr(5, expression.size() - 6)))
        return std::nullopt;
    return schedule;
}

bool Schedule::parseCron(std::string_view text)
{
    const auto fields = split(text, ' ');
    if (fields.size() != 6)
        return false;
    const bool anyDay = fields[2] == "?";
    const bool anyWeekday = fields[4] == "?";
    if (anyDay == anyWeekday)
        return false;
    m_byWeekday = anyDay;
    const auto into = [](auto& bits, int offset = 0) {
        return [&bits, offset](int number) { bits.set(static_cast<std::size_t>(number - offset)); };
    };
    return addParts(fields[0], {0, 59}, into(m_minutes)) && addParts(fields[1], {0, 23}, into(m_hours))
        && (anyDay || parseDays(fields[2]))
        && addParts(fields[3], {1, 12, kMonths.data(), 12}, into(m_months))
        && (anyWeekday || parseWeekdays(fields[4]))
        && addParts(fields[5], {kFirstYear, kLastYear}, into(m_years, kFirstYear));
}

bool Schedule::parseDays(std::string_view text)
{
    for (const auto part : split(text, ',')) {
        if (part == "L") {
            m_lastDay = true;
        } else if (part == "LW") {
            m_lastWorkday = true;
        } else if (part.ends_with('W')) {
            const auto day = numberOf(part.substr(0, part.size() - 1), {1, 31});
            if (!day)
                return false;
            m_nearWorkdays.push_back(*day);
        } else if (!addPart(part, {1, 31}, [this](int day) { m_days.set(static_cast<std::size_t>(day)); })) {
            return false;
        }
    }
    return true;
}

bool Schedule::parseWeekdays(std::string_view text)
{
    const Field field{1, 7, kWeekdays.data(), 7};
    for (const auto part : split(text, ',')) {
        if (part == "L") {
            m_weekdays.set(7);
            continue;
        }
        if (const auto hash = part.find('#'); hash != std::string_view::npos) {
            const auto weekday = numberOf(part.substr(0, hash), field);
            const auto number = numberOf(part.substr(hash + 1), {1, 5});
            if (!weekday || !number)
                return false;
            m_weekdayRules.push_back({*weekday, *number});
        } else if (part.ends_with('L')) {
            const auto weekday = numberOf(part.substr(0, part.size() - 1), field);
            if (!weekday)
                return false;
            m_weekdayRules.push_back({*weekday, 0});
        } else if (!addPart(
                       part, field, [this](int day) { m_weekdays.set(static_cast<std::size_t>(day)); })) {
            return false;
        }
    }
    return true;
}

bool Schedule::matchesDay(int year, int month, int day) const
{
    return m_byWeekday ? matchesWeekday(year, month, day) : matchesMonthday(year, month, day);
}

bool Schedule::matchesMonthday(int year, int month, int day) const
{
    const int last = lastDayOf(year, month);
    if (m_days.test(static_cast<std::size_t>(day)) || (m_lastDay && day == last)
        || (m_lastWorkday && day == nearWorkday(year, month, last)))
        return true;
    return std::any_of(m_nearWorkdays.begin(), m_nearWorkdays.end(),
        [&](int wanted) { return wanted <= last && day == nearWorkday(year, month, wanted); });
}

bool Schedule::matchesWeekday(int year, int month, int day) const
{
    const int weekday = weekdayOf(year, month, day);
    if (m_weekdays.test(static_cast<std::size_t>(weekday)))
        return true;
    return std::any_of(m_weekdayRules.begin(), m_weekdayRules.end(), [&](const WeekdayRule& rule) {
        if (rule.weekday != weekday)
            return false;
        return rule.number == 0 ? day + 7 > lastDayOf(year, month) : (day - 1) / 7 + 1 == rule.number;
    });
}

std::optional<Micros> Schedule::next(Micros after, Micros anchor) const
{
    if (m_interval > 0) {
        const auto passed = after < anchor ? 0 : (after - anchor) / m_interval;
        // Behind the last year of cron nothing fires; and the product stays within its type.
        return passed < (kEnd - anchor) / m_interval ? std::optional(anchor + (passed + 1) * m_interval)
                                                     : std::nullopt;
    }
    const auto firstMinute = after / kMinute + 1;
    const auto firstDay = firstMinute / (24 * 60);
    int fromMinute = static_cast<int>(firstMinute % (24 * 60));
    auto date = std::chrono::sys_days(std::chrono::days(firstDay));
    for (;; fromMinute = 0) {
        const std::chrono::year_month_day parts(date);
        const int year = static_cast<int>(parts.year());
        const int month = static_cast<int>(static_cast<unsigned>(parts.month()));
        const int day = static_cast<int>(static_cast<unsigned>(parts.day()));
        if (year > kLastYear)
            return std::nullopt;
        if (year < kFirstYear || !m_years.test(static_cast<std::size_t>(year - kFirstYear))) {
            date = std::chrono::sys_days(dateOf(year + 1, 1, 1));
            continue;
        }
        if (!m_months.test(static_cast<std::size_t>(month))) {
            date = std::chrono::sys_days(dateOf(month == 12 ? year + 1 : year, month % 12 + 1, 1));
            continue;
        }
        if (matchesDay(year, month, day)) {
            for (int minute = fromMinute; minute < 24 * 60; ++minute) {
                if (m_hours.test(static_cast<std::size_t>(minute / 60))
                    && m_minutes.test(static_cast<std::size_t>(minute % 60)))
                    return (static_cast<Micros>(date.time_since_epoch().count()) * 24 * 60 + minute)
                        * kMinute;
            }
        }
        date += std::chrono::days(1);
    }
}

}
