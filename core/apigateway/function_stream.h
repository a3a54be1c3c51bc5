#pragma once

#include "core/apigateway/event_stream_reader.h"
#include "core/base/clock.h"
#include "core/http/message.h"

namespace core::apigateway {

// How long a streamed answer may take, on the chamber's clock.
struct StreamLimits {
    Micros idle = 0; // without a byte
    Micros whole = 0; // all in all
};

// What a streaming function writes, out of the event stream of InvokeWithResponseStream: a head up to eight
// zeros, then the body as it comes. The call's thread waits for the head; then the connection that sends the
// answer reads, one thread at a time. A function that fails midway, or a limit, breaks the body off. Given up
// when it is dropped.
class FunctionStream : public http::BodySource {
public:
    FunctionStream(std::shared_ptr<http::BodySource> events, Clock& clock, StreamLimits limits);
    ~FunctionStream() override;

    // Everything before the eight zeros. Errors: "Timeout" when it is not there within `patience` of real
    // time; "Malformed" when there are no zeros where they have to be; the function's own type of error.
    Result<std::string> awaitHead(Micros patience);

    Result<std::size_t> read(std::span<char> into) override;
    void onReady(std::function<void()> wake) override;

private:
    struct Bell;

    Result<bool> pull(); // false: nothing more at present
    void take(const EventStreamReader::Event& event);
    Result<> checkLimits();
    void watchLimits();

    const std::shared_ptr<http::BodySource> m_events;
    const std::shared_ptr<Bell> m_bell; // rung from any thread
    Clock& m_clock;
    const StreamLimits m_limits;
    const Micros m_begin;
    Micros m_lastByte;
    EventStreamReader m_reader;
    std::string m_bytes; // of the function, not read yet
    std::size_t m_taken = 0; // of m_bytes
    bool m_complete = false;
    std::optional<Error> m_failure; // of the function
    std::unique_ptr<ClockTimer> m_timer;
};

}
