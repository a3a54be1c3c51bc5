#pragma once

#include "core/aws/front_door.h"
#include "core/base/clock.h"
#include "core/trace/tracer.h"

#include <functional>
#include <string>
#include <vector>

namespace core::chamber {

// What /_chamber/… answers: health, tracks, clock, reset. JSON in and out; bad input is 400 with a message
// that names the member. Owned by the chamber; runs on its pool.
class ChamberPages : public aws::LocalPages {
public:
    struct Host {
        std::string name;
        std::string region;
        Clock& clock;
        trace::Tracer& tracer;
        std::function<std::string()> endpoint;
        std::function<std::vector<aws::Service*>()> services;
        std::function<void()> clockChanged;
        std::function<Result<>()> reset;
    };

    explicit ChamberPages(Host host);
    http::Response serve(const http::Request& request) override;

private:
    http::Response health(const http::Request& request);
    http::Response tracks(const http::Request& request);
    http::Response track(std::string_view id);
    http::Response showClock();
    http::Response changeClock(const http::Request& request);
    http::Response reset();

    Host m_host;
    Micros m_startedAt = realMicros();
};

}
