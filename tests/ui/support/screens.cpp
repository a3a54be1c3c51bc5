#include "tests/ui/support/screens.h"

#include "ui/kit/theme.h"

#include <QApplication>
#include <QDir>
#include <QTest>

namespace tests {

using namespace Qt::StringLiterals;

void writeScreenshots(QWidget& widget, const QString& name, QSize size, const std::function<void()>& settle)
{
    const auto folder = QString::fromLatin1(CHAMBER_BINARY_DIR) + u"/screenshots/"_s;
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
