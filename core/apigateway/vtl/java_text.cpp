#include "core/apigateway/vtl/java_text.h"

#include "core/apigateway/vtl/value.h"

#include <boost/regex.hpp>

#include <stdexcept>

namespace core::apigateway::vtl {

namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::size_t kMaxParts = 500'000; // of a split

// Code points, one a wchar_t: 32 bits wide where this runs.
std::wstring wide(std::string_view text)
{
    std::wstring result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80 ? 1
            : first >= 0xF0                     ? 4
            : first >= 0xE0                     ? 3
            : first >= 0xC2                     ? 2
                                                : 0;
        char32_t code = length == 1 ? first : length == 0 ? kReplacement : first & (0xFFU >> (length + 1));
        bool good = length > 0 && i + length <= text.size();
        for (std::size_t k = 1; good && k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            good = (next & 0xC0) == 0x80;
            code = (code << 6) | (next & 0x3F);
        }
        good = good && code <= 0x10FFFF;
        result += static_cast<wchar_t>(good ? code : kReplacement);
        i += good ? length : 1;
    }
    return result;
}

void append(std::string& into, char32_t code)
{
    const auto part = [&](char32_t lead, int shift) {
        into += static_cast<char>(lead | (code >> shift));
        for (int left = shift - 6; left >= 0; left -= 6)
            into += static_cast<char>(0x80 | ((code >> left) & 0x3F));
    };
    if (code < 0x80)
        part(0, 0);
    else if (code < 0x800)
        part(0xC0, 6);
    else if (code < 0x10000)
        part(0xE0, 12);
    else
        part(0xF0, 18);
}

std::string narrow(std::wstring_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const wchar_t c : text)
        append(result, static_cast<char32_t>(c));
    return result;
}

Error badPattern(std::string_view pattern, const std::string& why)
{
    return {ErrorKind::Invalid, "java.util.regex.PatternSyntaxException",
        why + " near \"" + std::string(pattern) + "\""};
}

Result<boost::wregex> compiled(std::string_view pattern)
{
    try {
        // Java's '.' stops at line ends, its '^' and '$' do not.
        return boost::wregex(
            wide(pattern), boost::regex::perl | boost::regex::no_mod_m | boost::regex::no_mod_s);
    } catch (const std::exception& problem) {
        return fail(badPattern(pattern, problem.what()));
    }
}

// Runs a search; an expression that goes wild ends in an exception of the library's.
template <typename Search> auto guarded(std::string_view pattern, Search search) -> Result<decltype(search())>
{
    try {
        return search();
    } catch (const std::exception& problem) {
        return fail(badPattern(pattern, problem.what()));
    }
}

using Match = boost::match_results<std::wstring::const_iterator>;

// "$1", "${name}" and "\$" of a replacement.
Result<> appendReplacement(std::wstring& into, const std::wstring& replacement, const Match& match)
{
    const auto illegal = [](const char* what) {
        return fail(ErrorKind::Invalid, "java.lang.IllegalArgumentException", what);
    };
    for (std::size_t i = 0; i < replacement.size(); ++i) {
        if (into.size() > kMaxText)
            return fail(tooLarge());
        const wchar_t c = replacement[i];
        if (c == L'\\') {
            if (++i == replacement.size())
                return illegal("character to be escaped is missing");
            into += replacement[i];
        } else if (c != L'$') {
            into += c;
        } else if (i + 1 < replacement.size() && replacement[i + 1] == L'{') {
            const auto end = replacement.find(L'}', i);
            if (end == replacement.npos)
                return illegal("named capturing group is missing trailing '}'");
            into += match[replacement.substr(i + 2, end - i - 2)].str();
            i = end;
        } else {
            std::size_t group = 0;
            std::size_t digits = 0;
            while (i + 1 < replacement.size() && replacement[i + 1] >= L'0' && replacement[i + 1] <= L'9') {
                const auto next = group * 10 + static_cast<std::size_t>(replacement[i + 1] - L'0');
                if (digits > 0 && next >= match.size())
                    break;
                group = next;
                ++digits;
                ++i;
            }
            if (digits == 0)
                return illegal("Illegal group reference");
            if (group >= match.size())
                return fail(ErrorKind::Invalid, "java.lang.IndexOutOfBoundsException",
                    "No group " + std::to_string(group));
            into += match[static_cast<int>(group)].str();
        }
    }
    return {};
}

}

