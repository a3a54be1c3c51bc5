#include "core/apigateway/vtl/scanner.h"
#include "core/apigateway/vtl/syntax.h"
#include "core/base/text.h"

#include <array>
#include <charconv>
#include <chrono>

namespace core::apigateway::vtl {

namespace {

constexpr int kMaxDepth = 60; // of blocks, expressions and strings within each other
constexpr int kMaxOperators = 1000; // of an expression with all it holds: the tree may be as deep

// The directives that Velocity knows by name; \# before them is an escape.
bool isDirective(std::string_view name)
{
    static constexpr std::array<std::string_view, 12> kNames{"if", "elseif", "else", "end", "set", "foreach",
        "break", "stop", "macro", "define", "evaluate", "include"};
    for (const auto known : kNames) {
        if (known == name)
            return true;
    }
    return name == "parse";
}

// What ended a block.
enum class Ending { Input, End, Else, ElseIf };

class Parser {
public:
    // `operators` are those of the expression around the text.
    Parser(std::string_view text, int depth, Deadline deadline, int operators = 0)
        : m_scanner(text)
        , m_deadline(deadline)
        , m_outerOperators(operators)
        , m_depth(depth)
    {
    }

    Result<Syntax> whole()
    {
        CORE_TRY(auto ending, block(m_syntax.block));
        if (ending != Ending::Input)
            return fail(m_scanner.error("Encountered \"" + m_endingText + "\""));
        return std::move(m_syntax);
    }

private:
    // Counts how deep the parser stands, in blocks as well as in expressions.
    struct Level {
        explicit Level(int& depth)
            : m_depth(depth)
        {
            ++m_depth;
        }
        ~Level() { --m_depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;
        int& m_depth;
    };

    Result<> checkDepth() const
    {
        if (m_depth > kMaxDepth)
            return fail(m_scanner.error("The template is nested too deeply"));
        return {};
    }

    Result<> checkTime()
    {
        constexpr unsigned kEvery = 64;
        if (m_rounds++ % kEvery == 0 && std::chrono::steady_clock::now() >= m_deadline)
            return fail(tooLong());
        return {};
    }

    void addText(Block& into, std::string_view text)
    {
        if (text.empty())
            return;
        if (into.empty() || into.back().kind != Node::Kind::Text)
            into.push_back({.kind = Node::Kind::Text});
        into.back().text += text;
    }

    Result<Ending> block(Block& into)
    {
        const Level level(m_depth);
        CORE_CHECK(checkDepth());
        while (!m_scanner.atEnd()) {
            CORE_CHECK(checkTime());
            m_run = m_scanner.takeUntil("$#\\");
            addText(into, m_run);
            if (m_scanner.atEnd())
                break;
            const auto slashes = m_scanner.count('\\');
            const char sign = m_scanner.peek(slashes);
            if (sign == '$') {
                CORE_CHECK(referenceNode(into, slashes));
            } else if (sign == '#') {
                CORE_TRY(const auto ending, hash(into, slashes));
                if (ending)
                    return *ending;
            } else {
                addText(into, m_scanner.take(slashes));
            }
        }
        return Ending::Input;
    }

    Result<> referenceNode(Block& into, std::size_t slashes)
    {
        const auto start = m_scanner.position();
        m_scanner.skip(slashes);
        CORE_TRY(auto reference, tryReference());
        if (!reference) {
            m_scanner.rewind(start);
            addText(into, m_scanner.take(slashes + 1));
            return {};
        }
        reference->backslashes = slashes;
        into.push_back({.kind = Node::Kind::Reference,
            .reference = std::make_shared<const Reference>(*std::move(reference)),
            .line = m_scanner.line()});
        return {};
    }

