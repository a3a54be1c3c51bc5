#include "tests/support/suites.h"

#include <QTest>

#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

namespace tests {

namespace {

std::vector<std::pair<const char*, SuiteFactory>>& registry()
{
    static std::vector<std::pair<const char*, SuiteFactory>> suites;
    return suites;
}

}

bool registerSuite(const char* name, SuiteFactory factory)
{
    registry().emplace_back(name, factory);
    return true;
}

int runSuites(int argc, char** argv)
{
    const char* wanted = argc > 1 && std::strncmp(argv[1], "tst_", 4) == 0 ? argv[1] : nullptr;
    std::vector<char*> rest{argv[0]};
    rest.insert(rest.end(), argv + (wanted ? 2 : 1), argv + argc);
    int failures = 0;
    int run = 0;
    for (const auto& [name, factory] : registry()) {
        if (wanted && std::strcmp(name, wanted) != 0)
            continue;
        const auto suite = factory();
        failures += QTest::qExec(suite.get(), static_cast<int>(rest.size()), rest.data());
        ++run;
    }
    if (run == 0) {
        std::fprintf(stderr, "no suite named %s in this program\n", wanted ? wanted : "(none registered)");
        return 1;
    }
    return failures;
}

}
