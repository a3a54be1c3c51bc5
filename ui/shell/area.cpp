#include "ui/shell/area.h"

namespace ui::shell {

using namespace Qt::StringLiterals;

Area::Area(AreaContext& context, const QString& hueName, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    setObjectName(u"area_"_s + hueName);
    setProperty("pane", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
}

}
