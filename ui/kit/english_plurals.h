#pragma once

#include <QTranslator>

namespace ui::kit {

// Gives "%n error(s)" its form in English, "1 error" and "2 errors", where no other translation has it.
// Installed first, so that a real translation comes before it.
class EnglishPlurals : public QTranslator {
    Q_OBJECT

public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(
        const char* context, const char* sourceText, const char* disambiguation, int n) const override;
};

}
