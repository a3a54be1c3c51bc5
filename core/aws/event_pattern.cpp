#include "core/aws/event_pattern.h"

#include "core/aws/json_text.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core::aws {

using nlohmann::json;

namespace {

constexpr double kMostNumber = 5'000'000'000.0;

struct Matcher {
    enum class Kind { Value, Prefix, Suffix, IgnoreCase, Wildcard, Numeric, Exists, Cidr, AnythingBut };
    Kind kind = Kind::Value;
    bool flag = false; // Exists: wanted; Prefix, Suffix: case does not matter
    json value; // Value
    std::string text;
    // Numeric
    double low = -kMostNumber;
    double high = kMostNumber;
    bool lowOpen = false;
    bool highOpen = false;
    // Cidr
    std::array<unsigned char, 16> address = {};
    int family = 0;
    int bits = 0;
    std::vector<Matcher> parts; // AnythingBut: none of them may match
};

tl::unexpected<Error> bad(std::string reason)
{
    return fail(ErrorKind::Invalid, "InvalidEventPatternException", std::move(reason));
}

std::string inQuotes(std::string_view name)
{
    return '"' + std::string(name) + '"';
}

bool isScalar(const json& value)
{
    return !value.is_object() && !value.is_array();
}

// '*' matches any run; a backslash makes the next '*' or '\' an ordinary character. Linear but for the last
// star, so no pattern takes long.
bool matchesWildcard(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0, t = 0;
    std::size_t starAt = std::string_view::npos, retry = 0;
    const auto literal = [&](std::size_t at, std::size_t& length) {
        const bool escaped = pattern[at] == '\\' && at + 1 < pattern.size();
        length = escaped ? 2 : 1;
        return pattern[escaped ? at + 1 : at];
    };
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            starAt = ++p;
            retry = t;
            continue;
        }
        std::size_t length = 0;
        if (p < pattern.size() && literal(p, length) == text[t]) {
            p += length;
            ++t;
        } else if (starAt != std::string_view::npos) {
            p = starAt;
            t = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool sameAddress(const Matcher& matcher, const std::string& text)
{
    std::array<unsigned char, 16> address = {};
    if (inet_pton(matcher.family, text.c_str(), address.data()) != 1)
        return false;
    for (int bit = 0; bit < matcher.bits; ++bit) {
        const auto index = static_cast<std::size_t>(bit / 8);
        const auto mask = static_cast<unsigned char>(0x80U >> (bit % 8));
        if ((address[index] & mask) != (matcher.address[index] & mask))
            return false;
    }
    return true;
}

bool sameScalar(const json& wanted, const json& value)
{
    // EventBridge compares numbers as they are written: 300 is not 300.0.
    if (wanted.is_number() && value.is_number())
        return wanted.is_number_float() == value.is_number_float() && wanted == value;
    return wanted.type() == value.type() && wanted == value;
}

bool matchesText(const Matcher& matcher, const std::string& text)
{
    switch (matcher.kind) {
    case Matcher::Kind::Prefix:
        return matcher.flag ? toLower(text).starts_with(toLower(matcher.text))
                            : text.starts_with(matcher.text);
    case Matcher::Kind::Suffix:
        return matcher.flag ? toLower(text).ends_with(toLower(matcher.text)) : text.ends_with(matcher.text);
    case Matcher::Kind::IgnoreCase:
        return equalsIgnoreCase(matcher.text, text);
    case Matcher::Kind::Wildcard:
        return matchesWildcard(matcher.text, text);
    case Matcher::Kind::Cidr:
        return sameAddress(matcher, text);
    default:
        return false;
    }
}

bool matchesLeaf(const Matcher& matcher, const json& value)
{
    switch (matcher.kind) {
    case Matcher::Kind::Value:
        return sameScalar(matcher.value, value);
    case Matcher::Kind::Exists:
        return matcher.flag;
    case Matcher::Kind::Numeric: {
        if (!value.is_number())
            return false;
        const auto number = value.get<double>();
        return (matcher.lowOpen ? number > matcher.low : number >= matcher.low)
            && (matcher.highOpen ? number < matcher.high : number <= matcher.high);
    }
    case Matcher::Kind::AnythingBut:
        return std::none_of(matcher.parts.begin(), matcher.parts.end(),
            [&](const Matcher& part) { return matchesLeaf(part, value); });
    default:
        return value.is_string() && matchesText(matcher, value.get_ref<const std::string&>());
    }
}

// The scalars of a value; arrays, also in arrays, count by their elements. An object is no leaf.
void collectLeaves(const json& value, std::vector<const json*>& leaves)
{
    if (value.is_array()) {
        for (const auto& element : value)
            collectLeaves(element, leaves);
    } else if (!value.is_object()) {
        leaves.push_back(&value);
    }
}

bool matchesField(const std::vector<Matcher>& matchers, const json* value)
{
    std::vector<const json*> leaves;
    if (value)
        collectLeaves(*value, leaves);
    return std::any_of(matchers.begin(), matchers.end(), [&](const Matcher& matcher) {
        if (leaves.empty())
            return matcher.kind == Matcher::Kind::Exists && !matcher.flag;
        return std::any_of(
            leaves.begin(), leaves.end(), [&](const json* leaf) { return matchesLeaf(matcher, *leaf); });
    });
}

}

struct EventPattern::Node {
    struct Field {
        std::string name;
        std::vector<Matcher> matchers; // of a leaf
        std::shared_ptr<const Node> below; // else
    };
    std::vector<Field> fields;
    std::vector<std::vector<Node>> choices; // each "$or"

