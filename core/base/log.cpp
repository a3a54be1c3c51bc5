#include "core/base/log.h"

#include "core/base/text.h"
#include "core/base/time_format.h"

#include <atomic>
#include <cstdio>
#include <string>

namespace core::log {

namespace {

std::atomic<Level> lowestLevel = Level::Info;

std::string_view nameOf(Level level)
{
    switch (level) {
    case Level::Debug:
        return "debug";
    case Level::Info:
        return "info";
    case Level::Warning:
        return "warning";
    case Level::Error:
        return "error";
    }
    return "error";
}

}

void write(Level level, std::string_view where, std::string_view text)
{
    if (level < lowestLevel.load(std::memory_order_relaxed))
        return;
    std::string line = iso8601Millis(realMicros());
    line.append(" ").append(nameOf(level)).append(" ").append(where).append(": ");
    line += replaceAll(std::string(text), "\n", "\\n");
    line += '\n';
    // One call a line: stdio's own lock keeps lines of several threads apart.
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void setLevel(Level lowest)
{
    lowestLevel.store(lowest, std::memory_order_relaxed);
}

}
