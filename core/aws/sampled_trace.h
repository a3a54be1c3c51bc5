#pragma once

#include "core/trace/tracer.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace core::aws {

// Every request leaves a track; X-Ray shows those that a stage or a function with tracing takes part in. Such
// a part says so by a step of this title, which is what tells them apart.
inline constexpr std::string_view kSampledStep = "X-Ray";

inline void noteSampled(trace::SpanScope& span, std::string why)
{
    span.step(std::string(kSampledStep), std::move(why));
}

inline bool isSampled(const trace::Track& track)
{
    return std::ranges::any_of(track.spans, [](const trace::Span& span) {
        return std::ranges::any_of(
            span.steps, [](const trace::Step& step) { return step.title == kSampledStep; });
    });
}

}
