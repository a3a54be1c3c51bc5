#include "tests/support/suites.h"

#include <QCoreApplication>

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    return tests::runSuites(argc, argv);
}
