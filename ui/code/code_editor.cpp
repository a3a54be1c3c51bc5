#include "ui/code/code_editor.h"

#include "ui/code/lexers.h"
#include "ui/code/qsci.h"
#include "ui/kit/controls.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <cmath>

namespace ui::code {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

namespace {

constexpr int kErrorIndicator = 9;
constexpr int kErrorMarker = 1;
constexpr int kSymbolMargin = 0;
constexpr int kNumberMargin = 1;
constexpr int kNoteMargin = 2;
constexpr int kNoteStyleBase = 100; // styles of the time margin, one a hue

}

Language languageOf(const QString& fileName)
{
    const auto ending = fileName.section(u'.', -1).toLower();
    if (ending == u"py"_s)
        return Language::Python;
    if (ending == u"js"_s || ending == u"mjs"_s || ending == u"cjs"_s || ending == u"ts"_s)
        return Language::JavaScript;
    return ending == u"json"_s ? Language::Json : Language::Plain;
}

// A line below the text: what to find, next, previous, close.
class CodeEditor::FindBar : public QFrame {
public:
    explicit FindBar(CodeEditor* editor)
        : QFrame(editor)
        , m_words(new QLineEdit)
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(8, 4, 8, 4);
        row->setSpacing(6);
        m_words->setObjectName(u"findField"_s);
        kit::setSmall(m_words);
        m_words->setPlaceholderText(CodeEditor::tr("Find"));
        m_words->setAccessibleName(CodeEditor::tr("Find"));
        row->addWidget(m_words, 1);
        auto* previous = kit::iconButton(u"au"_s, CodeEditor::tr("Previous match (Shift+Enter)"));
        auto* next = kit::iconButton(u"ad"_s, CodeEditor::tr("Next match (Enter)"));
        auto* close = kit::iconButton(u"x"_s, CodeEditor::tr("Close (Esc)"));
        for (auto* each : {previous, next, close})
            row->addWidget(each);
        connect(m_words, &QLineEdit::textEdited, editor, [editor] { editor->find(true, true); });
        connect(next, &QToolButton::clicked, editor, [editor] { editor->find(true); });
        connect(previous, &QToolButton::clicked, editor, [editor] { editor->find(false); });
        connect(close, &QToolButton::clicked, this, [this, editor] {
            hide();
            editor->m_sci->setFocus();
        });
        m_words->installEventFilter(editor);
        hide();
    }

    QLineEdit* words() const { return m_words; }

private:
    QLineEdit* m_words;
};

CodeEditor::CodeEditor(Language language, QWidget* parent)
    : QWidget(parent)
    , m_sci(new QsciScintilla)
    , m_find(new FindBar(this))
    , m_language(language)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_sci, 1);
    column->addWidget(m_find);
    buildEditor();
    setLanguage(language);
    setFocusProxy(m_sci);
    connect(&theme(), &kit::Theme::changed, this, &CodeEditor::applyTheme);
}

CodeEditor::~CodeEditor() = default;

void CodeEditor::buildEditor()
{
    m_sci->setUtf8(true);
    m_sci->setFrameShape(QFrame::NoFrame);
    m_sci->setAutoIndent(true);
    m_sci->setIndentationsUseTabs(false);
    m_sci->setTabWidth(4);
    m_sci->setBackspaceUnindents(true);
    m_sci->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_sci->setCaretLineVisible(true);
    m_sci->setCaretWidth(2);
    m_sci->setScrollWidth(1);
    m_sci->setScrollWidthTracking(true);
    m_sci->SendScintilla(QsciScintilla::SCI_SETENDATLASTLINE, 1);
    m_sci->setMarginType(kSymbolMargin, QsciScintilla::SymbolMargin);
    m_sci->setMarginType(kNumberMargin, QsciScintilla::NumberMargin);
    m_sci->setMarginType(kNoteMargin, QsciScintilla::TextMarginRightJustified);
    m_sci->setMarginMarkerMask(kSymbolMargin, 1 << kErrorMarker);
    m_sci->setMarginMarkerMask(kNumberMargin, 0);
    m_sci->setMarginMarkerMask(kNoteMargin, 0);
    m_sci->indicatorDefine(QsciScintilla::SquiggleIndicator, kErrorIndicator);
    m_sci->markerDefine(QsciScintilla::Circle, kErrorMarker);
    m_sci->installEventFilter(this);
    connect(m_sci, &QsciScintilla::textChanged, this, [this] {
        fitHeight();
        Q_EMIT textChanged();
    });
    connect(m_sci, &QsciScintilla::modificationChanged, this, &CodeEditor::modificationChanged);
}