    bool matches(const json& event) const;
};

bool EventPattern::Node::matches(const json& event) const
{
    static const json nothing = json::object();
    // An array of objects matches when one of them does; what is no object has no fields.
    if (event.is_array()) {
        bool any = false;
        for (const auto& element : event) {
            if (element.is_object() || element.is_array()) {
                any = true;
                if (matches(element))
                    return true;
            }
        }
        return !any && matches(nothing);
    }
    if (!event.is_object())
        return matches(nothing);
    for (const auto& field : fields) {
        const auto found = event.find(field.name);
        const json* value = found == event.end() ? nullptr : &*found;
        if (field.below ? !field.below->matches(value ? *value : nothing)
                        : !matchesField(field.matchers, value))
            return false;
    }
    return std::all_of(choices.begin(), choices.end(), [&](const std::vector<Node>& choice) {
        return std::any_of(
            choice.begin(), choice.end(), [&](const Node& node) { return node.matches(event); });
    });
}

namespace {

using Node = EventPattern::Node;

Matcher textMatcher(Matcher::Kind kind, std::string text, bool anyCase = false)
{
    Matcher matcher;
    matcher.kind = kind;
    matcher.text = std::move(text);
    matcher.flag = anyCase;
    return matcher;
}

Result<Matcher> parseAffix(const std::string& name, const json& value)
{
    const auto kind = name == "prefix" ? Matcher::Kind::Prefix : Matcher::Kind::Suffix;
    if (value.is_string())
        return textMatcher(kind, value.get<std::string>());
    if (value.is_object() && value.size() == 1 && value.contains("equals-ignore-case")
        && value["equals-ignore-case"].is_string())
        return textMatcher(kind, value["equals-ignore-case"].get<std::string>(), true);
    return bad(name + " match pattern must be a string");
}

Result<Matcher> parseWildcard(const json& value)
{
    if (!value.is_string())
        return bad("wildcard match pattern must be a string");
    auto text = value.get<std::string>();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            if (i + 1 >= text.size() || (text[i + 1] != '*' && text[i + 1] != '\\'))
                return bad("Invalid escape character at pos " + std::to_string(i));
            ++i;
        } else if (text[i] == '*' && i + 1 < text.size() && text[i + 1] == '*') {
            return bad("Consecutive wildcard characters at pos " + std::to_string(i));
        }
    }
    return textMatcher(Matcher::Kind::Wildcard, std::move(text));
}

Result<double> numberOf(const json& value, const std::string& operation)
{
    if (!value.is_number())
        return bad("Value of " + operation + " must be numeric");
    const auto number = value.get<double>();
    if (!(number >= -kMostNumber && number <= kMostNumber))
        return bad("Value must be between -5.0E9 and 5.0E9, inclusive");
    return number;
}

