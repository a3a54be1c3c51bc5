#include "app/serve.h"
#ifdef CHAMBER_WORKBENCH
#include "app/workbench.h"
#endif

#include <cstdio>
#include <string>
#include <vector>

namespace {

void printHelp()
{
#ifdef CHAMBER_WORKBENCH
    std::fputs("Usage: cloudchamber [options]         opens the workbench\n"
               "       cloudchamber serve [options]   runs a chamber without a window; see serve --help\n\n"
               "Options of the workbench:\n"
               "  --data DIR      open this chamber at once\n"
               "  --sample NAME   open this sample at once\n"
               "  --port NUMBER   the port to listen on (4566)\n\n",
        stdout);
#else
    std::fputs("Usage: cloudchamber serve [options]   runs a chamber; see serve --help\n\n", stdout);
#endif
    std::fputs("  --version       print the version and end\n"
               "  --help, -h      print this text and end\n",
        stdout);
}

int refuseCommand(const std::string& command)
{
    std::fprintf(
        stderr, "cloudchamber: there is no command '%s'\nSee: cloudchamber --help\n", command.c_str());
    return 2;
}

}

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (!arguments.empty() && arguments[0] == "serve")
        return app::serve({arguments.begin() + 1, arguments.end()});
    if (!arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h")) {
        printHelp();
        return 0;
    }
    if (!arguments.empty() && arguments[0] == "--version") {
        std::printf("cloudchamber %s\n", CHAMBER_VERSION);
        return 0;
    }
    // Before Qt starts: it wants a display first.
    if (!arguments.empty() && !arguments[0].starts_with('-'))
        return refuseCommand(arguments[0]);
#ifdef CHAMBER_WORKBENCH
    return app::runWorkbench(argc, argv);
#else
    if (!arguments.empty())
        return refuseCommand(arguments[0]);
    printHelp();
    return 2;
#endif
}
