#include "ui/shell/fuzzy.h"

#include <QString>

#include <algorithm>

namespace ui::shell {

namespace {

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

void run(qsizetype from, qsizetype length, FuzzyMatch& match)
{
    for (qsizetype i = 0; i < length; ++i)
        match.positions.append(static_cast<int>(from + i));
}

}

bool fuzzyMatch(QStringView needle, QStringView text, FuzzyMatch& match)
{
    match = {};
    const auto wanted = needle.trimmed();
    if (wanted.isEmpty())
        return true;
    const int shortness = std::max(0, 60 - static_cast<int>(text.size()));
    qsizetype best = -1;
    for (auto at = text.indexOf(wanted, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(wanted, at + 1, Qt::CaseInsensitive)) {
        if (best < 0 || (startsWord(text, at) && !startsWord(text, best)))
            best = at;
    }
    if (best >= 0) {
        match.score = 1'000 + (best == 0 ? 300 : startsWord(text, best) ? 200 : 0) + shortness;
        run(best, wanted.size(), match);
        return true;
    }
    qsizetype at = 0;
    for (const auto letter : wanted) {
        if (letter.isSpace())
            continue;
        const auto found = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (found < 0)
            return false;
        match.score +=
            (startsWord(text, found) ? 30 : 0) + (found == at ? 15 : 0) - static_cast<int>(found - at);
        match.positions.append(static_cast<int>(found));
        at = found + 1;
    }
    match.score += shortness;
    return true;
}

}
