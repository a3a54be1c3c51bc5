#include "ui/kit/stat.h"

#include "ui/kit/controls.h"

#include <QLabel>
#include <QVBoxLayout>

namespace ui::kit {

using namespace Qt::StringLiterals;

Stat::Stat(const QString& name, const QString& objectName, QWidget* parent)
    : QWidget(parent)
    , m_value(label({}, u"stat"_s))
{
    m_value->setObjectName(objectName);
    m_value->setAccessibleName(name);
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(label(name, u"caption"_s));
    layout->addWidget(m_value);
}

void Stat::setText(const QString& text)
{
    m_value->setText(text);
}

}
