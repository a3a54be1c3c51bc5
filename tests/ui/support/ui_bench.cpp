#include "tests/ui/support/ui_bench.h"

#include <nlohmann/json.hpp>

namespace tests {

using nlohmann::json;

namespace {

// Sunday 22 November 2026, 14:03:27 UTC: the moment in the design's pictures.
constexpr core::Micros kMoment = 1'795'356'207 * core::kSecond;

}

FakeCaller::~FakeCaller() = default;

void FakeCaller::answer(const std::string& action, AnswerFn answer)
{
    std::lock_guard guard(m_mutex);
    m_answers[action] = std::move(answer);
}

void FakeCaller::answer(const std::string& action, const json& fixed)
{
    answer(action, [fixed](const json&) { return fixed; });
}

std::vector<FakeCaller::Asked> FakeCaller::asked(const std::string& action) const
{
    std::lock_guard guard(m_mutex);
    std::vector<Asked> found;
    for (const auto& each : m_asked) {
        if (each.action == action)
            found.push_back(each);
    }
    return found;
}

core::Result<core::aws::Reply> FakeCaller::call(std::string_view service, std::string_view action,
    const json& input, const core::aws::CallOptions& options, std::string payload)
{
    AnswerFn answer;
    {
        std::lock_guard guard(m_mutex);
        m_asked.push_back(
            {std::string(service), std::string(action), input.dump(), std::move(payload), options.quiet});
        if (const auto found = m_answers.find(std::string(action)); found != m_answers.end())
            answer = found->second;
    }
    if (!answer)
        return core::fail(core::ErrorKind::NotFound, "UnknownOperationException",
            "this test answers no " + std::string(action));
    auto output = answer(input);
    if (!output)
        return core::fail(output.error());
    return core::aws::Reply::of(std::move(*output), 200);
}

core::Result<core::http::Response> FakeCaller::fetch(
    std::string_view url, core::http::Request request, const core::aws::CallOptions&)
{
    if (onFetch)
        return onFetch(std::string(url), request);
    return core::fail(core::ErrorKind::Io, "ConnectionError", "this test answers no URL");
}

UiBench::UiBench()
    : UiBench(nullptr, nullptr)
{
}

UiBench::UiBench(ui::bridge::Engine engine)
    : UiBench(nullptr, &engine)
{
}

UiBench::UiBench(std::nullptr_t, ui::bridge::Engine* given)
    : clock(core::Clock::State{kMoment, 1, true})
    , tracer(clock)
    , client(given ? *given : ui::bridge::Engine{caller, clock, tracer, changes})
    , events(client.engine())
    , resources(client, events)
    , context{client, events, resources, ui::kit::theme(), undo, actions, navigator}
{
}

UiBench::~UiBench() = default;

}
