#include "core/base/time_format.h"

#include "core/base/text.h"

#include <array>
#include <chrono>
#include <vector>

namespace core {

namespace {

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Parts {
    int year;
    unsigned month, day, hour, minute, second, micro, weekday;
};

Parts partsOf(Micros time)
{
    using namespace std::chrono;
    const sys_time<microseconds> moment{microseconds(time)};
    const auto date = floor<days>(moment);
    const year_month_day ymd(date);
    const auto within = static_cast<std::uint64_t>((moment - date).count());
    return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
        static_cast<unsigned>(ymd.day()), static_cast<unsigned>(within / 3'600'000'000),
        static_cast<unsigned>(within / 60'000'000 % 60), static_cast<unsigned>(within / 1'000'000 % 60),
        static_cast<unsigned>(within % 1'000'000), weekday(date).c_encoding()};
}

// Writes without printf: several of these go into each response.
class TextWriter {
public:
    TextWriter& number(unsigned value, int digits)
    {
        std::array<char, 10> buffer;
        for (int i = digits - 1; i >= 0; --i, value /= 10)
            buffer[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
        m_text.append(buffer.data(), static_cast<std::size_t>(digits));
        return *this;
    }
    TextWriter& text(std::string_view text)
    {
        m_text += text;
        return *this;
    }
    TextWriter& year(int year) { return number(static_cast<unsigned>(year), 4); }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

TextWriter isoSeconds(const Parts& p)
{
    TextWriter out;
    out.year(p.year).text("-").number(p.month, 2).text("-").number(p.day, 2).text("T");
    out.number(p.hour, 2).text(":").number(p.minute, 2).text(":").number(p.second, 2);
    return out;
}

// Reads fixed-width fields from the front of a text; any mismatch makes `good` false for good.
class TextReader {
public:
    explicit TextReader(std::string_view text)
        : m_text(text)
    {
    }
    int number(std::size_t digits)
    {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (i >= m_text.size() || m_text[i] < '0' || m_text[i] > '9') {
                m_good = false;
                return 0;
            }
            value = value * 10 + (m_text[i] - '0');
        }
        m_text.remove_prefix(digits);
        return value;
    }
    bool accept(std::string_view text)
    {
        if (!m_text.starts_with(text))
            return false;
        m_text.remove_prefix(text.size());
        return true;
    }
    void expect(std::string_view text) { m_good = accept(text) && m_good; }
    // The place of one of `names` (1 for the first), 0 when none is next.
    template <std::size_t N> int oneOf(const std::array<std::string_view, N>& names)
    {
        for (std::size_t i = 0; i < N; ++i) {
            if (accept(names[i]))
                return static_cast<int>(i) + 1;
        }
        m_good = false;
        return 0;
    }
    bool digitNext() const { return !m_text.empty() && m_text[0] >= '0' && m_text[0] <= '9'; }
    bool atEnd() const { return m_text.empty(); }
    bool good() const { return m_good; }
    void spoil() { m_good = false; }

private:
    std::string_view m_text;
    bool m_good = true;
};

std::optional<Micros> assemble(int year, int month, int day, int hour, int minute, int second)
{
    using namespace std::chrono;
    const year_month_day ymd{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day))};
    if (!ymd.ok() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    const auto days = static_cast<Micros>(sys_days(ymd).time_since_epoch().count());
    return (((days * 24 + hour) * 60 + minute) * 60 + second) * kSecond;
}

struct TimeOfDay {
    int hour, minute, second;
};

TimeOfDay readTimeOfDay(TextReader& in)
{
    const int hour = in.number(2);
    in.expect(":");
    const int minute = in.number(2);
    in.expect(":");
    return {hour, minute, in.number(2)};
}

std::optional<Micros> parseImfDate(std::string_view text)
{
    TextReader in(text);
    in.oneOf(kDays);
    in.expect(", ");
    const int day = in.number(2);
    in.expect(" ");
    const int month = in.oneOf(kMonths);
    in.expect(" ");
    const int year = in.number(4);
    in.expect(" ");
    const auto time = readTimeOfDay(in);
    in.expect(" GMT");
    if (!in.good() || !in.atEnd())
        return std::nullopt;
    return assemble(year, month, day, time.hour, time.minute, time.second);
}

std::optional<Micros> parseRfc850(std::string_view text)
{
    const auto comma = text.find(", ");
    if (comma == std::string_view::npos)
        return std::nullopt;
    TextReader in(text.substr(comma + 2));
    const int day = in.number(2);
    in.expect("-");
    const int month = in.oneOf(kMonths);
    in.expect("-");
    int year = in.number(2);
    in.expect(" ");
    const auto time = readTimeOfDay(in);
    in.expect(" GMT");
    if (!in.good() || !in.atEnd())
        return std::nullopt;
    // RFC 9110, 5.6.7: a year that seems more than 50 years ahead is in the past.
    const int thisYear = partsOf(realMicros()).year;
    year += thisYear - thisYear % 100;
    if (year > thisYear + 50)
        year -= 100;
    return assemble(year, month, day, time.hour, time.minute, time.second);
}

std::optional<Micros> parseAsctime(std::string_view text)
{
    TextReader in(text);
    in.oneOf(kDays);
    in.expect(" ");
    const int month = in.oneOf(kMonths);
    in.expect(" ");
    const int day = in.accept(" ") ? in.number(1) : in.number(2);
    in.expect(" ");
    const auto time = readTimeOfDay(in);
    in.expect(" ");
    const int year = in.number(4);
    if (!in.good() || !in.atEnd())
        return std::nullopt;
    return assemble(year, month, day, time.hour, time.minute, time.second);
}

Micros readFraction(TextReader& in)
{
    Micros fraction = 0;
    Micros unit = kSecond / 10;
    if (!in.digitNext())
        in.spoil();
    for (; in.digitNext(); unit /= 10)
        fraction += in.number(1) * unit;
    return fraction;
}

Micros readOffset(TextReader& in)
{
    if (in.accept("Z") || in.accept("z"))
        return 0;
    const bool west = in.accept("-");
    if (!west)
        in.expect("+");
    const int hours = in.number(2);
    in.accept(":");
    const int minutes = in.number(2);
    if (hours > 23 || minutes > 59)
        in.spoil();
    const Micros offset = (hours * 60 + minutes) * 60 * kSecond;
    return west ? -offset : offset;
}

}

std::string iso8601(Micros time)
{
    return isoSeconds(partsOf(time)).text("Z").take();
}

std::string iso8601Millis(Micros time)
{
    const auto parts = partsOf(time);
    return isoSeconds(parts).text(".").number(parts.micro / 1000, 3).text("Z").take();
}

std::string lambdaTime(Micros time)
{
    const auto parts = partsOf(time);
    return isoSeconds(parts).text(".").number(parts.micro / 1000, 3).text("+0000").take();
}

std::string httpDate(Micros time)
{
    const auto p = partsOf(time);
    TextWriter out;
    out.text(kDays[p.weekday]).text(", ").number(p.day, 2).text(" ").text(kMonths[p.month - 1]).text(" ");
    out.year(p.year).text(" ").number(p.hour, 2).text(":").number(p.minute, 2).text(":").number(p.second, 2);
    return out.text(" GMT").take();
}

std::string amzDate(Micros time)
{
    const auto p = partsOf(time);
    TextWriter out;
    out.year(p.year).number(p.month, 2).number(p.day, 2).text("T");
    return out.number(p.hour, 2).number(p.minute, 2).number(p.second, 2).text("Z").take();
}

std::string clfTime(Micros time)
{
    const auto p = partsOf(time);
    TextWriter out;
    out.number(p.day, 2).text("/").text(kMonths[p.month - 1]).text("/").year(p.year).text(":");
    out.number(p.hour, 2).text(":").number(p.minute, 2).text(":").number(p.second, 2);
    return out.text(" +0000").take();
}

std::optional<Micros> parseIso8601(std::string_view text)
{
    TextReader in(text);
    const int year = in.number(4);
    in.expect("-");
    const int month = in.number(2);
    in.expect("-");
    const int day = in.number(2);
    if (!in.accept("T") && !in.accept("t"))
        in.spoil();
    const auto time = readTimeOfDay(in);
    const Micros fraction = in.accept(".") ? readFraction(in) : 0;
    const Micros offset = readOffset(in);
    if (!in.good() || !in.atEnd())
        return std::nullopt;
    const auto whole = assemble(year, month, day, time.hour, time.minute, time.second);
    if (!whole)
        return std::nullopt;
    return *whole + fraction - offset;
}

std::optional<Micros> parseHttpDate(std::string_view text)
{
    text = trimmed(text);
    if (const auto time = parseImfDate(text))
        return time;
    if (const auto time = parseRfc850(text))
        return time;
    return parseAsctime(text);
}

std::optional<Micros> parseAmzDate(std::string_view text)
{
    TextReader in(text);
    const int year = in.number(4);
    const int month = in.number(2);
    const int day = in.number(2);
    in.expect("T");
    const int hour = in.number(2);
    const int minute = in.number(2);
    const int second = in.number(2);
    in.expect("Z");
    if (!in.good() || !in.atEnd())
        return std::nullopt;
    return assemble(year, month, day, hour, minute, second);
}

}