void CodeEditor::setLanguage(Language language)
{
    m_language = language;
    auto* old = m_sci->lexer();
    m_sci->setLexer(makeLexer(language, m_sci));
    delete old;
    if (language == Language::JavaScript || language == Language::Json)
        m_sci->setTabWidth(2);
    applyTheme();
}

void CodeEditor::applyTheme()
{
    const auto pixels = theme().px(m_compact ? 11.5 : 12.5);
    const auto points = pixels * 72.0 / m_sci->logicalDpiY();
    auto font = theme().font(kit::TextRole::Code);
    font.setPointSizeF(points);
    m_sci->setFont(font);
    m_sci->setColor(theme().c(Token::T1));
    m_sci->setPaper(theme().c(Token::Field));
    if (auto* lexer = m_sci->lexer())
        colourLexer(*lexer, m_language, points);
    // The line is 20 px (18 in small panes) whatever the font's own height.
    const auto spare =
        theme().px(m_compact ? 18 : 20) - static_cast<int>(std::ceil(QFontMetricsF(font).height()));
    m_sci->setExtraAscent(std::max(0, spare / 2));
    m_sci->setExtraDescent(std::max(0, spare - spare / 2));
    m_sci->setCaretForegroundColor(theme().c(Token::Focus));
    m_sci->setCaretLineBackgroundColor(theme().c(m_compact ? Token::Field : Token::Raised));
    m_sci->setSelectionBackgroundColor(theme().c(Token::Sel));
    m_sci->resetSelectionForegroundColor();
    m_sci->setMarginsFont(font);
    m_sci->setMarginsBackgroundColor(theme().c(Token::Field));
    m_sci->setMarginsForegroundColor(theme().c(Token::T3));
    m_sci->setMatchedBraceBackgroundColor(theme().c(Token::Sel));
    m_sci->setMatchedBraceForegroundColor(theme().c(Token::T1));
    m_sci->setUnmatchedBraceForegroundColor(theme().text(kit::Hue::Err));
    m_sci->setUnmatchedBraceBackgroundColor(theme().c(Token::Field));
    m_sci->setIndicatorForegroundColor(theme().text(kit::Hue::Err), kErrorIndicator);
    m_sci->setMarkerForegroundColor(theme().text(kit::Hue::Err), kErrorMarker);
    m_sci->setMarkerBackgroundColor(theme().text(kit::Hue::Err), kErrorMarker);
    m_sci->setMarginWidth(kSymbolMargin, m_compact ? 0 : theme().px(14));
    m_sci->setMarginWidth(kNumberMargin, m_lineNumbers ? theme().px(30) : 0);
    m_sci->SendScintilla(QsciScintilla::SCI_SETMARGINLEFT, 0UL, static_cast<long>(theme().px(8)));
    fitHeight();
}

QString CodeEditor::text() const
{
    return m_sci->text();
}

void CodeEditor::setText(const QString& text)
{
    m_sci->setText(text);
    m_sci->SendScintilla(QsciScintilla::SCI_EMPTYUNDOBUFFER);
    m_sci->setModified(false);
    clearErrors();
    fitHeight();
}

void CodeEditor::replaceText(const QString& text)
{
    if (text == m_sci->text())
        return;
    int line = 0;
    int column = 0;
    m_sci->getCursorPosition(&line, &column);
    m_sci->beginUndoAction();
    m_sci->selectAll();
    m_sci->replaceSelectedText(text);
    m_sci->endUndoAction();
    m_sci->setCursorPosition(std::min(line, m_sci->lines() - 1), column);
}

bool CodeEditor::isModified() const
{
    return m_sci->isModified();
}

void CodeEditor::setModified(bool modified)
{
    m_sci->setModified(modified);
}

void CodeEditor::setReadOnly(bool readOnly)
{
    m_sci->setReadOnly(readOnly);
    m_sci->setCaretLineVisible(!readOnly);
}

void CodeEditor::setCompact(bool lineNumbers, int maxLines)
{
    m_compact = true;
    m_lineNumbers = lineNumbers;
    m_maxLines = maxLines;
    m_sci->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    applyTheme();
}

