#include "tests/support/suites.h"

#include <QCoreApplication>

int main(int argc, char** argv)
{
    // What the shell says that runs the tests is not for them.
    for (const char* name : {"CHAMBER_LAMBDA_PERMISSIONS", "CHAMBER_LAMBDA_SANDBOX", "CHAMBER_LAMBDA_CGROUPS",
             "CHAMBER_LAMBDA_CPU", "CHAMBER_NODE_MODULES"})
        qunsetenv(name);
    QCoreApplication application(argc, argv);
    return tests::runSuites(argc, argv);
}