    // A reference at the '$', or none when what follows is plain text.
    Result<std::optional<Reference>> tryReference()
    {
        const auto start = m_scanner.position();
        Reference reference;
        m_scanner.skip(1);
        reference.isQuiet = m_scanner.accept("!");
        const bool formal = m_scanner.accept("{");
        reference.name = std::string(m_scanner.identifier());
        // Velocity reads these two as the literals that they are elsewhere.
        if (reference.name.empty() || reference.name == "true" || reference.name == "false") {
            m_scanner.rewind(start);
            return std::optional<Reference>();
        }
        CORE_CHECK(parts(reference));
        if (formal && !m_scanner.accept("}"))
            return fail(m_scanner.unexpected());
        reference.source = std::string(m_scanner.since(start));
        return std::optional(std::move(reference));
    }

    Result<> parts(Reference& reference)
    {
        const Level level(m_depth);
        CORE_CHECK(checkDepth());
        while (true) {
            if (m_scanner.peek() == '[') {
                CORE_CHECK(indexPart(reference));
            } else if (m_scanner.peek() == '.' && Scanner::isLetter(m_scanner.peek(1))) {
                m_scanner.skip(1);
                Reference::Part part{.name = std::string(m_scanner.identifier())};
                if (m_scanner.peek() == '(')
                    CORE_CHECK(methodPart(part));
                reference.parts.push_back(std::move(part));
            } else {
                return {};
            }
        }
    }

    Result<> indexPart(Reference& reference)
    {
        m_scanner.skip(1);
        Reference::Part part{.kind = Reference::Part::Kind::Index};
        CORE_TRY(auto index, parameter());
        part.arguments.push_back(std::move(index));
        if (!m_scanner.accept("]"))
            return fail(m_scanner.unexpected());
        reference.parts.push_back(std::move(part));
        return {};
    }

    // "(…)" after a name. What does not begin like arguments is text: "$name(see below)".
    Result<> methodPart(Reference::Part& part)
    {
        const auto start = m_scanner.position();
        m_scanner.skip(1);
        m_scanner.skipSpace();
        if (m_scanner.accept(")")) {
            part.kind = Reference::Part::Kind::Method;
            return {};
        }
        if (!beginsParameter()) {
            m_scanner.rewind(start);
            return {};
        }
        part.kind = Reference::Part::Kind::Method;
        do {
            CORE_TRY(auto argument, parameter());
            part.arguments.push_back(std::move(argument));
        } while (m_scanner.accept(","));
        if (!m_scanner.accept(")"))
            return fail(m_scanner.unexpected());
        return {};
    }

    bool beginsParameter() const
    {
        const char c = m_scanner.peek();
        return c == '"' || c == '\'' || c == '$' || c == '[' || c == '{' || Scanner::isDigit(c)
            || (c == '-' && Scanner::isDigit(m_scanner.peek(1))) || m_scanner.startsWithWord("true")
            || m_scanner.startsWithWord("false");
    }

    // A comment, a directive or a '#' of the text. Gives the ending when it ends the block.
    Result<std::optional<Ending>> hash(Block& into, std::size_t slashes)
    {
        const auto start = m_scanner.position();
        m_scanner.skip(slashes);
        const auto word = m_scanner.directiveWord();
        if (slashes % 2 == 1 && !word.empty()) {
            // "\#if" is the text "#if"; before what is no directive backslashes stay.
            const bool known = isDirective(word) || m_syntax.macros.contains(word);
            addText(into, std::string(known ? (slashes - 1) / 2 : slashes, '\\'));
            addText(into, m_scanner.take(m_scanner.directiveLength()));
            return std::optional<Ending>();
        }
        if (slashes > 0) {
            m_run = {};
            // Before a #set they stay too: Velocity's lexer knows it by itself.
            const bool known = word != "set" && (isDirective(word) || m_syntax.macros.contains(word));
            addText(into, std::string(known ? slashes / 2 : slashes, '\\'));
        }
        if (skipComment(into))
            return std::optional<Ending>();
        if (m_commentError)
            return fail(m_scanner.error("Encountered \"<EOF>\""));
        if (word.empty()) {
            addText(into, m_scanner.take(1));
            return std::optional<Ending>();
        }
        return directive(into, word, start + slashes);
    }

