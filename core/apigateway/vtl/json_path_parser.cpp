#include "core/apigateway/vtl/json_filter.h"
#include "core/apigateway/vtl/json_path.h"
#include "core/base/text.h"

#include <array>
#include <charconv>

namespace core::apigateway::vtl {

namespace {

using Step = JsonPath::Step;

constexpr int kMaxDepth = 30;

class PathParser {
public:
    explicit PathParser(std::string_view text)
        : m_text(text)
    {
    }

    Result<JsonPath> whole()
    {
        CORE_TRY(auto path, this->path());
        skipSpace();
        if (!atEnd())
            return fail(error("Could not parse token"));
        return path;
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            ++m_at;
    }
    bool accept(std::string_view text)
    {
        if (!m_text.substr(m_at).starts_with(text))
            return false;
        m_at += text.size();
        return true;
    }
    Error error(const std::string& what) const
    {
        return {ErrorKind::Invalid, "InvalidPath",
            what + " at position " + std::to_string(m_at) + " of " + std::string(m_text)};
    }

    static bool isNamePart(char c)
    {
        constexpr std::string_view kEnds = ".[]()=<>!&|,' \t\n\r\"?/~";
        return c != '\0' && kEnds.find(c) == kEnds.npos;
    }

    // A path from its '$' or '@', or a name alone; ends where nothing of a path goes on.
    Result<JsonPath> path()
    {
        JsonPath result;
        if (accept("@"))
            result.fromRoot = false;
        else if (!accept("$") && isNamePart(peek()))
            result.steps.push_back(named());
        while (!atEnd()) {
            if (peek() == '[') {
                CORE_TRY(auto step, bracket());
                result.steps.push_back(std::move(step));
            } else if (peek() == '.') {
                CORE_CHECK(dotted(result));
            } else {
                break;
            }
        }
        return result;
    }

    Step named()
    {
        const auto start = m_at;
        while (isNamePart(peek()))
            ++m_at;
        return {.names = {std::string(m_text.substr(start, m_at - start))}};
    }

    Result<> dotted(JsonPath& into)
    {
        ++m_at;
        if (accept(".")) {
            into.steps.push_back({.kind = Step::Kind::Scan});
            if (peek() == '[')
                return {};
        } else if (peek() == '[') {
            return {}; // "$.['a']"
        }
        if (accept("*")) {
            into.steps.push_back({.kind = Step::Kind::All});
            return {};
        }
        auto step = named();
        if (step.names.front().empty())
            return fail(error("Path must not end with a '.' or '..'"));
        if (accept("()"))
            step.kind = Step::Kind::Function;
        else if (peek() == '(')
            return fail(error("Functions with arguments are not supported"));
        into.steps.push_back(std::move(step));
        return {};
    }

