#include "core/logs/json_pattern.h"

#include "core/aws/json_text.h"
#include "core/base/text.h"
#include "core/logs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace core::logs {

using nlohmann::json;

namespace {

using Condition = JsonPattern::Condition;
using Node = JsonPattern::Node;
using Operand = JsonPattern::Operand;
using Operator = JsonPattern::Operator;

constexpr int kMostParentheses = 32;

Error invalid()
{
    return errors::invalidParameter("Invalid filter pattern");
}

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_rest(trimmed(text))
    {
    }

    Result<Node> pattern()
    {
        if (!take("{"))
            return fail(invalid());
        CORE_TRY(auto node, any(0));
        if (!take("}") || !m_rest.empty())
            return fail(invalid());
        return node;
    }

    // A path alone.
    Result<Condition> selector()
    {
        Condition condition;
        CORE_TRY(condition.path, path());
        if (!m_rest.empty())
            return fail(invalid());
        return condition;
    }

private:
    bool take(std::string_view word)
    {
        if (!m_rest.starts_with(word))
            return false;
        m_rest = trimmed(m_rest.substr(word.size()));
        return true;
    }

    Result<Node> any(int depth) { return joined(Node::Kind::Any, "||", depth); }

    Result<Node> joined(Node::Kind kind, std::string_view sign, int depth)
    {
        Node node;
        node.kind = kind;
        do {
            CORE_TRY(auto part, kind == Node::Kind::Any ? joined(Node::Kind::All, "&&", depth) : one(depth));
            node.parts.push_back(std::move(part));
        } while (take(sign));
        return node.parts.size() == 1 ? Node(std::move(node.parts.front())) : std::move(node);
    }

    Result<Node> one(int depth)
    {
        if (!take("("))
            return condition();
        if (depth == kMostParentheses)
            return fail(invalid());
        CORE_TRY(auto node, any(depth + 1));
        if (!take(")"))
            return fail(invalid());
        return node;
    }

    Result<Node> condition()
    {
        Node node;
        CORE_TRY(node.condition.path, path());
        static constexpr std::pair<std::string_view, Operator> kWords[] = {{"IS NULL", Operator::IsNull},
            {"IS TRUE", Operator::IsTrue}, {"IS FALSE", Operator::IsFalse},
            {"NOT EXISTS", Operator::NotExists}, {"EXISTS", Operator::Exists}};
        for (const auto& [word, test] : kWords) {
            if (take(word)) {
                node.condition.test = test;
                return node;
            }
        }
        static constexpr std::pair<std::string_view, Operator> kSigns[] = {{"!=", Operator::NotEqual},
            {"<=", Operator::LessEqual}, {">=", Operator::GreaterEqual}, {"=", Operator::Equal},
            {"<", Operator::Less}, {">", Operator::Greater}};
        for (const auto& [sign, test] : kSigns) {
            if (!take(sign))
                continue;
            node.condition.test = test;
            CORE_TRY(node.condition.operand, operand());
            const bool compares = test != Operator::Equal && test != Operator::NotEqual;
            if (compares && !node.condition.operand.number)
                return fail(invalid());
            return node;
        }
        return fail(invalid());
    }

    Result<std::vector<std::variant<std::string, std::size_t>>> path()
    {
        std::vector<std::variant<std::string, std::size_t>> steps;
        if (!m_rest.starts_with('$'))
            return fail(invalid());
        m_rest.remove_prefix(1);
        while (m_rest.starts_with('.') || m_rest.starts_with('[')) {
            if (m_rest.starts_with('.'))
                m_rest.remove_prefix(1);
            if (m_rest.starts_with('[')) {
                m_rest.remove_prefix(1);
                CORE_TRY(auto step, bracketed());
                steps.push_back(std::move(step));
                continue;
            }
            auto name = bare(".[=!<> \t\r\n)&|}");
            if (name.empty())
                return fail(invalid());
            steps.emplace_back(std::move(name));
        }
        m_rest = trimmed(m_rest);
        if (steps.empty())
            return fail(invalid());
        return steps;
    }

    // After "[": 3] or "a name"].
    Result<std::variant<std::string, std::size_t>> bracketed()
    {
        std::variant<std::string, std::size_t> step;
        if (m_rest.starts_with('"')) {
            CORE_TRY(step, quoted());
        } else {
            const auto digits = bare("]");
            std::size_t index = 0;
            const auto end = digits.data() + digits.size();
            if (const auto read = std::from_chars(digits.data(), end, index);
                digits.empty() || read.ec != std::errc() || read.ptr != end)
                return fail(invalid());
            step = index;
        }
        if (!m_rest.starts_with(']'))
            return fail(invalid());
        m_rest.remove_prefix(1);
        return step;
    }

    std::string bare(std::string_view ends)
    {
        const auto length = std::min(m_rest.find_first_of(ends), m_rest.size());
        std::string word(m_rest.substr(0, length));
        m_rest.remove_prefix(length);
        return word;
    }

