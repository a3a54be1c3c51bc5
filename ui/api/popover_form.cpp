#include "ui/api/popover_form.h"

#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui::api {

using namespace Qt::StringLiterals;

QString words(const char* text)
{
    return QCoreApplication::translate("ui::api", text);
}

PopoverForm PopoverForm::make(
    QWidget* window, const QString& title, const QString& button, const QString& okName)
{
    auto* popover = new kit::Popover(window);
    // Takes the area's colours though it is a child of the window.
    popover->setObjectName(u"apiPopover"_s);
    auto* content = new QWidget;
    content->setObjectName(u"area_api"_s);
    content->setFixedWidth(kit::theme().px(360));
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(10);
    layout->addWidget(kit::label(title, u"title"_s));
    auto* rows = new QVBoxLayout;
    rows->setSpacing(10);
    layout->addLayout(rows);
    auto* error = new kit::ErrorCard;
    error->setObjectName(u"apiPopoverError"_s);
    error->hide();
    layout->addWidget(error);
    auto* ok = kit::button(button, kit::ButtonRole::Primary);
    ok->setObjectName(okName);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(ok);
    layout->addLayout(buttons);
    popover->setContent(content);
    QObject::connect(popover, &kit::Popover::closed, popover, &QObject::deleteLater);
    return {popover, rows, error, ok};
}

Report PopoverForm::reporter() const
{
    ok->setEnabled(false);
    return [guard = QPointer(popover), card = error, button = ok](const core::Result<>& result) {
        if (!guard)
            return;
        if (result) {
            guard->close();
            return;
        }
        button->setEnabled(true);
        card->setError(result.error());
        card->show();
        guard->adjustSize();
    };
}

void PopoverForm::addHint(const QString& text) const
{
    auto* hint = kit::label(text, u"caption"_s);
    hint->setWordWrap(true);
    rows->addWidget(hint);
}

}