    bool skipComment(Block& into)
    {
        if (m_scanner.accept("##")) {
            m_scanner.skipLine();
            return true;
        }
        if (m_scanner.startsWith("#*")) {
            // One that does not end takes the rest, as in Velocity.
            if (!m_scanner.skipPast("*#", 2))
                m_scanner.skipAll();
            return true;
        }
        if (m_scanner.startsWith("#[[")) {
            const auto start = m_scanner.position();
            m_commentError = !m_scanner.skipPast("]]#", 3);
            if (!m_commentError) {
                const auto whole = m_scanner.since(start);
                addText(into, whole.substr(3, whole.size() - 6));
            }
            return !m_commentError;
        }
        return false;
    }

    Result<std::optional<Ending>> directive(Block& into, std::string_view word, std::size_t start)
    {
        const int line = m_scanner.line();
        const std::string name(word);
        if (name == "set" && !m_scanner.opensSet()) {
            addText(into, m_scanner.take(m_scanner.directiveLength()));
            return std::optional<Ending>();
        }
        m_scanner.skip(m_scanner.directiveLength());
        if (name == "end" || name == "else") {
            m_endingText = "#" + name;
            m_scanner.skipNewline();
            return std::optional(name == "end" ? Ending::End : Ending::Else);
        }
        if (name == "elseif") {
            m_endingText = "#elseif";
            return std::optional(Ending::ElseIf);
        }
        Node node{.line = line};
        if (name == "set")
            CORE_CHECK(set(into, node));
        else if (name == "if")
            CORE_CHECK(conditional(node));
        else if (name == "foreach")
            CORE_CHECK(foreach (node));
        else if (name == "define")
            CORE_CHECK(define(node));
        else if (name == "evaluate")
            CORE_CHECK(evaluate(node));
        else if (name == "macro")
            return macro();
        else if (name == "include" || name == "parse")
            return fail(m_scanner.error("API Gateway does not support #" + name));
        else if (name == "break" || name == "stop")
            CORE_CHECK(jump(node, name));
        else
            CORE_CHECK(call(node, name, start));
        into.push_back(std::move(node));
        return std::optional<Ending>();
    }

    Result<> open()
    {
        m_scanner.skipSpace();
        if (!m_scanner.accept("("))
            return fail(m_scanner.unexpected());
        m_scanner.skipSpace();
        return {};
    }

    // A directive's ')' takes the rest of its line with it when that is blank.
    Result<> close()
    {
        m_scanner.skipSpace();
        if (!m_scanner.accept(")"))
            return fail(m_scanner.unexpected());
        m_scanner.skipNewline();
        return {};
    }

    // Blanks before a #set go with it where they follow another construct, as in Velocity's lexer.
    void dropBlanks(Block& into)
    {
        if (m_run.empty() || m_run.find_first_not_of(" \t") != m_run.npos)
            return;
        auto& text = into.back().text;
        text.resize(text.size() - m_run.size());
    }

    Result<> set(Block& into, Node& node)
    {
        dropBlanks(into);
        node.kind = Node::Kind::Set;
        CORE_CHECK(open());
        CORE_TRY(auto target, argumentReference());
        node.reference = std::make_shared<const Reference>(std::move(target));
        m_scanner.skipSpace();
        if (m_scanner.startsWith("==") || !m_scanner.accept("="))
            return fail(m_scanner.unexpected());
        CORE_TRY(auto value, expression());
        node.expressions.push_back(std::move(value));
        return close();
    }

    Result<Reference> argumentReference()
    {
        m_scanner.skipSpace();
        if (m_scanner.peek() != '$')
            return fail(m_scanner.unexpected());
        CORE_TRY(auto reference, tryReference());
        if (!reference)
            return fail(m_scanner.unexpected());
        return *std::move(reference);
    }

