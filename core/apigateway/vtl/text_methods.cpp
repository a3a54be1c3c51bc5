#include "core/apigateway/vtl/java_text.h"
#include "core/apigateway/vtl/methods.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace core::apigateway::vtl {

namespace {

using Answer = Result<std::optional<Value>>;
using Arguments = std::span<const Value>;

// What a method needs of its arguments: T for text, I for an integer, A for anything, C for one character.
bool fits(Arguments arguments, std::string_view kinds)
{
    if (arguments.size() != kinds.size())
        return false;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const auto kind = arguments[i].kind();
        if ((kinds[i] == 'T' && kind != Value::Kind::Text)
            || (kinds[i] == 'I' && kind != Value::Kind::Integer))
            return false;
    }
    return true;
}

Error outOfBounds(std::int64_t begin, std::int64_t end, std::size_t length)
{
    return thrown("java.lang.StringIndexOutOfBoundsException",
        "begin " + std::to_string(begin) + ", end " + std::to_string(end) + ", length "
            + std::to_string(length));
}

Answer substring(const std::string& text, std::int64_t begin, std::optional<std::int64_t> wantedEnd)
{
    const auto units = utf16(text);
    const auto length = static_cast<std::int64_t>(units.size());
    const auto end = wantedEnd.value_or(length);
    if (begin < 0 || end > length || begin > end)
        return fail(outOfBounds(begin, end, units.size()));
    return Value(utf8(std::u16string_view(units).substr(
        static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin))));
}

Answer indexOf(const std::string& text, const std::string& part, std::int64_t from)
{
    const auto units = utf16(text);
    const auto start = static_cast<std::size_t>(std::max<std::int64_t>(from, 0));
    const auto found = units.find(utf16(part), std::min(start, units.size()));
    return Value(found == units.npos ? std::int64_t{-1} : static_cast<std::int64_t>(found));
}

Answer lastIndexOf(const std::string& text, const std::string& part)
{
    const auto found = utf16(text).rfind(utf16(part));
    return Value(found == std::u16string::npos ? std::int64_t{-1} : static_cast<std::int64_t>(found));
}

// Java's difference of the first units that differ, else of the lengths.
int compare(const std::string& left, const std::string& right)
{
    const auto a = utf16(left);
    const auto b = utf16(right);
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (a[i] != b[i])
            return static_cast<int>(a[i]) - static_cast<int>(b[i]);
    }
    return static_cast<int>(a.size()) - static_cast<int>(b.size());
}

// String.trim() takes away whatever is not above a space.
std::string trim(const std::string& text)
{
    std::size_t begin = 0;
    std::size_t end = text.size();
    const auto isBlank = [&](std::size_t i) { return static_cast<unsigned char>(text[i]) <= ' '; };
    while (begin < end && isBlank(begin))
        ++begin;
    while (end > begin && isBlank(end - 1))
        --end;
    return text.substr(begin, end - begin);
}

Answer replace(const std::string& text, const std::string& from, const std::string& to)
{
    if (!from.empty() && to.size() > from.size() && text.size() / from.size() * to.size() > kMaxText)
        return fail(tooLarge());
    if (!from.empty())
        return Value(replaceAll(text, from, to));
    // Java puts the text before, between and after all characters.
    std::u16string result = utf16(to);
    if ((text.size() + 1) * (to.size() + 1) > kMaxText)
        return fail(tooLarge());
    for (const char16_t unit : utf16(text))
        result += unit + utf16(to);
    return Value(utf8(result));
}

Answer replaceByRegex(const std::string& text, const Value& pattern, const Value& with, bool all)
{
    CORE_TRY(auto result, replaceRegex(text, pattern.text(), with.text(), all));
    if (result.size() > kMaxText)
        return fail(tooLarge());
    return Value(std::move(result));
}

Answer split(Heap& heap, const std::string& text, const std::string& pattern, std::int64_t limit)
{
    CORE_TRY(auto parts,
        splitRegex(text, pattern, static_cast<int>(std::clamp<std::int64_t>(limit, -1, 1'000'000))));
    std::vector<Value> items;
    for (auto& part : parts)
        items.emplace_back(std::move(part));
    return Value(heap.list(std::move(items)));
}

