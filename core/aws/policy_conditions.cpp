#include "core/aws/policy_conditions.h"

#include "core/base/text.h"
#include "core/base/time_format.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace core::aws {

namespace {

constexpr char kAny = '\x01';
constexpr char kOne = '\x02';

using Match = bool (*)(const std::string& given, const std::string& wanted, const PolicyRequest& request);

std::optional<double> numberOf(const std::string& text)
{
    double value = 0;
    const auto end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && stopped == end ? std::optional(value) : std::nullopt;
}

// IAM takes ISO 8601 and seconds since 1970.
std::optional<double> momentOf(const std::string& text)
{
    if (const auto moment = parseIso8601(text))
        return static_cast<double>(*moment) / static_cast<double>(kSecond);
    return numberOf(text);
}

std::string filled(const std::string& text, const PolicyRequest& request)
{
    auto pattern = policyPattern(text, request);
    std::replace(pattern.begin(), pattern.end(), kAny, '*');
    std::replace(pattern.begin(), pattern.end(), kOne, '?');
    return pattern;
}

bool stringEquals(const std::string& given, const std::string& wanted, const PolicyRequest& request)
{
    return given == filled(wanted, request);
}

bool stringEqualsIgnoreCase(const std::string& given, const std::string& wanted, const PolicyRequest& request)
{
    return equalsIgnoreCase(given, filled(wanted, request));
}

bool stringLike(const std::string& given, const std::string& wanted, const PolicyRequest& request)
{
    return matchesPolicyPattern(policyPattern(wanted, request), given);
}

bool arnLike(const std::string& given, const std::string& wanted, const PolicyRequest& request)
{
    return matchesArnPattern(policyPattern(wanted, request), given);
}

bool boolEquals(const std::string& given, const std::string& wanted, const PolicyRequest&)
{
    return equalsIgnoreCase(given, wanted);
}

bool binaryEquals(const std::string& given, const std::string& wanted, const PolicyRequest&)
{
    return given == wanted;
}

bool ipAddress(const std::string& given, const std::string& wanted, const PolicyRequest&)
{
    return addressInRange(given, wanted).value_or(false);
}

template <auto Read, typename Compare>
bool ordered(const std::string& given, const std::string& wanted, const PolicyRequest&)
{
    const auto a = Read(given);
    const auto b = Read(wanted);
    return a && b && Compare{}(*a, *b);
}

struct Operator {
    std::string_view name;
    Match match;
    bool negated;
};

constexpr std::array kOperators{
    Operator{"stringequals", stringEquals, false},
    Operator{"stringnotequals", stringEquals, true},
    Operator{"stringequalsignorecase", stringEqualsIgnoreCase, false},
    Operator{"stringnotequalsignorecase", stringEqualsIgnoreCase, true},
    Operator{"stringlike", stringLike, false},
    Operator{"stringnotlike", stringLike, true},
    Operator{"numericequals", ordered<numberOf, std::equal_to<>>, false},
    Operator{"numericnotequals", ordered<numberOf, std::equal_to<>>, true},
    Operator{"numericlessthan", ordered<numberOf, std::less<>>, false},
    Operator{"numericlessthanequals", ordered<numberOf, std::less_equal<>>, false},
    Operator{"numericgreaterthan", ordered<numberOf, std::greater<>>, false},
    Operator{"numericgreaterthanequals", ordered<numberOf, std::greater_equal<>>, false},
    Operator{"dateequals", ordered<momentOf, std::equal_to<>>, false},
    Operator{"datenotequals", ordered<momentOf, std::equal_to<>>, true},
    Operator{"datelessthan", ordered<momentOf, std::less<>>, false},
    Operator{"datelessthanequals", ordered<momentOf, std::less_equal<>>, false},
    Operator{"dategreaterthan", ordered<momentOf, std::greater<>>, false},
    Operator{"dategreaterthanequals", ordered<momentOf, std::greater_equal<>>, false},
    Operator{"bool", boolEquals, false},
    Operator{"binaryequals", binaryEquals, false},
    Operator{"ipaddress", ipAddress, false},
    Operator{"notipaddress", ipAddress, true},
    Operator{"arnequals", arnLike, false},
    Operator{"arnlike", arnLike, false},
    Operator{"arnnotequals", arnLike, true},
    Operator{"arnnotlike", arnLike, true},
    Operator{"null", nullptr, false},
};

const Operator* findOperator(std::string_view name)
{
    const auto found = std::find_if(kOperators.begin(), kOperators.end(),
        [&](const Operator& candidate) { return candidate.name == name; });
    return found == kOperators.end() ? nullptr : &*found;
}

// The value of "${name}" or "${name, 'default'}"; an unknown one makes the text match nothing, as a missing
// key does.
std::optional<std::string> variable(std::string_view inside, const PolicyRequest& request)
{
    if (inside == "*" || inside == "?" || inside == "$")
        return std::string(inside);
    const auto comma = inside.find(',');
    const auto name = toLower(trimmed(inside.substr(0, comma)));
    const auto found = request.keys.find(name);
    if (found != request.keys.end() && found->second.size() == 1)
        return found->second.front();
    if (comma == inside.npos)
        return std::nullopt;
    auto fallback = trimmed(inside.substr(comma + 1));
    if (fallback.size() >= 2 && fallback.front() == '\'' && fallback.back() == '\'')
        fallback = fallback.substr(1, fallback.size() - 2);
    return std::string(fallback);
}

struct Address {
    std::array<unsigned char, 16> bytes{};
    int bits = 0; // 32 or 128
};

std::optional<Address> addressOf(std::string_view text)
{
    const std::string copy(text);
    Address address;
    if (inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1) {
        address.bits = 32;
        return address;
    }
    if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) {
        address.bits = 128;
        return address;
    }
    return std::nullopt;
}

}