    Result<std::string> quoted()
    {
        std::string text;
        m_rest.remove_prefix(1);
        while (!m_rest.empty() && m_rest.front() != '"') {
            if (m_rest.front() == '\\' && m_rest.size() > 1)
                m_rest.remove_prefix(1);
            text += m_rest.front();
            m_rest.remove_prefix(1);
        }
        if (m_rest.empty())
            return fail(invalid());
        m_rest.remove_prefix(1);
        return text;
    }

    Result<Operand> operand()
    {
        Operand operand;
        if (m_rest.starts_with('%'))
            return fail(
                errors::invalidParameter("Regular expressions in filter patterns are not supported."));
        if (m_rest.starts_with('"')) {
            CORE_TRY(operand.text, quoted());
        } else {
            operand.text = bare(" \t\r\n)&|}");
            if (operand.text.empty())
                return fail(invalid());
            double number = 0;
            const auto end = operand.text.data() + operand.text.size();
            const auto read = std::from_chars(operand.text.data(), end, number);
            if (read.ec == std::errc() && read.ptr == end)
                operand.number = number;
        }
        m_rest = trimmed(m_rest);
        return operand;
    }

    std::string_view m_rest;
};

bool matchesGlob(std::string_view text, std::string_view glob)
{
    std::size_t at = 0;
    std::size_t in = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (at < text.size()) {
        if (in < glob.size() && glob[in] == '*') {
            star = in++;
            resume = at;
        } else if (in < glob.size() && glob[in] == text[at]) {
            ++in;
            ++at;
        } else if (star != std::string_view::npos) {
            in = star + 1;
            at = ++resume;
        } else {
            return false;
        }
    }
    return glob.find_first_not_of('*', in) == std::string_view::npos;
}

const json* memberAt(const json& message, const Condition& condition)
{
    const json* value = &message;
    for (const auto& step : condition.path) {
        if (const auto* name = std::get_if<std::string>(&step)) {
            const auto found = value->is_object() ? value->find(*name) : value->end();
            if (!value->is_object() || found == value->end())
                return nullptr;
            value = &*found;
        } else {
            const auto index = std::get<std::size_t>(step);
            if (!value->is_array() || index >= value->size())
                return nullptr;
            value = &(*value)[index];
        }
    }
    return value;
}

bool isEqual(const json& value, const Operand& operand)
{
    if (value.is_number() && operand.number)
        return value.get<double>() == *operand.number;
    if (value.is_string())
        return matchesGlob(value.get_ref<const std::string&>(), operand.text);
    return (value.is_number() || value.is_boolean()) && matchesGlob(value.dump(), operand.text);
}

bool isOrdered(double left, Operator test, double right)
{
    if (test == Operator::Less || test == Operator::LessEqual)
        return left < right || (test == Operator::LessEqual && left == right);
    return left > right || (test == Operator::GreaterEqual && left == right);
}

bool holds(const Condition& condition, const json& message)
{
    const auto* value = memberAt(message, condition);
    if (condition.test == Operator::NotExists || condition.test == Operator::Exists)
        return (value != nullptr) == (condition.test == Operator::Exists);
    if (!value)
        return false;
    const auto& operand = condition.operand;
    switch (condition.test) {
    case Operator::Equal:
        return isEqual(*value, operand);
    case Operator::NotEqual:
        return !isEqual(*value, operand);
    case Operator::Less:
    case Operator::LessEqual:
    case Operator::Greater:
    case Operator::GreaterEqual:
        return value->is_number() && operand.number
            && isOrdered(value->get<double>(), condition.test, *operand.number);
    case Operator::IsNull:
        return value->is_null();
    case Operator::IsTrue:
        return *value == true;
    case Operator::IsFalse:
        return *value == false;
    default:
        return false;
    }
}

bool holds(const Node& node, const json& message)
{
    const auto part = [&message](const Node& inner) { return holds(inner, message); };
    if (node.kind == Node::Kind::Condition)
        return holds(node.condition, message);
    return node.kind == Node::Kind::All ? std::all_of(node.parts.begin(), node.parts.end(), part)
                                        : std::any_of(node.parts.begin(), node.parts.end(), part);
}

}

Result<JsonPattern> JsonPattern::parse(std::string_view text)
{
    JsonPattern pattern;
    CORE_TRY(pattern.m_root, Parser(text).pattern());
    return pattern;
}

std::optional<json> JsonPattern::select(std::string_view selector, std::string_view message)
{
    const auto condition = Parser(selector).selector();
    const auto parsed = aws::parseJson(trimmed(message));
    const auto* value = condition && parsed ? memberAt(*parsed, *condition) : nullptr;
    return value ? std::optional(*value) : std::nullopt;
}

bool JsonPattern::matches(std::string_view message) const
{
    const auto text = trimmed(message);
    if (!text.starts_with('{'))
        return false;
    const auto parsed = aws::parseJson(text);
    return parsed && parsed->is_object() && holds(m_root, *parsed);
}

}
