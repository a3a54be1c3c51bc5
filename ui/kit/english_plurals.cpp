#include "ui/kit/english_plurals.h"

namespace ui::kit {

using namespace Qt::StringLiterals;

QString EnglishPlurals::translate(const char*, const char* sourceText, const char*, int n) const
{
    if (n < 0)
        return {};
    auto text = QString::fromUtf8(sourceText);
    if (!text.contains(u'('))
        return {};
    text.replace(u"y(ies)"_s, n == 1 ? u"y"_s : u"ies"_s);
    text.replace(u"(es)"_s, n == 1 ? QString() : u"es"_s);
    return text.replace(u"(s)"_s, n == 1 ? QString() : u"s"_s);
}

}
