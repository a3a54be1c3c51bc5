#include "app/workbench.h"

#include "app/stop_signal.h"

#include "ui/editors.h"
#include "ui/kit/english_plurals.h"
#include "ui/kit/theme.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QIcon>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <optional>

namespace app {

using namespace Qt::StringLiterals;

namespace {

// Anything that escapes an event is logged, and the window goes on.
class Workbench : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        try {
            return QApplication::notify(receiver, event);
        } catch (const std::exception& error) {
            qCritical("an event of %s failed: %s", receiver->metaObject()->className(), error.what());
            return false;
        }
    }
};

struct Wanted {
    ui::shell::OpenRequest request;
    bool opens = false;
};

// Says what is wrong on stderr and gives nothing when the options are not understood.
std::optional<Wanted> parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption sample(u"sample"_s, {}, u"name"_s);
    const QCommandLineOption data(u"data"_s, {}, u"folder"_s);
    const QCommandLineOption port(u"port"_s, {}, u"number"_s, u"4566"_s);
    parser.addOptions({sample, data, port});
    bool isNumber = false;
    if (!parser.parse(arguments) || !parser.positionalArguments().isEmpty()) {
        const auto reason = parser.positionalArguments().isEmpty()
            ? parser.errorText()
            : QStringLiteral("There is no command '%1'.").arg(parser.positionalArguments().first());
        std::fprintf(stderr, "cloudchamber: %s\nSee: cloudchamber --help\n", qPrintable(reason));
        return {};
    }
    // Without the option the port of the settings is taken.
    const auto number = parser.value(port).toUShort(&isNumber);
    if (!isNumber) {
        std::fprintf(stderr, "cloudchamber: --port takes a number from 0 to 65535\n");
        return {};
    }
    Wanted wanted;
    if (parser.isSet(data))
        wanted.request.folder = QFileInfo(parser.value(data)).absoluteFilePath();
    wanted.request.sample = parser.value(sample);
    if (parser.isSet(port))
        wanted.request.port = number;
    wanted.opens = parser.isSet(sample) || parser.isSet(data);
    return wanted;
}

}

int runWorkbench(int argc, char** argv)
{
    Workbench application(argc, argv);
    QApplication::setOrganizationName(u"cloudchamber"_s);
    QApplication::setApplicationName(u"cloudchamber"_s);
    QApplication::setApplicationVersion(QStringLiteral(CHAMBER_VERSION));
    QApplication::setApplicationDisplayName(QString());
    QApplication::setDesktopFileName(u"cloudchamber"_s);
    const auto wanted = parse(QApplication::arguments());
    if (!wanted)
        return 2;
    ui::kit::EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    ui::kit::Theme theme;
    QApplication::setWindowIcon(QIcon(u":/logo/logo-dark.svg"_s));
    int code = 0;
    {
        const StopSignal stop;
        ui::shell::MainWindow window(ui::editors());
        QSocketNotifier stopped(stop.descriptor(), QSocketNotifier::Read);
        QObject::connect(&stopped, &QSocketNotifier::activated, &window, [&stopped, &window] {
            stopped.setEnabled(false);
            window.close();
            QApplication::exit(0);
        });
        window.show();
        if (wanted->opens)
            window.openChamber(wanted->request);
        code = QApplication::exec();
    }
    ui::shell::Session::finishClosing();
    return code;
}

}