std::u16string utf16(std::string_view text)
{
    std::u16string result;
    for (const wchar_t c : wide(text)) {
        const auto code = static_cast<char32_t>(c);
        if (code < 0x10000) {
            result += static_cast<char16_t>(code);
        } else {
            result += static_cast<char16_t>(0xD800 + ((code - 0x10000) >> 10));
            result += static_cast<char16_t>(0xDC00 + ((code - 0x10000) & 0x3FF));
        }
    }
    return result;
}

std::string utf8(std::u16string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t unit = text[i];
        const bool isHigh = unit >= 0xD800 && unit < 0xDC00;
        if (isHigh && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000)
            append(result, 0x10000 + ((unit - 0xD800) << 10) + (static_cast<char32_t>(text[++i]) - 0xDC00));
        else
            append(result, unit >= 0xD800 && unit < 0xE000 ? U'?' : unit); // as Java encodes half a pair
    }
    return result;
}

std::size_t javaLength(std::string_view text)
{
    std::size_t result = 0;
    for (const wchar_t c : wide(text))
        result += static_cast<char32_t>(c) < 0x10000 ? 1 : 2;
    return result;
}

Result<bool> matchesRegex(std::string_view text, std::string_view pattern)
{
    CORE_TRY(const auto regex, compiled(pattern));
    return guarded(pattern, [&] { return boost::regex_match(wide(text), regex); });
}

Result<bool> findsRegex(std::string_view text, std::string_view pattern)
{
    CORE_TRY(const auto regex, compiled(pattern));
    return guarded(pattern, [&] { return boost::regex_search(wide(text), regex); });
}

Result<> checkRegex(std::string_view pattern)
{
    CORE_CHECK(compiled(pattern));
    return {};
}

Result<std::string> replaceRegex(
    std::string_view text, std::string_view pattern, std::string_view replacement, bool all)
{
    CORE_TRY(const auto regex, compiled(pattern));
    const auto subject = wide(text);
    const auto with = wide(replacement);
    const auto replaced = guarded(pattern, [&]() -> Result<std::wstring> {
        std::wstring result;
        auto from = subject.cbegin();
        boost::wsregex_iterator match(subject.cbegin(), subject.cend(), regex);
        for (; match != boost::wsregex_iterator(); ++match) {
            result.append(from, (*match)[0].first);
            CORE_CHECK(appendReplacement(result, with, *match));
            if (result.size() > kMaxText)
                return fail(tooLarge());
            from = (*match)[0].second;
            if (!all)
                break;
        }
        return result.append(from, subject.cend());
    });
    if (!replaced)
        return fail(replaced.error());
    if (!*replaced)
        return fail(replaced->error());
    return narrow(**replaced);
}

Result<std::vector<std::string>> splitRegex(std::string_view text, std::string_view pattern, int limit)
{
    CORE_TRY(const auto regex, compiled(pattern));
    const auto subject = wide(text);
    auto parts = guarded(pattern, [&] {
        std::vector<std::string> found;
        auto from = subject.cbegin();
        boost::wsregex_iterator match(subject.cbegin(), subject.cend(), regex);
        for (; match != boost::wsregex_iterator(); ++match) {
            if (limit > 0 && static_cast<int>(found.size()) == limit - 1)
                break;
            const auto first = (*match)[0].first;
            const auto second = (*match)[0].second;
            // A match of no width at the beginning gives no empty part.
            if (second == subject.cbegin() || (first == second && first == subject.cend()))
                continue;
            if (found.size() >= kMaxParts)
                throw std::length_error("too many parts");
            found.push_back(narrow({&*from, static_cast<std::size_t>(first - from)}));
            from = second;
        }
        found.push_back(from == subject.cend()
                ? std::string()
                : narrow({&*from, static_cast<std::size_t>(subject.cend() - from)}));
        return found;
    });
    if (!parts)
        return fail(parts.error());
    if (parts->size() == 1)
        return std::vector<std::string>{std::string(text)};
    while (limit == 0 && !parts->empty() && parts->back().empty())
        parts->pop_back();
    return parts;
}

}
