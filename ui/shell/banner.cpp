#include "ui/shell/banner.h"

#include "ui/kit/controls.h"

#include <QHBoxLayout>
#include <QLabel>

namespace ui::shell {

using namespace Qt::StringLiterals;

Banner::Banner(QWidget* parent)
    : QFrame(parent)
    , m_row(new QHBoxLayout(this))
    , m_text(kit::label({}, u"value"_s))
{
    setObjectName(u"banner"_s);
    setProperty("role", u"banner"_s);
    m_row->setContentsMargins(12, 6, 8, 6);
    m_row->setSpacing(8);
    m_row->addWidget(new kit::IconLabel(u"alert"_s, kit::Hue::Warn, 16));
    m_text->setWordWrap(true);
    m_row->addWidget(m_text, 1);
    auto* close = kit::iconButton(u"x"_s, tr("Dismiss"));
    connect(close, &QToolButton::clicked, this, &Banner::dismiss);
    m_row->addWidget(close);
    hide();
}

void Banner::show(const QString& text)
{
    qDeleteAll(m_actions);
    m_actions.clear();
    m_text->setText(text);
    setAccessibleName(text);
    QFrame::show();
}

void Banner::addAction(const QString& text, const QString& objectName, std::function<void()> run)
{
    auto* made = kit::button(text, kit::ButtonRole::Default, {}, true);
    made->setObjectName(objectName);
    connect(made, &QPushButton::clicked, this, [run = std::move(run)] { run(); });
    m_row->insertWidget(m_row->count() - 1, made);
    m_actions.append(made);
}

void Banner::dismiss()
{
    hide();
}

}
