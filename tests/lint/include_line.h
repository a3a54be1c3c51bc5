#pragma once

#include <string>
#include <vector>

namespace tests {

// One #include: what a file takes, as it is written there.
struct IncludeLine {
    std::string file; // from the sources' root
    int line = 0;
    std::string target;
    bool quoted = false; // "…", else <…>

    bool isInHeader() const { return file.ends_with(".h"); }
};

// Those of all sources of the program and of its tests.
std::vector<IncludeLine> includeLines();

}
