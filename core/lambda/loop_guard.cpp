#include "core/lambda/loop_guard.h"

#include "core/lambda/errors.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace core::lambda {

namespace {

constexpr int kMostRuns = 16;
// A run is two spans at least: most invocations need no look at their track.
constexpr std::uint32_t kFirstSuspect = 2 * kMostRuns;
constexpr std::array<std::string_view, 4> kFollowed = {"lambda", "s3", "sqs", "sns"};

int runsOnTheWay(const trace::Track& track, std::uint32_t id, const std::string& name)
{
    int runs = 0;
    while (id > 0 && id <= track.spans.size()) {
        const auto& span = track.spans[id - 1];
        if (std::find(kFollowed.begin(), kFollowed.end(), span.service) == kFollowed.end())
            break;
        if (span.service == "lambda" && span.name == "invoke" && span.resource == name)
            ++runs;
        id = span.parent;
    }
    return runs;
}

}

Result<> LoopGuard::check(const Function& function, trace::SpanScope& span) const
{
    if (span.id() < kFirstSuspect || function.recursiveLoop != "Terminate")
        return {};
    const auto track = m_tracer.find(span.trackId());
    if (!track || runsOnTheWay(*track, span.id(), function.name) < kMostRuns)
        return {};
    span.step("Recursive loop",
        function.name + " ran " + std::to_string(kMostRuns)
            + " times on the way to this call, and its RecursiveLoop is Terminate: it is not run again",
        trace::Verdict::Fail);
    return fail(errors::recursiveInvocation());
}

}
