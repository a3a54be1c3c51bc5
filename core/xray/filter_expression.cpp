#include "core/xray/filter_expression.h"

#include "core/base/text.h"
#include "core/xray/errors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace core::xray {

namespace {

using Test = FilterExpression::Test;

constexpr int kDeepest = 50;

struct Token {
    enum class Kind { Word, Text, Number, Sign, End };
    Kind kind = Kind::End;
    std::string text;
    double number = 0;
};

Error malformed(const std::string& why)
{
    return errors::invalid("Invalid filter expression: " + why);
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'
        || c == '[' || c == ']';
}

Result<Token> takeText(std::string_view& rest)
{
    Token token{Token::Kind::Text, {}, 0};
    const char quote = rest.front();
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == quote) {
            rest.remove_prefix(i + 1);
            return token;
        }
        if (rest[i] == '\\' && i + 1 < rest.size())
            ++i;
        token.text += rest[i];
    }
    return fail(malformed("a text without its end"));
}

Result<Token> takeNumber(std::string_view& rest)
{
    Token token{Token::Kind::Number, {}, 0};
    const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), token.number);
    if (problem != std::errc())
        return fail(malformed("'" + std::string(rest) + "' is no number"));
    const auto length = static_cast<std::size_t>(end - rest.data());
    token.text = rest.substr(0, length);
    rest.remove_prefix(length);
    return token;
}

Result<std::vector<Token>> tokensOf(std::string_view rest)
{
    constexpr std::array<std::string_view, 14> signs{
        "<=", ">=", "!=", "<>", "=", "<", ">", "!", "(", ")", "{", "}", ":", ","};
    std::vector<Token> tokens;
    while (!(rest = trimmed(rest)).empty()) {
        const char c = rest.front();
        if (c == '"' || c == '\'') {
            CORE_TRY(auto text, takeText(rest));
            tokens.push_back(std::move(text));
        } else if ((c >= '0' && c <= '9') || c == '-') {
            CORE_TRY(auto number, takeNumber(rest));
            tokens.push_back(std::move(number));
        } else if (isWordCharacter(c)) {
            const auto end = std::ranges::find_if_not(rest, isWordCharacter);
            tokens.push_back({Token::Kind::Word, std::string(rest.begin(), end), 0});
            rest.remove_prefix(static_cast<std::size_t>(end - rest.begin()));
        } else {
            const auto sign =
                std::ranges::find_if(signs, [&](auto known) { return rest.starts_with(known); });
            if (sign == signs.end())
                return fail(malformed("'" + std::string(1, c) + "' is no sign of it"));
            tokens.push_back({Token::Kind::Sign, std::string(*sign), 0});
            rest.remove_prefix(sign->size());
        }
    }
    tokens.emplace_back();
    return tokens;
}

bool holds(std::string_view sign, double a, double b)
{
    if (sign == "=")
        return a == b;
    if (sign == "!=" || sign == "<>")
        return a != b;
    if (sign == "<")
        return a < b;
    if (sign == "<=")
        return a <= b;
    return sign == ">" ? a > b : a >= b;
}

bool holds(std::string_view sign, std::string_view a, std::string_view b)
{
    if (sign == "=")
        return a == b;
    if (sign == "contains")
        return a.find(b) != std::string_view::npos;
    if (sign == "beginswith")
        return a.starts_with(b);
    if (sign == "endswith")
        return a.ends_with(b);
    return a != b;
}

std::optional<bool Verdicts::*> verdictNamed(std::string_view word)
{
    if (word == "fault")
        return &Verdicts::fault;
    if (word == "error")
        return &Verdicts::error;
    if (word == "throttle")
        return &Verdicts::throttle;
    return std::nullopt;
}

