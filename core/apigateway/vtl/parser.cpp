#include "core/apigateway/vtl/parser.h"

#include "core/apigateway/vtl/expression_parser.h"

#include <array>

namespace core::apigateway::vtl {

namespace {

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

// Text and directives; what these hold is the ExpressionParser's.
class Parser {
public:
    Parser(std::string_view text, const ParseBounds& bounds)
        : m_scanner(text)
        , m_bounds(bounds)
    {
    }

    Result<Syntax> whole()
    {
        CORE_TRY(auto ending, block(m_syntax.block));
        if (ending != Ending::Input)
            return fail(unexpected(ending));
        return std::move(m_syntax);
    }

private:
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
        const auto level = m_bounds.deeper();
        CORE_CHECK(m_bounds.checkDepth(m_scanner));
        while (!m_scanner.atEnd()) {
            CORE_CHECK(m_bounds.checkTime());
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
        CORE_TRY(auto reference, m_expressions.tryReference());
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
            return fail(unexpected(Ending::Input));
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
            CORE_CHECK(loop(node));
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
        CORE_TRY(auto target, m_expressions.reference());
        node.reference = std::make_shared<const Reference>(std::move(target));
        m_scanner.skipSpace();
        if (m_scanner.startsWith("==") || !m_scanner.accept("="))
            return fail(m_scanner.unexpected());
        CORE_TRY(auto value, m_expressions.expression());
        node.expressions.push_back(std::move(value));
        return close();
    }

    Result<> condition(Node& node)
    {
        CORE_CHECK(open());
        CORE_TRY(auto value, m_expressions.expression());
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
                return fail(unexpected(ending));
            if (ending == Ending::ElseIf) {
                CORE_CHECK(condition(node));
            } else {
                elseSeen = true;
                node.expressions.push_back({.literal = Value(true)});
            }
        }
    }

    Error unexpected(Ending ending) const
    {
        return m_scanner.error(
            "Encountered \"" + (ending == Ending::Input ? std::string("<EOF>") : m_endingText) + "\"");
    }

    Result<> body(Node& node)
    {
        Block inner;
        CORE_TRY(const auto ending, block(inner));
        if (ending != Ending::End)
            return fail(unexpected(ending));
        node.blocks.push_back(std::move(inner));
        return {};
    }

    Result<> loop(Node& node)
    {
        node.kind = Node::Kind::Foreach;
        CORE_CHECK(open());
        CORE_TRY(const auto variable, m_expressions.reference());
        node.name = variable.name;
        m_scanner.skipSpace();
        if (!m_scanner.acceptWord("in"))
            return fail(m_scanner.unexpected());
        CORE_TRY(auto list, m_expressions.parameter());
        node.expressions.push_back(std::move(list));
        CORE_CHECK(close());
        return body(node);
    }

    Result<> define(Node& node)
    {
        node.kind = Node::Kind::Define;
        CORE_CHECK(open());
        CORE_TRY(const auto variable, m_expressions.reference());
        node.name = variable.name;
        CORE_CHECK(close());
        return body(node);
    }

    Result<> evaluate(Node& node)
    {
        node.kind = Node::Kind::Evaluate;
        CORE_CHECK(open());
        CORE_TRY(auto value, m_expressions.parameter());
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
            CORE_TRY(const auto parameter, m_expressions.reference());
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
            CORE_TRY(auto argument, m_expressions.callArgument());
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

    Scanner m_scanner;
    ParseBounds m_bounds;
    Syntax m_syntax;
    ExpressionParser m_expressions{m_scanner, m_bounds, m_syntax.macros};
    std::string_view m_run; // of plain text just before the sign at hand
    std::string m_endingText;
    bool m_commentError = false;
};

}

Result<Syntax> parse(std::string_view text, Deadline deadline)
{
    return Parser(text, ParseBounds(deadline)).whole();
}

Result<Syntax> parseInside(std::string_view text, const ParseBounds& outer)
{
    return Parser(text, outer.inside()).whole();
}

}
