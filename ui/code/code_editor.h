#pragma once

#include <QString>
#include <QWidget>

#include <memory>

class QsciScintilla;

namespace ui::code {

enum class Language { Plain, Python, JavaScript, Json };

// The language of a file by its name: "index.mjs" → JavaScript.
Language languageOf(const QString& fileName);

// A code editor in the colours of the theme: line numbers, current line, find (Ctrl F), marks for errors and
// measured times. Owns no file: the document behind it does. UI thread only.
class CodeEditor : public QWidget {
    Q_OBJECT

public:
    explicit CodeEditor(Language language = Language::Plain, QWidget* parent = nullptr);
    ~CodeEditor() override;

    void setLanguage(Language language);
    QString text() const;
    void setText(const QString& text); // resets undo and the modified state
    void replaceText(const QString& text); // one undo step; the cursor stays where it can
    bool isModified() const;
    void setModified(bool modified);
    void setReadOnly(bool readOnly);
    // Small panes: 11.5 px, no line numbers unless asked for, grows with its text up to `maxLines`.
    void setCompact(bool lineNumbers = false, int maxLines = 0);
    void setPlaceholder(const QString& text);

    // Underlines a line (1-based) and marks its margin; columns are 1-based, 0 for the whole line.
    void markError(int line, int fromColumn = 0, int toColumn = 0);
    void clearErrors();
    // Words in the third margin: "9.2 ms". `hueIndex` is a kit::Hue as int.
    void setLineNote(int line, const QString& text, int hueIndex);
    void clearLineNotes();

    int currentLine() const; // 1-based
    void goTo(int line, int column = 1);
    void showFind();
    QString selectedText() const;

Q_SIGNALS:
    void textChanged();
    void modificationChanged(bool modified);
    void saveRequested(); // Ctrl S

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildEditor();
    void applyTheme();
    void fitHeight();
    void find(bool forward, bool asTyped = false);

    class FindBar;
    QsciScintilla* m_sci;
    FindBar* m_find;
    Language m_language;
    bool m_compact = false;
    bool m_lineNumbers = true;
    int m_maxLines = 0;
    QString m_placeholder;
};

}
