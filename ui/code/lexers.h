#pragma once

#include "ui/code/code_editor.h"

class QObject;
class QsciLexer;

namespace ui::code {

// A lexer of the language, not coloured yet; null for plain text.
QsciLexer* makeLexer(Language language, QObject* parent);
// Gives every style of the lexer the theme's syntax colours and the editor's font of `pixels` (already
// scaled).
void colourLexer(QsciLexer& lexer, Language language, double points);

}