Result<Matcher> parseNumeric(const json& value)
{
    if (!value.is_array())
        return bad("Value of numeric must be an array.");
    if (value.empty() || value.size() % 2 != 0 || value.size() > 4)
        return bad(value.size() > 4 ? "Too many elements in numeric expression"
                                    : "Invalid member in numeric match: ]");
    Matcher matcher;
    matcher.kind = Matcher::Kind::Numeric;
    bool lowSet = false, highSet = false;
    for (std::size_t i = 0; i < value.size(); i += 2) {
        if (!value[i].is_string())
            return bad("Invalid member in numeric match: " + writeJson(value[i]));
        const auto operation = value[i].get<std::string>();
        const bool low = operation == ">" || operation == ">=";
        const bool high = operation == "<" || operation == "<=";
        if (!low && !high && operation != "=")
            return bad("Unrecognized numeric range operator: " + operation);
        CORE_TRY(const auto number, numberOf(value[i + 1], operation));
        if ((operation == "=" && value.size() != 2) || (low && lowSet) || (high && highSet))
            return bad("Bad numeric range operator: " + operation);
        if (!high) {
            matcher.low = number;
            matcher.lowOpen = operation == ">";
            lowSet = true;
        }
        if (!low) {
            matcher.high = number;
            matcher.highOpen = operation == "<";
            highSet = true;
        }
    }
    if (value.size() == 4 && matcher.low >= matcher.high)
        return bad("Bottom must be less than top");
    return matcher;
}

Result<Matcher> parseCidr(const json& value)
{
    if (!value.is_string())
        return bad("cidr match pattern must be a string");
    const auto text = value.get<std::string>();
    const auto slash = text.find('/');
    const auto address = text.substr(0, slash);
    Matcher matcher;
    matcher.kind = Matcher::Kind::Cidr;
    matcher.family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
    const int most = matcher.family == AF_INET ? 32 : 128;
    const auto bits =
        slash == std::string::npos ? std::optional<std::int64_t>() : parseInteger(text.substr(slash + 1));
    if (slash == std::string::npos)
        return bad("Malformed CIDR, one '/' required");
    if (inet_pton(matcher.family, address.c_str(), matcher.address.data()) != 1)
        return bad("Nonstandard IP address: " + address);
    if (!bits || *bits < 0 || *bits > most)
        return bad("Malformed CIDR, mask bits must be an integer");
    matcher.bits = static_cast<int>(*bits);
    return matcher;
}

Result<Matcher> parseValue(const json& value)
{
    if (!isScalar(value))
        return bad("Match value must be String, number, true, false, or null");
    Matcher matcher;
    matcher.value = value;
    return matcher;
}

// The inside of {"anything-but": {"prefix": …}}: a text or several.
Result<> parseButTexts(const std::string& name, const json& value, std::vector<Matcher>& parts)
{
    const auto texts = value.is_array() ? value : json::array({value});
    if (texts.empty())
        return bad("Empty arrays are not allowed");
    for (const auto& text : texts) {
        if (!text.is_string())
            return bad("anything-but " + name + " match pattern must be a string");
        if (name == "wildcard") {
            CORE_TRY(auto part, parseWildcard(text));
            parts.push_back(std::move(part));
            continue;
        }
        if (name == "prefix" || name == "suffix") {
            if (text.get_ref<const std::string&>().empty())
                return bad("Null " + name + " not allowed");
            CORE_TRY(auto part, parseAffix(name, text));
            parts.push_back(std::move(part));
            continue;
        }
        if (name != "equals-ignore-case")
            return bad("Unsupported anything-but pattern: " + name);
        parts.push_back(textMatcher(Matcher::Kind::IgnoreCase, text.get<std::string>()));
    }
    return {};
}

