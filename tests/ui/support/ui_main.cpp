#include "tests/support/suites.h"
#include "ui/kit/english_plurals.h"
#include "ui/kit/theme.h"

#include <QApplication>
#include <QStandardPaths>

int main(int argc, char** argv)
{
    // Unless a run asks for a screen: no window of a test appears on someone's desktop.
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Cloud Chamber tests"));
    QApplication::setApplicationName(QStringLiteral("tests"));
    ui::kit::EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    ui::kit::Theme theme;
    theme.setMode(ui::kit::ThemeMode::Dark);
    return tests::runSuites(argc, argv);
}
