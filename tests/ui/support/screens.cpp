#include "tests/ui/support/screens.h"

#include "tests/support/places.h"
#include "ui/kit/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTest>

namespace tests {

using namespace Qt::StringLiterals;

void writeScreenshots(QWidget& widget, const QString& name, QSize size, const std::function<void()>& settle)
{
    const auto folder = QString::fromStdString(places::built("screenshots/"));
    QDir().mkpath(folder);
    widget.resize(size);
    widget.show();
    auto& theme = ui::kit::theme();
    const auto before = theme.mode();
    for (const auto mode : {ui::kit::ThemeMode::Light, ui::kit::ThemeMode::Dark}) {
        theme.setMode(mode);
        QApplication::processEvents();
        if (settle)
            settle();
        QApplication::processEvents();
        const auto file = folder + name + (theme.isDark() ? u"-dark.png"_s : u"-light.png"_s);
        if (!widget.grab().save(file))
            qWarning("could not write %s", qPrintable(file));
    }
    theme.setMode(before);
}

QStringList namelessControls(QWidget& root)
{
    QStringList found;
    for (auto* each : root.findChildren<QWidget*>()) {
        // Pages and viewports hand the focus on to what is in them.
        const bool control = each->focusPolicy() & Qt::TabFocus;
        if (!control || !each->isVisible() || !each->isEnabled() || each->focusProxy()
            || qobject_cast<QScrollArea*>(each) || qobject_cast<QStackedWidget*>(each)
            || each->objectName() == u"qt_scrollarea_viewport"_s)
            continue;
        auto* spoken = QAccessible::queryAccessibleInterface(each);
        if (!spoken || spoken->text(QAccessible::Name).isEmpty())
            found.append(QString::fromLatin1(each->metaObject()->className()) + u' ' + each->objectName());
    }
    return found;
}

bool click(QWidget& root, const QString& objectName)
{
    auto* widget = named(root, objectName);
    if (!widget || !widget->isVisible() || !widget->isEnabled()) {
        qWarning("%s cannot be clicked: %s", qPrintable(objectName),
            !widget                   ? "absent"
                : widget->isVisible() ? "disabled"
                                      : "hidden");
        return false;
    }
    QTest::mouseClick(widget, Qt::LeftButton);
    return true;
}

}
