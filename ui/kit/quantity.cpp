#include "ui/kit/quantity.h"

namespace ui::kit {

using namespace Qt::StringLiterals;

QString bytesText(qint64 bytes)
{
    if (bytes < 1024)
        return u"%1 B"_s.arg(bytes);
    double size = double(bytes) / 1024;
    const QString units[] = {u"KB"_s, u"MB"_s, u"GB"_s, u"TB"_s};
    int unit = 0;
    for (; size >= 1024 && unit < 3; ++unit)
        size /= 1024;
    return u"%1 %2"_s.arg(size, 0, 'f', size < 100 ? 1 : 0).arg(units[unit]);
}

}
