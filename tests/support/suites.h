#pragma once

#include <QObject>

#include <memory>

// Registers a test class with the program of its folder under the name of its file, so that
// `<program> tst_store` runs that suite alone. Put it at the end of tst_<unit>.cpp, before the .moc include.
#define CHAMBER_SUITE(Class, name)                                                                           \
    static const bool k##Class##Registered =                                                                 \
        tests::registerSuite(name, []() -> std::unique_ptr<QObject> { return std::make_unique<Class>(); });

namespace tests {

using SuiteFactory = std::unique_ptr<QObject> (*)();

bool registerSuite(const char* name, SuiteFactory factory);
// Runs the suite named by the first argument, or all of them; further arguments go to Qt Test.
int runSuites(int argc, char** argv);

}