    Result<std::string> quoted()
    {
        const char quote = peek();
        ++m_at;
        std::string result;
        while (!atEnd() && peek() != quote) {
            if (peek() == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            result += peek();
            ++m_at;
        }
        if (!accept(std::string_view(&quote, 1)))
            return fail(error("Property is not closed"));
        return result;
    }

    std::optional<std::int64_t> integer()
    {
        skipSpace();
        std::int64_t value = 0;
        const auto* begin = m_text.data() + m_at;
        const auto parsed = std::from_chars(begin, m_text.data() + m_text.size(), value);
        if (parsed.ec != std::errc())
            return std::nullopt;
        m_at += static_cast<std::size_t>(parsed.ptr - begin);
        skipSpace();
        return value;
    }

    Result<Step> bracket()
    {
        ++m_at;
        skipSpace();
        Step step;
        if (accept("*")) {
            step.kind = Step::Kind::All;
        } else if (accept("?")) {
            CORE_TRY(step, filter());
        } else if (peek() == '\'' || peek() == '"') {
            do {
                skipSpace();
                if (peek() != '\'' && peek() != '"')
                    return fail(error("Expected a property name"));
                CORE_TRY(auto name, quoted());
                step.names.push_back(std::move(name));
                skipSpace();
            } while (accept(","));
        } else {
            CORE_TRY(step, indexes());
        }
        skipSpace();
        if (!accept("]"))
            return fail(error("Expected ']'"));
        return step;
    }

    Result<Step> indexes()
    {
        Step step{.kind = Step::Kind::Indexes};
        const auto first = integer();
        if (accept(":")) {
            step.kind = Step::Kind::Slice;
            step.from = first;
            step.to = integer();
            return step;
        }
        if (!first)
            return fail(error("Could not parse token"));
        step.indexes.push_back(*first);
        while (accept(",")) {
            const auto next = integer();
            if (!next)
                return fail(error("Could not parse token"));
            step.indexes.push_back(*next);
        }
        return step;
    }

    Result<Step> filter()
    {
        skipSpace();
        if (!accept("("))
            return fail(error("Expected '('"));
        CORE_TRY(auto parsed, disjunction());
        skipSpace();
        if (!accept(")"))
            return fail(error("Expected ')'"));
        return Step{
            .kind = Step::Kind::Filter, .filter = std::make_shared<const JsonFilter>(std::move(parsed))};
    }

    Result<JsonFilter> disjunction() { return joined("||", JsonFilter::Kind::Or); }

    Result<JsonFilter> joined(std::string_view sign, JsonFilter::Kind kind)
    {
        const auto part = [&] {
            return kind == JsonFilter::Kind::Or ? joined("&&", JsonFilter::Kind::And) : term();
        };
        CORE_TRY(auto first, part());
        skipSpace();
        if (!m_text.substr(m_at).starts_with(sign))
            return first;
        JsonFilter result{.kind = kind};
        result.parts.push_back(std::move(first));
        while (accept(sign)) {
            CORE_TRY(auto next, part());
            result.parts.push_back(std::move(next));
            skipSpace();
        }
        return result;
    }

    Result<JsonFilter> term()
    {
        if (m_depth > kMaxDepth)
            return fail(error("The filter is nested too deeply"));
        ++m_depth;
        auto result = deeperTerm();
        --m_depth;
        return result;
    }

    Result<JsonFilter> deeperTerm()
    {
        skipSpace();
        if (peek() == '!' && peek(1) != '=') {
            ++m_at;
            CORE_TRY(auto inner, term());
            JsonFilter result{.kind = JsonFilter::Kind::Not};
            result.parts.push_back(std::move(inner));
            return result;
        }
        if (accept("(")) {
            CORE_TRY(auto inner, disjunction());
            skipSpace();
            if (!accept(")"))
                return fail(error("Expected ')'"));
            return inner;
        }
        return comparison();
    }

    Result<JsonFilter> comparison()
    {
        JsonFilter result;
        CORE_TRY(result.left, operand());
        skipSpace();
        constexpr std::array<std::string_view, 15> kSigns{"==", "!=", "<=", ">=", "=~", "<", ">", "in", "nin",
            "subsetof", "anyof", "noneof", "contains", "size", "empty"};
        for (const auto sign : kSigns) {
            if (accept(sign)) {
                result.kind = JsonFilter::Kind::Compare;
                result.sign = std::string(sign);
                CORE_TRY(result.right, operand());
                return result;
            }
        }
        if (!result.left.path)
            return fail(error("Expected an operator"));
        return result;
    }

    Result<JsonFilter::Operand> operand()
    {
        skipSpace();
        if (peek() == '@' || peek() == '$') {
            ++m_depth;
            if (m_depth > kMaxDepth)
                return fail(error("The filter is nested too deeply"));
            CORE_TRY(auto inner, path());
            --m_depth;
            return JsonFilter::Operand{.path = std::move(inner)};
        }
        if (peek() == '[') {
            ++m_at;
            JsonFilter::Operand result{.list = std::make_shared<List>()};
            result.list->isJson = true;
            skipSpace();
            while (peek() != ']') {
                CORE_TRY(auto element, literal());
                result.list->items.push_back(std::move(element));
                skipSpace();
                if (!accept(",") && peek() != ']')
                    return fail(error("Expected ']'"));
            }
            ++m_at;
            return result;
        }
        CORE_TRY(auto value, literal());
        return JsonFilter::Operand{.literal = std::move(value)};
    }

    Result<Value> literal()
    {
        skipSpace();
        if (peek() == '\'' || peek() == '"') {
            CORE_TRY(auto text, quoted());
            return Value(std::move(text));
        }
        if (peek() == '/')
            return regex();
        if (accept("true"))
            return Value(true);
        if (accept("false"))
            return Value(false);
        if (accept("null"))
            return Value();
        return number();
    }

    // "/pattern/i" as the pattern that it is for the regex engine: "(?i)pattern".
    Result<Value> regex()
    {
        ++m_at;
        std::string pattern;
        while (!atEnd() && peek() != '/') {
            if (peek() == '\\' && peek(1) == '/')
                ++m_at;
            else if (peek() == '\\')
                pattern += m_text[m_at++];
            if (!atEnd())
                pattern += m_text[m_at++];
        }
        if (!accept("/"))
            return fail(error("The pattern is not closed"));
        std::string flags;
        while (peek() == 'i' || peek() == 's' || peek() == 'm' || peek() == 'x')
            flags += m_text[m_at++];
        return Value(flags.empty() ? pattern : "(?" + flags + ")" + pattern);
    }

    Result<Value> number()
    {
        const auto start = m_at;
        while (std::string_view("+-0123456789.eE").find(peek()) != std::string_view::npos && !atEnd())
            ++m_at;
        const auto text = m_text.substr(start, m_at - start);
        if (const auto whole = parseInteger(text))
            return Value(*whole);
        double value = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
        if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
            return fail(error("Expected a value"));
        return Value(value);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
};

}

Result<JsonPath> JsonPath::parse(std::string_view text)
{
    const auto clean = trimmed(text);
    if (clean.empty())
        return fail(ErrorKind::Invalid, "InvalidPath", "json can not be null or empty");
    return PathParser(clean).whole();
}

}
