#pragma once

#include <QColor>
#include <QString>

namespace ui::kit {

// Colours that have one value a theme (resources/theme/tokens.json).
enum class Token {
    Chrome,
    Panel,
    Raised,
    Hover,
    Canvas,
    Field,
    Line1,
    Line2,
    Line3,
    T1,
    T2,
    T3,
    Inv,
    Ink,
    Focus,
    Sel,
    RailOn,
    Land,
    LandLine,
    SyntaxKeyword,
    SyntaxString,
    SyntaxNumber,
    SyntaxComment,
    SyntaxFunction,
    SyntaxBuiltin,
    SyntaxKey,
};

// Colours with a text, fill, tint and line shade: a service's or a status's, never both.
enum class Hue { Api, Fn, Tbl, Sto, Cdn, Lrn, Obs, Ok, Info, Warn, Err, Cold };

// A colour by name, resolved when it is painted, so that a theme switch needs no rebuilding.
class Tone {
public:
    constexpr Tone(Token token)
        : m_isHue(false)
        , m_value(static_cast<int>(token))
    {
    }
    constexpr Tone(Hue hue)
        : m_isHue(true)
        , m_value(static_cast<int>(hue))
    {
    }
    QColor color() const;

private:
    bool m_isHue;
    int m_value;
};

// Names as in tokens.json: "t1", "api".
QString tokenName(Token token);
QString hueName(Hue hue);
// The hue of a service as spans and changes name it: "lambda" → Fn; Obs for what has none.
Hue hueOfService(const QString& service);
// The name of the icon that stands for a service: "lambda" → "fn".
QString iconOfService(const QString& service);
// 2xx Ok, 3xx Info, 4xx Warn, 5xx Err, anything else Obs.
Hue hueOfStatus(int status);
// The hue of a DynamoDB type: "S", "N", "BOOL", …
Hue hueOfType(const QString& type);

}
