#include "ui/code/lexers.h"

#include "ui/code/qsci.h"
#include "ui/kit/theme.h"

namespace ui::code {

using kit::Token;

namespace {

class PythonLexer : public QsciLexerPython {
public:
    using QsciLexerPython::QsciLexerPython;
    const char* keywords(int set) const override
    {
        if (set == 1)
            return "and as assert async await break case class continue def del elif else except finally for "
                   "from "
                   "global if import in is lambda match nonlocal not or pass raise return try while with "
                   "yield None "
                   "True False";
        if (set == 2)
            return "abs all any bool bytes dict enumerate Exception filter float getattr hasattr int "
                   "isinstance len "
                   "list map max min next object open print property range repr reversed round self set "
                   "setattr "
                   "sorted staticmethod str sum super tuple type zip KeyError ValueError TypeError";
        return nullptr;
    }
};

class JavaScriptLexer : public QsciLexerJavaScript {
public:
    explicit JavaScriptLexer(QObject* parent)
        : QsciLexerJavaScript(parent)
    {
        setHighlightBackQuotedStrings(true);
    }
    const char* keywords(int set) const override
    {
        if (set == 1)
            return "as async await break case catch class const continue debugger default delete do else "
                   "export "
                   "extends false finally for from function if import in instanceof let new null of return "
                   "static "
                   "super switch this throw true try typeof undefined var void while with yield";
        if (set == 4)
            return "Array Boolean Buffer Date Error JSON Map Math Number Object Promise RegExp Set String "
                   "Symbol "
                   "console exports fetch globalThis module process require";
        return nullptr;
    }
};

Token tokenOf(Language language, int style)
{
    switch (language) {
    case Language::Python:
        switch (style) {
        case QsciLexerPython::Comment:
        case QsciLexerPython::CommentBlock:
            return Token::SyntaxComment;
        case QsciLexerPython::Number:
            return Token::SyntaxNumber;
        case QsciLexerPython::DoubleQuotedString:
        case QsciLexerPython::SingleQuotedString:
        case QsciLexerPython::UnclosedString:
        case QsciLexerPython::DoubleQuotedFString:
        case QsciLexerPython::SingleQuotedFString:
        case QsciLexerPython::TripleSingleQuotedFString:
        case QsciLexerPython::TripleDoubleQuotedFString:
            return Token::SyntaxString;
        case QsciLexerPython::TripleSingleQuotedString:
        case QsciLexerPython::TripleDoubleQuotedString:
            return Token::SyntaxComment;
        case QsciLexerPython::Keyword:
            return Token::SyntaxKeyword;
        case QsciLexerPython::ClassName:
        case QsciLexerPython::FunctionMethodName:
            return Token::SyntaxFunction;
        case QsciLexerPython::HighlightedIdentifier:
        case QsciLexerPython::Decorator:
            return Token::SyntaxBuiltin;
        case QsciLexerPython::Operator:
            return Token::T2;
        default:
            return Token::T1;
        }
    case Language::JavaScript:
        switch (style) {
        case QsciLexerJavaScript::Comment:
        case QsciLexerJavaScript::CommentLine:
        case QsciLexerJavaScript::CommentDoc:
        case QsciLexerJavaScript::CommentLineDoc:
        case QsciLexerJavaScript::CommentDocKeyword:
            return Token::SyntaxComment;
        case QsciLexerJavaScript::Number:
        case QsciLexerJavaScript::Regex:
            return Token::SyntaxNumber;
        case QsciLexerJavaScript::DoubleQuotedString:
        case QsciLexerJavaScript::SingleQuotedString:
        case QsciLexerJavaScript::UnclosedString:
        case QsciLexerJavaScript::RawString:
            return Token::SyntaxString;
        case QsciLexerJavaScript::Keyword:
            return Token::SyntaxKeyword;
        case QsciLexerJavaScript::GlobalClass:
            return Token::SyntaxBuiltin;
        case QsciLexerJavaScript::Operator:
            return Token::T2;
        default:
            return Token::T1;
        }
    case Language::Json:
        switch (style) {
        case QsciLexerJSON::Number:
        case QsciLexerJSON::Keyword:
            return Token::SyntaxNumber;
        case QsciLexerJSON::String:
        case QsciLexerJSON::UnclosedString:
            return Token::SyntaxString;
        case QsciLexerJSON::Property:
            return Token::SyntaxKey;
        case QsciLexerJSON::EscapeSequence:
            return Token::SyntaxBuiltin;
        case QsciLexerJSON::CommentLine:
        case QsciLexerJSON::CommentBlock:
            return Token::SyntaxComment;
        case QsciLexerJSON::Operator:
            return Token::T2;
        default:
            return Token::T1;
        }
    case Language::Plain:
        break;
    }
    return Token::T1;
}

}

QsciLexer* makeLexer(Language language, QObject* parent)
{
    switch (language) {
    case Language::Python:
        return new PythonLexer(parent);
    case Language::JavaScript:
        return new JavaScriptLexer(parent);
    case Language::Json:
        return new QsciLexerJSON(parent);
    case Language::Plain:
        break;
    }
    return nullptr;
}

void colourLexer(QsciLexer& lexer, Language language, double points)
{
    const auto& theme = kit::theme();
    // QScintilla ignores sizes in pixels.
    auto font = theme.font(kit::TextRole::Code);
    font.setPointSizeF(points);
    lexer.setDefaultFont(font);
    lexer.setFont(font);
    lexer.setDefaultPaper(theme.c(Token::Field));
    lexer.setPaper(theme.c(Token::Field));
    lexer.setDefaultColor(theme.c(Token::T1));
    for (int style = 0; style < 128; ++style) {
        if (!lexer.description(style).isEmpty())
            lexer.setColor(theme.c(tokenOf(language, style)), style);
    }
}

}