Result<Matcher> parseAnythingBut(const json& value)
{
    Matcher matcher;
    matcher.kind = Matcher::Kind::AnythingBut;
    if (value.is_object()) {
        if (value.size() != 1)
            return bad("Only one key allowed in match expression");
        CORE_CHECK(parseButTexts(value.begin().key(), value.begin().value(), matcher.parts));
        return matcher;
    }
    const auto values = value.is_array() ? value : json::array({value});
    if (values.empty())
        return bad("Empty arrays are not allowed");
    for (const auto& one : values) {
        if (!one.is_string() && !one.is_number())
            return bad("Value of anything-but must be an array or single string/number value.");
        if (one.is_string() != values.front().is_string())
            return bad("Inside anything but list, either all values are number or string, mixed type is not "
                       "supported");
        CORE_TRY(auto part, parseValue(one));
        matcher.parts.push_back(std::move(part));
    }
    return matcher;
}

Result<Matcher> parseExpression(const json& expression)
{
    if (expression.size() != 1)
        return bad("Only one key allowed in match expression");
    const auto& name = expression.begin().key();
    const auto& value = expression.begin().value();
    if (name == "prefix" || name == "suffix")
        return parseAffix(name, value);
    if (name == "anything-but")
        return parseAnythingBut(value);
    if (name == "numeric")
        return parseNumeric(value);
    if (name == "wildcard")
        return parseWildcard(value);
    if (name == "cidr")
        return parseCidr(value);
    if (name == "exists") {
        if (!value.is_boolean())
            return bad("exists match pattern must be either true or false.");
        Matcher matcher;
        matcher.kind = Matcher::Kind::Exists;
        matcher.flag = value.get<bool>();
        return matcher;
    }
    if (name == "equals-ignore-case") {
        if (!value.is_string())
            return bad("equals-ignore-case match pattern must be a string");
        return textMatcher(Matcher::Kind::IgnoreCase, value.get<std::string>());
    }
    return bad("Unrecognized match type " + name);
}

Result<std::vector<Matcher>> parseMatchers(const json& list)
{
    if (list.empty())
        return bad("Empty arrays are not allowed");
    std::vector<Matcher> matchers;
    for (const auto& entry : list) {
        CORE_TRY(auto matcher, entry.is_object() ? parseExpression(entry) : parseValue(entry));
        matchers.push_back(std::move(matcher));
    }
    return matchers;
}

Result<Node> parseNode(const json& pattern);

// "$or" is a field's name like any other unless it holds at least two objects.
bool isChoice(const std::string& name, const json& value)
{
    return name == "$or" && value.is_array() && value.size() >= 2
        && std::all_of(value.begin(), value.end(), [](const json& entry) { return entry.is_object(); });
}

Result<> addField(const std::string& name, const json& value, Node& node)
{
    if (isChoice(name, value)) {
        std::vector<Node> choice;
        for (const auto& entry : value) {
            CORE_TRY(auto one, parseNode(entry));
            choice.push_back(std::move(one));
        }
        node.choices.push_back(std::move(choice));
        return {};
    }
    Node::Field field;
    field.name = name;
    if (value.is_array()) {
        CORE_TRY(field.matchers, parseMatchers(value));
    } else if (value.is_object()) {
        CORE_TRY(auto below, parseNode(value));
        field.below = std::make_shared<const Node>(std::move(below));
    } else {
        return bad(inQuotes(name) + " must be an object or an array");
    }
    node.fields.push_back(std::move(field));
    return {};
}

Result<Node> parseNode(const json& pattern)
{
    if (pattern.empty())
        return bad("Empty objects are not allowed");
    Node node;
    for (const auto& [name, value] : pattern.items())
        CORE_CHECK(addField(name, value, node));
    return node;
}

}

EventPattern::EventPattern(std::shared_ptr<const Node> root)
    : m_root(std::move(root))
{
}

Result<EventPattern> EventPattern::parse(std::string_view text)
{
    const auto pattern = parseJson(text);
    if (!pattern)
        return bad("Invalid JSON");
    if (!pattern->is_object())
        return bad("Filter is not an object");
    CORE_TRY(auto root, parseNode(*pattern));
    return EventPattern(std::make_shared<const Node>(std::move(root)));
}

bool EventPattern::matches(const json& event) const
{
    return m_root->matches(event);
}

}