std::string policyPattern(std::string_view text, const PolicyRequest& request)
{
    std::string pattern;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto end = text.compare(i, 2, "${") == 0 ? text.find('}', i) : text.npos;
        if (end != text.npos) {
            // A byte that no key's value has: nothing matches.
            pattern += variable(text.substr(i + 2, end - i - 2), request).value_or(std::string(1, '\0'));
            i = end;
        } else if (text[i] == '*') {
            pattern += kAny;
        } else {
            pattern += text[i] == '?' ? kOne : text[i];
        }
    }
    return pattern;
}

bool matchesPolicyPattern(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    auto starAt = pattern.npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == kAny) {
            starAt = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == kOne || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (starAt != pattern.npos) {
            p = starAt + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == kAny)
        ++p;
    return p == pattern.size();
}

bool matchesArnPattern(std::string_view pattern, std::string_view arn)
{
    constexpr int kParts = 6;
    for (int part = 1; part <= kParts; ++part) {
        const auto patternEnd = part == kParts ? pattern.npos : pattern.find(':');
        const auto arnEnd = part == kParts ? arn.npos : arn.find(':');
        if (!matchesPolicyPattern(pattern.substr(0, patternEnd), arn.substr(0, arnEnd)))
            return false;
        if (patternEnd == pattern.npos || arnEnd == arn.npos)
            return patternEnd == arnEnd;
        pattern.remove_prefix(patternEnd + 1);
        arn.remove_prefix(arnEnd + 1);
    }
    return true;
}

std::optional<bool> addressInRange(std::string_view address, std::string_view range)
{
    const auto slash = range.find('/');
    const auto network = addressOf(range.substr(0, slash));
    if (!network)
        return std::nullopt;
    std::int64_t length = network->bits;
    if (slash != range.npos) {
        const auto written = parseInteger(range.substr(slash + 1));
        if (!written || *written < 0 || *written > network->bits)
            return std::nullopt;
        length = *written;
    }
    const auto given = addressOf(address);
    if (!given || given->bits != network->bits)
        return false;
    const auto whole = static_cast<std::size_t>(length / 8);
    if (std::memcmp(given->bytes.data(), network->bytes.data(), whole) != 0)
        return false;
    const auto rest = static_cast<unsigned>(length % 8);
    if (rest == 0)
        return true;
    const auto mask = static_cast<unsigned char>(0xFFU << (8 - rest));
    return (given->bytes[whole] & mask) == (network->bytes[whole] & mask);
}

std::optional<PolicyCondition> PolicyCondition::make(
    std::string_view operation, std::string_view key, std::vector<std::string> values)
{
    constexpr std::string_view kIfExists = "ifexists";
    constexpr std::string_view kForAll = "forallvalues:";
    constexpr std::string_view kForAny = "foranyvalue:";
    PolicyCondition made;
    std::string name = toLower(operation);
    if (name.starts_with(kForAll)) {
        made.sets = Sets::ForAllValues;
        name.erase(0, kForAll.size());
    } else if (name.starts_with(kForAny)) {
        made.sets = Sets::ForAnyValue;
        name.erase(0, kForAny.size());
    }
    if (name.ends_with(kIfExists) && name != "null") {
        made.ifExists = true;
        name.erase(name.size() - kIfExists.size());
    }
    if (!findOperator(name))
        return std::nullopt;
    made.operation = std::move(name);
    made.key = toLower(key);
    made.values = std::move(values);
    return made;
}

bool PolicyCondition::holds(const PolicyRequest& request) const
{
    const auto found = request.keys.find(key);
    const bool present = found != request.keys.end() && !found->second.empty();
    if (operation == "null")
        return std::any_of(values.begin(), values.end(),
            [&](const std::string& wanted) { return equalsIgnoreCase(wanted, present ? "false" : "true"); });
    const auto* with = findOperator(operation);
    // What is not there differs from everything.
    if (!present)
        return ifExists || with->negated || sets == Sets::ForAllValues;
    const auto matches = [&](const std::string& given) {
        const bool any = std::any_of(values.begin(), values.end(),
            [&](const std::string& wanted) { return with->match(given, wanted, request); });
        return any != with->negated;
    };
    const auto& given = found->second;
    return sets == Sets::ForAllValues || (sets == Sets::One && with->negated)
        ? std::all_of(given.begin(), given.end(), matches)
        : std::any_of(given.begin(), given.end(), matches);
}

}
