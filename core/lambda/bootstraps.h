#pragma once

#include <span>
#include <string_view>

namespace core::lambda {

// A file of resources/runtimes that was built into the program.
struct Bootstrap {
    std::string_view path; // "python/bootstrap.py"
    std::string_view text;
};

std::span<const Bootstrap> bootstraps();

}