    Result<> condition(Node& node)
    {
        CORE_CHECK(open());
        CORE_TRY(auto value, expression());
        node.expressions.push_back(std::move(value));
        return close();
    }

    Result<> conditional(Node& node)
    {
        node.kind = Node::Kind::If;
        CORE_CHECK(condition(node));
        bool elseSeen = false;
        while (true) {
            Block branch;
            CORE_TRY(const auto ending, block(branch));
            node.blocks.push_back(std::move(branch));
            if (ending == Ending::End)
                return {};
            if (ending == Ending::Input || elseSeen)
                return fail(m_scanner.error("Encountered \""
                    + (ending == Ending::Input ? std::string("<EOF>") : m_endingText) + "\""));
            if (ending == Ending::ElseIf) {
                CORE_CHECK(condition(node));
            } else {
                elseSeen = true;
                node.expressions.push_back({.literal = Value(true)});
            }
        }
    }

    Result<> body(Node& node)
    {
        Block inner;
        CORE_TRY(const auto ending, block(inner));
        if (ending != Ending::End)
            return fail(m_scanner.error(
                "Encountered \"" + (ending == Ending::Input ? std::string("<EOF>") : m_endingText) + "\""));
        node.blocks.push_back(std::move(inner));
        return {};
    }

    Result<> foreach (Node& node)
    {
        node.kind = Node::Kind::Foreach;
        CORE_CHECK(open());
        CORE_TRY(const auto variable, argumentReference());
        node.name = variable.name;
        m_scanner.skipSpace();
        if (!m_scanner.acceptWord("in"))
            return fail(m_scanner.unexpected());
        CORE_TRY(auto list, parameter());
        node.expressions.push_back(std::move(list));
        CORE_CHECK(close());
        return body(node);
    }

    Result<> define(Node& node)
    {
        node.kind = Node::Kind::Define;
        CORE_CHECK(open());
        CORE_TRY(const auto variable, argumentReference());
        node.name = variable.name;
        CORE_CHECK(close());
        return body(node);
    }

    Result<> evaluate(Node& node)
    {
        node.kind = Node::Kind::Evaluate;
        CORE_CHECK(open());
        CORE_TRY(auto value, parameter());
        node.expressions.push_back(std::move(value));
        return close();
    }

    Result<> jump(Node& node, const std::string& name)
    {
        node.kind = name == "break" ? Node::Kind::Break : Node::Kind::Stop;
        if (name == "break" && m_scanner.opensArguments()) {
            CORE_CHECK(open());
            return close();
        }
        return {};
    }

    Result<std::optional<Ending>> macro()
    {
        CORE_CHECK(open());
        const std::string name(m_scanner.word());
        if (name.empty())
            return fail(m_scanner.error("A macro declaration requires at least a name argument"));
        Macro made;
        while (true) {
            m_scanner.skipSpace();
            if (m_scanner.accept(","))
                m_scanner.skipSpace();
            if (m_scanner.peek() == ')')
                break;
            CORE_TRY(const auto parameter, argumentReference());
            made.parameters.push_back(parameter.name);
        }
        CORE_CHECK(close());
        Node node;
        CORE_CHECK(body(node));
        made.body = std::move(node.blocks.front());
        m_syntax.macros.emplace(name, std::move(made)); // of two of a name the first stays
        return std::optional<Ending>();
    }