Answer repeat(const std::string& text, std::int64_t times)
{
    if (times < 0)
        return fail(
            thrown("java.lang.IllegalArgumentException", "count is negative: " + std::to_string(times)));
    if (!text.empty() && static_cast<std::uint64_t>(times) > kMaxText / text.size())
        return fail(tooLarge());
    std::string result;
    for (std::int64_t i = 0; i < times && !text.empty(); ++i)
        result += text;
    return Value(std::move(result));
}

// One conversion of String.format(): "%-5d".
Result<std::string> formatOne(std::string_view flags, char conversion, const Value& value)
{
    constexpr std::size_t kMaxFlags = 8;
    if (flags.size() > kMaxFlags)
        return fail(thrown("java.util.UnknownFormatConversionException",
            "Conversion = '" + std::string(1, conversion) + "'"));
    std::array<char, 512> buffer{};
    const std::string prefix = "%" + std::string(flags);
    int written = -1;
    if ((conversion == 'd' || conversion == 'x' || conversion == 'X') && value.kind() == Value::Kind::Integer)
        written = std::snprintf(buffer.data(), buffer.size(), (prefix + "ll" + conversion).c_str(),
            static_cast<long long>(value.integer()));
    else if ((conversion == 'f' || conversion == 'e') && value.kind() == Value::Kind::Double)
        written = std::snprintf(buffer.data(), buffer.size(), (prefix + conversion).c_str(), value.number());
    else if (conversion == 's' || conversion == 'b') {
        CORE_TRY(const auto text, textOf(value));
        if (flags.empty())
            return text;
        written = std::snprintf(buffer.data(), buffer.size(), (prefix + 's').c_str(), text.c_str());
    }
    if (written < 0 || static_cast<std::size_t>(written) >= buffer.size())
        return fail(thrown("java.util.IllegalFormatConversionException",
            std::string(1, conversion) + " != " + className(value)));
    return std::string(buffer.data(), static_cast<std::size_t>(written));
}

Answer format(const std::string& pattern, Arguments arguments)
{
    std::string result;
    std::size_t next = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%') {
            result += pattern[i];
            continue;
        }
        const auto end = pattern.find_first_not_of("-+ 0123456789.", i + 1);
        if (end == pattern.npos)
            return fail(thrown("java.util.UnknownFormatConversionException", "Conversion = '%'"));
        const auto flags = std::string_view(pattern).substr(i + 1, end - i - 1);
        i = end;
        if (pattern[end] == '%' || pattern[end] == 'n') {
            result += pattern[end] == '%' ? '%' : '\n';
            continue;
        }
        if (next >= arguments.size())
            return fail(thrown("java.util.MissingFormatArgumentException",
                "Format specifier '%" + std::string(flags) + pattern[end] + "'"));
        CORE_TRY(const auto part, formatOne(flags, pattern[end], arguments[next++]));
        result += part;
        if (result.size() > kMaxText)
            return fail(tooLarge());
    }
    return Value(std::move(result));
}

Answer joined(Arguments arguments)
{
    Writer writer(kMaxText);
    const auto* list = arguments.size() == 2 ? arguments[1].list() : nullptr;
    const auto others = arguments.subspan(1);
    // A copy: an element may be a #define'd block that changes the list.
    const auto items = list ? list->items : std::vector<Value>(others.begin(), others.end());
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0 && !writer.append(arguments[0].text()))
            return fail(tooLarge());
        CORE_CHECK(write(items[i], writer));
    }
    return Value(writer.take());
}

struct Method {
    std::string_view name;
    std::string_view arguments;
    Answer (*run)(Heap&, const std::string&, Arguments);
};

