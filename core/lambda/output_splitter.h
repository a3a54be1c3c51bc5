#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

// Cuts what an environment writes to its output into log events: one a line, or one a frame where a runtime
// wrote the telemetry frames of AWS's managed runtimes (0xA55A0003, length, time, text), which keep an event
// of several lines whole. Pure; one thread at a time.
class OutputSplitter {
public:
    std::vector<std::string> feed(std::string_view bytes);
    // The line that was begun and not ended, if any.
    std::vector<std::string> flush();

private:
    bool takeFrame(std::vector<std::string>& events, std::size_t& from);
    bool takeLine(std::vector<std::string>& events, std::size_t& from);

    std::string m_buffer;
};

// The same text with each byte that is no part of UTF-8 replaced by U+FFFD.
std::string validUtf8(std::string_view bytes);

}
