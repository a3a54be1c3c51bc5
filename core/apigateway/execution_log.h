#pragma once

#include "core/base/clock.h"
#include "core/http/message.h"

#include <string>
#include <vector>

namespace core::apigateway {

// The lines of one call's execution log, as TestInvokeMethod gives them back and as a stage's settings have
// them written. Lives with its call.
class ExecutionLog {
public:
    enum class Kind {
        Info, // with loggingLevel INFO
        Data, // with INFO and data traces: what travels
        Failure, // with INFO and ERROR
    };
    struct Line {
        Micros time;
        Kind kind;
        std::string text;
    };

    explicit ExecutionLog(const Clock& clock)
        : m_clock(clock)
    {
    }
    void line(std::string text, Kind kind = Kind::Info);
    const std::vector<Line>& lines() const { return m_lines; }
    // All of them, each but the first with its moment, as TestInvokeMethod shows them.
    std::string text() const;

private:
    const Clock& m_clock;
    std::vector<Line> m_lines;
};

// "Sun Nov 22 23:02:29 UTC 2026", as execution logs stamp their lines.
std::string logTime(Micros moment);

// Of a secret the last six characters, as AWS shows keys and signatures.
std::string maskedSecret(std::string_view secret);

// "{a=b, c=d}" of a request's headers, without what authorizes it.
std::string logRequestHeaders(const http::Headers& headers);

}