// What AWS's language has and this has not.
bool isKnownToAws(std::string_view word)
{
    constexpr std::array<std::string_view, 10> names{"edge", "user", "http.useragent", "http.clientip",
        "rootcause", "group", "availabilityzone", "instance.id", "resource.arn", "json"};
    return word.starts_with("annotation") || word.starts_with("metadata") || word.starts_with("rootcause")
        || word.starts_with("group.") || std::ranges::find(names, word) != names.end();
}

class Parser {
public:
    explicit Parser(std::vector<Token> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    Result<Test> parse()
    {
        CORE_TRY(auto test, any());
        if (next().kind != Token::Kind::End)
            return fail(malformed("'" + next().text + "' is too much"));
        return test;
    }

private:
    const Token& next() const { return m_tokens[m_at]; }
    Token take() { return next().kind == Token::Kind::End ? next() : m_tokens[m_at++]; }
    bool isSign(std::string_view sign) const
    {
        return next().kind == Token::Kind::Sign && next().text == sign;
    }
    bool isWord(std::string_view word) const
    {
        return next().kind == Token::Kind::Word && toLower(next().text) == word;
    }
    bool takeSign(std::string_view sign)
    {
        const bool there = isSign(sign);
        m_at += there ? 1 : 0;
        return there;
    }
    bool takeWord(std::string_view word)
    {
        const bool there = isWord(word);
        m_at += there ? 1 : 0;
        return there;
    }
    Result<> want(std::string_view sign)
    {
        if (takeSign(sign))
            return {};
        return fail(malformed("'" + std::string(sign) + "' is missing"
            + (next().kind == Token::Kind::End ? " at its end" : " before '" + next().text + "'")));
    }

    Result<Test> any()
    {
        CORE_TRY(auto left, all());
        while (takeWord("or")) {
            CORE_TRY(auto right, all());
            left = [left, right](const TraceFacts& facts) { return left(facts) || right(facts); };
        }
        return left;
    }

    Result<Test> all()
    {
        CORE_TRY(auto left, one());
        while (takeWord("and")) {
            CORE_TRY(auto right, one());
            left = [left, right](const TraceFacts& facts) { return left(facts) && right(facts); };
        }
        return left;
    }

    Result<Test> one()
    {
        if (++m_depth > kDeepest)
            return fail(malformed("it nests deeper than 50 levels"));
        auto test = plainOne();
        --m_depth;
        return test;
    }

    Result<Test> plainOne()
    {
        if (takeSign("!") || takeWord("not")) {
            CORE_TRY(auto test, one());
            return [test](const TraceFacts& facts) { return !test(facts); };
        }
        if (takeSign("(")) {
            CORE_TRY(auto test, any());
            CORE_CHECK(want(")"));
            return test;
        }
        const auto token = take();
        if (token.kind != Token::Kind::Word)
            return fail(malformed(
                token.kind == Token::Kind::End ? "it ends too early" : "'" + token.text + "' is no keyword"));
        return keyword(toLower(token.text));
    }

    Result<Test> keyword(const std::string& word)
    {
        if (word == "service")
            return service();
        if (word == "responsetime")
            return number([](const TraceFacts& facts) { return facts.responseTime; });
        if (word == "duration")
            return number([](const TraceFacts& facts) { return facts.duration; });
        if (word == "http.status")
            return number([](const TraceFacts& facts) { return static_cast<double>(facts.status); });
        if (word == "http.method")
            return text([](const TraceFacts& facts) { return std::string_view(facts.method); });
        if (word == "http.url")
            return text([](const TraceFacts& facts) { return std::string_view(facts.url); });
        if (const auto verdict = verdictNamed(word))
            return truth([verdict](const TraceFacts& facts) { return facts.verdicts.*(*verdict); });
        if (word == "ok")
            return truth(
                [](const TraceFacts& facts) { return !facts.verdicts.fault && !facts.verdicts.error; });
        if (word == "partial")
            return truth([](const TraceFacts& facts) { return facts.isPartial; });
        if (isKnownToAws(word))
            return fail(errors::unsupported("'" + word + "'"));
        return fail(malformed("'" + word + "' is no keyword"));
    }

    template <typename Get> Result<Test> number(Get get)
    {
        const auto sign = take();
        constexpr std::array<std::string_view, 7> signs{"=", "!=", "<>", "<", "<=", ">", ">="};
        if (sign.kind != Token::Kind::Sign || std::ranges::find(signs, sign.text) == signs.end())
            return fail(malformed("a number is compared with =, !=, <, <=, > or >="));
        const auto value = take();
        if (value.kind != Token::Kind::Number)
            return fail(malformed("'" + value.text + "' is no number"));
        return [get, sign = sign.text, number = value.number](
                   const TraceFacts& facts) { return holds(sign, get(facts), number); };
    }

    template <typename Get> Result<Test> text(Get get)
    {
        const auto sign = toLower(take().text);
        constexpr std::array<std::string_view, 6> signs{
            "=", "!=", "<>", "contains", "beginswith", "endswith"};
        if (std::ranges::find(signs, sign) == signs.end())
            return fail(malformed("a text is compared with =, !=, CONTAINS, BEGINSWITH or ENDSWITH"));
        const auto value = take();
        if (value.kind != Token::Kind::Text)
            return fail(malformed("'" + value.text + "' is no text"));
        return
            [get, sign, text = value.text](const TraceFacts& facts) { return holds(sign, get(facts), text); };
    }

    // Alone, or compared with true or false.
    template <typename Get> Result<Test> truth(Get get)
    {
        const bool equal = isSign("=");
        if (!equal && !isSign("!="))
            return Test(get);
        take();
        const auto value = toLower(take().text);
        if (value != "true" && value != "false")
            return fail(malformed("'" + value + "' is neither true nor false"));
        const bool wanted = (value == "true") == equal;
        return [get, wanted](const TraceFacts& facts) { return get(facts) == wanted; };
    }

    struct Named {
        std::string name;
        std::string type;
        bool has(const Node& node) const
        {
            return (name.empty() || node.name == name) && (type.empty() || node.type == type);
        }
    };

    // id(name: "…", type: "…")
    Result<Named> named()
    {
        Named named;
        CORE_CHECK(want("("));
        do {
            const auto member = toLower(take().text);
            CORE_CHECK(want(":"));
            const auto value = take();
            if (value.kind != Token::Kind::Text)
                return fail(malformed("'" + value.text + "' is no text"));
            if (member == "name")
                named.name = value.text;
            else if (member == "type")
                named.type = value.text;
            else
                return fail(errors::unsupported("'" + member + "' of id()"));
        } while (takeSign(","));
        CORE_CHECK(want(")"));
        return named;
    }

    Result<Test> service()
    {
        CORE_CHECK(want("("));
        Named wanted;
        if (takeWord("id")) {
            CORE_TRY(wanted, named());
        } else if (next().kind == Token::Kind::Text) {
            wanted.name = take().text;
        } else if (!isSign(")")) {
            return fail(malformed("service() wants a name in quotes"));
        }
        CORE_CHECK(want(")"));
        Test inner = [](const TraceFacts&) { return true; };
        if (takeSign("{")) {
            CORE_TRY(inner, any());
            CORE_CHECK(want("}"));
        }
        return [wanted, inner](const TraceFacts& facts) {
            return std::ranges::any_of(facts.nodes, [&](const Node& node) {
                if (!wanted.has(node))
                    return false;
                // Within the braces the service's own facts stand for the trace's.
                auto own = facts;
                own.verdicts = node.verdicts;
                own.responseTime = node.responseTime;
                own.duration = node.responseTime;
                return inner(own);
            });
        };
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
};

}

Result<FilterExpression> FilterExpression::parse(std::string_view text)
{
    if (trimmed(text).empty())
        return FilterExpression([](const TraceFacts&) { return true; });
    CORE_TRY(auto tokens, tokensOf(text));
    CORE_TRY(auto test, Parser(std::move(tokens)).parse());
    return FilterExpression(std::move(test));
}

}