void CodeEditor::setPlaceholder(const QString& text)
{
    m_placeholder = text;
    m_sci->setAccessibleName(text);
    m_sci->viewport()->installEventFilter(this);
}

void CodeEditor::fitHeight()
{
    if (m_maxLines <= 0)
        return;
    const int lines = std::clamp(m_sci->lines(), 2, m_maxLines);
    setFixedHeight(lines * m_sci->textHeight(0) + theme().px(12));
}

void CodeEditor::markError(int line, int fromColumn, int toColumn)
{
    const int index = line - 1;
    if (index < 0 || index >= m_sci->lines())
        return;
    const int end = toColumn > 0 ? toColumn - 1 : m_sci->lineLength(index);
    m_sci->fillIndicatorRange(index, std::max(0, fromColumn - 1), index, end, kErrorIndicator);
    m_sci->markerAdd(index, kErrorMarker);
}

void CodeEditor::clearErrors()
{
    const int last = std::max(0, m_sci->lines() - 1);
    m_sci->clearIndicatorRange(0, 0, last, m_sci->lineLength(last), kErrorIndicator);
    m_sci->markerDeleteAll(kErrorMarker);
}

void CodeEditor::setLineNote(int line, const QString& text, int hueIndex)
{
    auto font = theme().font(kit::TextRole::Number);
    font.setPointSizeF(theme().px(10.5) * 72.0 / m_sci->logicalDpiY());
    const QsciStyle style(kNoteStyleBase + hueIndex, u"time"_s, theme().text(static_cast<kit::Hue>(hueIndex)),
        theme().c(Token::Field), font);
    m_sci->setMarginText(line - 1, text, style);
    m_sci->setMarginWidth(kNoteMargin, theme().px(56));
}

void CodeEditor::clearLineNotes()
{
    m_sci->clearMarginText();
    m_sci->setMarginWidth(kNoteMargin, 0);
}

int CodeEditor::currentLine() const
{
    int line = 0;
    int column = 0;
    m_sci->getCursorPosition(&line, &column);
    return line + 1;
}

void CodeEditor::goTo(int line, int column)
{
    m_sci->setCursorPosition(line - 1, column - 1);
    m_sci->ensureLineVisible(line - 1);
    m_sci->setFocus();
}

void CodeEditor::showFind()
{
    m_find->show();
    if (m_sci->hasSelectedText())
        m_find->words()->setText(m_sci->selectedText());
    m_find->words()->setFocus();
    m_find->words()->selectAll();
}

QString CodeEditor::selectedText() const
{
    return m_sci->selectedText();
}

void CodeEditor::find(bool forward, bool asTyped)
{
    const auto words = m_find->words()->text();
    int line = 0;
    int column = 0;
    m_sci->getCursorPosition(&line, &column);
    if ((!forward || asTyped) && m_sci->hasSelectedText()) {
        // A search backwards, and one more letter of the same word, start at the match that is selected.
        int endLine = 0;
        int endColumn = 0;
        m_sci->getSelection(&line, &column, &endLine, &endColumn);
    }
    const bool found =
        words.isEmpty() || m_sci->findFirst(words, false, false, false, true, forward, line, column);
    kit::restyle(m_find->words(), "state", found ? QVariant() : QVariant(u"error"_s));
}

bool CodeEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_sci->viewport() && event->type() == QEvent::Paint && m_sci->length() == 0) {
        const bool done = watched->event(event);
        QPainter painter(m_sci->viewport());
        painter.setPen(theme().c(Token::T3));
        painter.setFont(theme().font(kit::TextRole::CodeSmall));
        painter.drawText(QPoint(theme().px(10), theme().px(14)), m_placeholder);
        return done;
    }
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    const bool press = event->type() == QEvent::KeyPress;
    if (watched == m_sci && key->matches(QKeySequence::Find)) {
        if (press)
            showFind();
        event->accept();
        return true;
    }
    if (watched == m_sci && key->matches(QKeySequence::Save)) {
        if (press)
            Q_EMIT saveRequested();
        event->accept();
        return true;
    }
    if (watched == m_find->words() && press) {
        if (key->key() == Qt::Key_Escape) {
            m_find->hide();
            m_sci->setFocus();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            find(!key->modifiers().testFlag(Qt::ShiftModifier));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}
