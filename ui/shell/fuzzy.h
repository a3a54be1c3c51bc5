#pragma once

#include <QList>
#include <QStringView>

namespace ui::shell {

struct FuzzyMatch {
    int score = 0; // higher is better
    QList<int> positions; // of the letters that matched
};

// Whether the letters of `needle` come in `text` in this order, ignoring case and spaces. One run of letters
// beats scattered ones, the start of a word beats its middle, a short text beats a long one.
bool fuzzyMatch(QStringView needle, QStringView text, FuzzyMatch& match);

}
