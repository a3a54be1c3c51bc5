#include "app/serve.h"
#ifdef CHAMBER_WORKBENCH
#include "app/workbench.h"
#endif

#include <cstdio>
#include <cstring>

namespace {

void printHelp()
{
    std::fputs("Usage: cloudchamber [command]\n\n"
#ifdef CHAMBER_WORKBENCH
               "Without a command it opens the workbench.\n\n"
#endif
               "Commands:\n"
               "  serve         run a chamber without a window; `cloudchamber serve --help` tells more\n\n"
               "Options:\n"
#ifdef CHAMBER_WORKBENCH
               "  --sample NAME open a chamber filled with a sample, made when there is none\n"
               "  --data DIR    open the chamber in this folder, made when there is none\n"
               "  --port N      port of the endpoint, 4566 unless said; 0 takes a free one\n"
#endif
               "  --version     print the version and end\n"
               "  --help, -h    print this text and end\n",
        stdout);
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
#ifdef CHAMBER_WORKBENCH
    return app::runWorkbench(argc, argv);
#else
    if (arguments.empty()) {
        printHelp();
        return 2;
    }
    std::fprintf(
        stderr, "cloudchamber: there is no command '%s'\nSee: cloudchamber --help\n", arguments[0].c_str());
    return 2;
#endif
}
