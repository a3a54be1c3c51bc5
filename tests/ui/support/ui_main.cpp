#include "tests/support/suites.h"
#include "ui/kit/english_plurals.h"
#include "ui/kit/theme.h"

#include <QApplication>
#include <QTemporaryDir>

int main(int argc, char** argv)
{
    // Unless a run asks for a screen: no window of a test appears on someone's desktop.
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    // Settings and folders of its own: other tests run beside this one, and what a run leaves is not the next
    // one's.
    const QTemporaryDir home;
    for (const auto* variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
        qputenv(variable, home.path().toLocal8Bit());
    for (const auto* variable :
        {"http_proxy", "https_proxy", "all_proxy", "CHAMBER_REDUCED_MOTION", "CHAMBER_LAMBDA_PERMISSIONS",
            "CHAMBER_LAMBDA_SANDBOX", "CHAMBER_LAMBDA_CGROUPS", "CHAMBER_LAMBDA_CPU", "CHAMBER_NODE_MODULES"})
        qunsetenv(variable);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Cloud Chamber tests"));
    QApplication::setApplicationName(QStringLiteral("tests"));
    ui::kit::EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    ui::kit::Theme theme;
    theme.setMode(ui::kit::ThemeMode::Dark);
    return tests::runSuites(argc, argv);
}