    // "#name", "#name(…)" or "#@name(…) … #end": a macro's call if there is such a macro when it is reached.
    Result<> call(Node& node, const std::string& name, std::size_t start)
    {
        node.kind = Node::Kind::Call;
        const bool hasBody = name.starts_with('@');
        node.name = hasBody ? name.substr(1) : name;
        node.text = std::string(m_scanner.since(start));
        if (!m_scanner.opensArguments())
            return {};
        CORE_CHECK(open());
        while (m_scanner.peek() != ')') {
            CORE_TRY(auto argument, callArgument());
            node.expressions.push_back(std::move(argument));
            m_scanner.skipSpace();
            if (m_scanner.accept(","))
                m_scanner.skipSpace();
        }
        CORE_CHECK(close());
        node.text = std::string(m_scanner.since(start));
        if (hasBody) {
            CORE_CHECK(body(node));
            node.text = std::string(m_scanner.since(start));
        }
        return {};
    }

    // Bare words are taken too, as "#section(one)" in plain text has them.
    Result<Expression> callArgument()
    {
        if (beginsParameter())
            return parameter();
        const auto word = m_scanner.word();
        if (word.empty())
            return fail(m_scanner.unexpected());
        return Expression{.literal = Value(word)};
    }

    Result<Expression> expression()
    {
        m_operators = m_outerOperators;
        return binary(0);
    }

    struct Operator {
        std::string_view sign;
        std::string_view word;
        Expression::Kind kind;
        int level;
    };

    const Operator* acceptOperator(int level)
    {
        using Kind = Expression::Kind;
        static constexpr std::array<Operator, 13> kOperators{{{"||", "or", Kind::Or, 0},
            {"&&", "and", Kind::And, 1}, {"==", "eq", Kind::Equal, 2}, {"!=", "ne", Kind::NotEqual, 2},
            {"<=", "le", Kind::LessEqual, 3}, {">=", "ge", Kind::GreaterEqual, 3}, {"<", "lt", Kind::Less, 3},
            {">", "gt", Kind::Greater, 3}, {"+", "", Kind::Add, 4}, {"-", "", Kind::Subtract, 4},
            {"*", "", Kind::Multiply, 5}, {"/", "", Kind::Divide, 5}, {"%", "", Kind::Modulo, 5}}};
        m_scanner.skipSpace();
        // Velocity's lexer takes "3 -5" for two numbers.
        if (m_scanner.peek() == '-' && (Scanner::isDigit(m_scanner.peek(1))))
            return nullptr;
        for (const auto& candidate : kOperators) {
            if (candidate.level != level)
                continue;
            if (m_scanner.accept(candidate.sign)
                || (!candidate.word.empty() && m_scanner.acceptWord(candidate.word)))
                return &candidate;
        }
        return nullptr;
    }

    Result<Expression> binary(int level)
    {
        constexpr int kUnary = 6;
        if (level == kUnary)
            return unary();
        CORE_TRY(auto left, binary(level + 1));
        while (const auto* found = acceptOperator(level)) {
            if (++m_operators > kMaxOperators)
                return fail(m_scanner.error("An expression has too many operators"));
            CORE_TRY(auto right, binary(level + 1));
            Expression combined{.kind = found->kind};
            combined.operands.push_back(std::move(left));
            combined.operands.push_back(std::move(right));
            left = std::move(combined);
        }
        return left;
    }

    Result<Expression> unary()
    {
        const Level level(m_depth);
        CORE_CHECK(checkDepth());
        m_scanner.skipSpace();
        if ((m_scanner.peek() == '!' && m_scanner.peek(1) != '=' && m_scanner.accept("!"))
            || m_scanner.acceptWord("not")) {
            CORE_TRY(auto operand, unary());
            Expression result{.kind = Expression::Kind::Not};
            result.operands.push_back(std::move(operand));
            return result;
        }
        if (m_scanner.accept("(")) {
            CORE_TRY(auto inner, binary(0));
            m_scanner.skipSpace();
            if (!m_scanner.accept(")"))
                return fail(m_scanner.unexpected());
            return inner;
        }
        return parameter();
    }