constexpr std::array<Method, 38> kMethods{{
    {"length", "",
        [](Heap&, const std::string& s, Arguments) -> Answer {
            return Value(static_cast<std::int64_t>(javaLength(s)));
        }},
    {"isEmpty", "", [](Heap&, const std::string& s, Arguments) -> Answer { return Value(s.empty()); }},
    {"isBlank", "", [](Heap&, const std::string& s, Arguments) -> Answer { return Value(trim(s).empty()); }},
    {"charAt", "I",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return substring(s, a[0].integer(), a[0].integer() + 1);
        }},
    {"substring", "I",
        [](Heap&, const std::string& s, Arguments a) -> Answer { return substring(s, a[0].integer(), {}); }},
    {"substring", "II",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return substring(s, a[0].integer(), a[1].integer());
        }},
    {"subSequence", "II",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return substring(s, a[0].integer(), a[1].integer());
        }},
    {"indexOf", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer { return indexOf(s, a[0].text(), 0); }},
    {"indexOf", "TI",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return indexOf(s, a[0].text(), a[1].integer());
        }},
    {"lastIndexOf", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer { return lastIndexOf(s, a[0].text()); }},
    {"contains", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return Value(s.find(a[0].text()) != s.npos);
        }},
    {"startsWith", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer { return Value(s.starts_with(a[0].text())); }},
    {"endsWith", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer { return Value(s.ends_with(a[0].text())); }},
    {"equalsIgnoreCase", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return Value(equalsIgnoreCase(s, a[0].text()));
        }},
    {"equalsIgnoreCase", "A", [](Heap&, const std::string&, Arguments) -> Answer { return Value(false); }},
    {"contentEquals", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer { return Value(s == a[0].text()); }},
    {"compareTo", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer { return Value(compare(s, a[0].text())); }},
    {"compareToIgnoreCase", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return Value(compare(toLower(s), toLower(a[0].text())));
        }},
    {"concat", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            if (s.size() + a[0].text().size() > kMaxText)
                return fail(tooLarge());
            return Value(s + a[0].text());
        }},
    {"replace", "TT",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return replace(s, a[0].text(), a[1].text());
        }},
    {"replaceAll", "TT",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return replaceByRegex(s, a[0], a[1], true);
        }},
    {"replaceFirst", "TT",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            return replaceByRegex(s, a[0], a[1], false);
        }},
    {"matches", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            CORE_TRY(const bool matched, matchesRegex(s, a[0].text()));
            return Value(matched);
        }},
    {"split", "T",
        [](Heap& heap, const std::string& s, Arguments a) -> Answer {
            return split(heap, s, a[0].text(), 0);
        }},
    {"split", "TI",
        [](Heap& heap, const std::string& s, Arguments a) -> Answer {
            return split(heap, s, a[0].text(), a[1].integer());
        }},
    {"trim", "", [](Heap&, const std::string& s, Arguments) -> Answer { return Value(trim(s)); }},
    {"strip", "", [](Heap&, const std::string& s, Arguments) -> Answer { return Value(trim(s)); }},
    {"toLowerCase", "", [](Heap&, const std::string& s, Arguments) -> Answer { return Value(toLower(s)); }},
    {"toUpperCase", "", [](Heap&, const std::string& s, Arguments) -> Answer { return Value(toUpper(s)); }},
    {"intern", "", [](Heap&, const std::string& s, Arguments) -> Answer { return Value(s); }},
    {"repeat", "I",
        [](Heap&, const std::string& s, Arguments a) -> Answer { return repeat(s, a[0].integer()); }},
    {"codePointAt", "I",
        [](Heap&, const std::string& s, Arguments a) -> Answer {
            const auto units = utf16(s);
            if (a[0].integer() < 0 || a[0].integer() >= static_cast<std::int64_t>(units.size()))
                return fail(outOfBounds(a[0].integer(), a[0].integer() + 1, units.size()));
            return Value(static_cast<std::int64_t>(units[static_cast<std::size_t>(a[0].integer())]));
        }},
    {"toCharArray", "",
        [](Heap& heap, const std::string& s, Arguments) -> Answer { return split(heap, s, "", 0); }},
    // Static ones, called on whatever string is at hand.
    {"valueOf", "A",
        [](Heap&, const std::string&, Arguments a) -> Answer {
            CORE_TRY(auto text, textOf(a[0]));
            return Value(std::move(text));
        }},
    {"format", "T", [](Heap&, const std::string&, Arguments a) -> Answer { return format(a[0].text(), {}); }},
    {"join", "TA", [](Heap&, const std::string&, Arguments a) -> Answer { return joined(a); }},
    {"equals", "T",
        [](Heap&, const std::string& s, Arguments a) -> Answer { return Value(s == a[0].text()); }},
    {"toString", "", [](Heap&, const std::string& s, Arguments) -> Answer { return Value(s); }},
}};

}

Answer callText(Heap& heap, const std::string& text, std::string_view name, Arguments arguments)
{
    for (const auto& method : kMethods) {
        if (method.name == name && fits(arguments, method.arguments))
            return method.run(heap, text, arguments);
    }
    // Those of any number of arguments.
    if (name == "format" && arguments.size() > 1 && arguments[0].isText())
        return format(arguments[0].text(), arguments.subspan(1));
    if (name == "join" && arguments.size() > 1 && arguments[0].isText())
        return joined(arguments);
    return std::optional<Value>();
}

}
