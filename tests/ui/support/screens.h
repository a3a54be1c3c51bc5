#pragma once

#include <QSize>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <functional>

namespace tests {

constexpr QSize kLargeScreen(1440, 900);
constexpr QSize kSmallScreen(1024, 700);

// Shows the widget in a size, dark and light, and writes build/<preset>/screenshots/<name>-dark.png and
// -light.png. `settle` runs after each switch of theme, for what must be waited for.
void writeScreenshots(QWidget& widget, const QString& name, QSize size = kLargeScreen,
    const std::function<void()>& settle = {});

// The descendant with this object name; fails the test loudly (null) when there is none.
template <typename Widget = QWidget> Widget* named(QWidget& root, const QString& objectName)
{
    auto* found = root.findChild<Widget*>(objectName);
    if (!found)
        qWarning("no widget is named %s", qPrintable(objectName));
    return found;
}

// What can have the focus now but has no name that a screen reader could say; empty when all is well.
QStringList namelessControls(QWidget& root);

// A click in the middle of the descendant with this object name.
bool click(QWidget& root, const QString& objectName);

}