    // What may be an argument: a literal, a reference, a list, a range or a map, with space around it.
    Result<Expression> parameter()
    {
        const Level level(m_depth);
        CORE_CHECK(checkDepth());
        CORE_CHECK(checkTime());
        m_scanner.skipSpace();
        const auto start = m_scanner.position();
        CORE_TRY(auto result, bareParameter());
        result.source = std::string(m_scanner.since(start));
        m_scanner.skipSpace();
        return result;
    }

    Result<Expression> bareParameter()
    {
        const char c = m_scanner.peek();
        if (c == '"' || c == '\'')
            return string(c);
        if (c == '$') {
            CORE_TRY(auto reference, argumentReference());
            return Expression{.kind = Expression::Kind::Reference,
                .reference = std::make_shared<const Reference>(std::move(reference))};
        }
        if (c == '[')
            return listOrRange();
        if (c == '{')
            return map();
        if (m_scanner.acceptWord("true"))
            return Expression{.literal = Value(true)};
        if (m_scanner.acceptWord("false"))
            return Expression{.literal = Value(false)};
        return number();
    }

    Result<Expression> number()
    {
        const auto text = m_scanner.number();
        if (text.empty())
            return fail(m_scanner.unexpected());
        if (text.find_first_of(".eE") == text.npos) {
            std::int64_t integer = 0;
            const auto parsed = std::from_chars(text.data(), text.data() + text.size(), integer);
            if (parsed.ec == std::errc())
                return Expression{.literal = Value(integer)};
        }
        // from_chars knows no number that ends in its point ("5.").
        double value = 0;
        const auto digits = text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return Expression{.literal = Value(value)};
    }

    Result<Expression> string(char quote)
    {
        CORE_TRY(auto content, m_scanner.quoted(quote));
        if (quote == '\'' || content.find_first_of("$#") == content.npos)
            return Expression{.literal = Value(std::move(content))};
        CORE_TRY(auto inner, Parser(content, m_depth + 1, m_deadline, m_operators).whole());
        // Macros that a string defines are known to the whole template.
        for (auto& [name, macro] : inner.macros)
            m_syntax.macros.emplace(name, std::move(macro));
        return Expression{.kind = Expression::Kind::Interpolated,
            .interpolated = std::make_shared<const Block>(std::move(inner.block))};
    }

    Result<Expression> listOrRange()
    {
        m_scanner.skip(1);
        Expression result{.kind = Expression::Kind::List};
        m_scanner.skipSpace();
        if (m_scanner.accept("]"))
            return result;
        while (true) {
            CORE_TRY(auto element, parameter());
            result.operands.push_back(std::move(element));
            if (result.operands.size() == 1 && m_scanner.accept("..")) {
                CORE_TRY(auto last, parameter());
                result.operands.push_back(std::move(last));
                result.kind = Expression::Kind::Range;
                break;
            }
            if (!m_scanner.accept(","))
                break;
        }
        if (!m_scanner.accept("]"))
            return fail(m_scanner.unexpected());
        return result;
    }

    Result<Expression> map()
    {
        m_scanner.skip(1);
        Expression result{.kind = Expression::Kind::Map};
        m_scanner.skipSpace();
        if (m_scanner.accept("}"))
            return result;
        do {
            CORE_TRY(auto key, parameter());
            if (!m_scanner.accept(":"))
                return fail(m_scanner.unexpected());
            CORE_TRY(auto value, parameter());
            result.operands.push_back(std::move(key));
            result.operands.push_back(std::move(value));
        } while (m_scanner.accept(","));
        if (!m_scanner.accept("}"))
            return fail(m_scanner.unexpected());
        return result;
    }

    Scanner m_scanner;
    Syntax m_syntax;
    std::string_view m_run; // of plain text just before the sign at hand
    std::string m_endingText;
    bool m_commentError = false;
    Deadline m_deadline;
    unsigned m_rounds = 0;
    int m_outerOperators;
    int m_operators = 0;
    int m_depth;
};

}

Result<Syntax> parse(std::string_view text, Deadline deadline)
{
    return Parser(text, 0, deadline).whole();
}

}
