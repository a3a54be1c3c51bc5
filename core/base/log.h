#pragma once

#include <string_view>

namespace core::log {

enum class Level { Debug, Info, Warning, Error };

// One line to standard error: time, level, where, text. Any thread.
void write(Level level, std::string_view where, std::string_view text);
void setLevel(Level lowest);

inline void info(std::string_view where, std::string_view text)
{
    write(Level::Info, where, text);
}
inline void warning(std::string_view where, std::string_view text)
{
    write(Level::Warning, where, text);
}
inline void error(std::string_view where, std::string_view text)
{
    write(Level::Error, where, text);
}

}
