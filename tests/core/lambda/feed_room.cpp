#include "tests/core/lambda/feed_room.h"

#include <QtGlobal>

#include <algorithm>

namespace tests {

using namespace core;
using lambda::EventSourceMapping;
using lambda::InvocationOutcome;
using nlohmann::json;

InvocationOutcome answered(const std::string& payload)
{
    InvocationOutcome outcome;
    outcome.payload = payload;
    outcome.executedVersion = "$LATEST";
    return outcome;
}

InvocationOutcome failing()
{
    auto outcome = answered(R"({"errorMessage":"no"})");
    outcome.functionError = "Unhandled";
    outcome.errorType = "ValueError";
    return outcome;
}

FeedRoom::FeedRoom(const aws::Host& host)
    : m_host(host)
{
    setFunction([](const json&) { return answered("null"); });
    open();
}

FeedRoom::~FeedRoom()
{
    close();
}

void FeedRoom::open()
{
    m_mappings =
        std::make_unique<aws::RecordStore<EventSourceMapping>>(m_host.store, "lambda/event-source-mappings");
    m_sources = std::make_unique<lambda::EventSources>(m_host, *m_mappings,
        lambda::EventSources::Parts{[this](const EventSourceMapping&, const lambda::Invocation& invocation,
                                        trace::SpanScope&) { return run(invocation.payload); },
            [this](const std::string& key, const std::string& result) { note(key, result); }});
    m_sources->resume();
}

void FeedRoom::close()
{
    m_sources->hold();
    openGate();
    m_sources->close();
}

void FeedRoom::restart()
{
    close();
    m_sources.reset();
    open();
}

Result<InvocationOutcome> FeedRoom::run(const std::string& payload)
{
    const auto event = json::parse(payload);
    Function function;
    {
        std::unique_lock lock(m_mutex);
        m_events.push_back(event);
        function = m_function;
        ++m_running;
        m_gate.wait(lock, [this] { return m_gateIsOpen; });
        --m_running;
    }
    return function(event);
}

void FeedRoom::note(const std::string& key, const std::string& result)
{
    const auto before = m_mappings->find(key);
    if (!before || before->lastResult == result)
        return;
    auto changed = *before;
    changed.lastResult = result;
    (void)m_mappings->put(std::move(changed));
}

void FeedRoom::start(EventSourceMapping mapping, const std::string& source)
{
    if (mapping.id.empty())
        mapping.id = "mapping-of-" + source.substr(source.rfind(':') + 1);
    mapping.region = "us-east-1";
    mapping.account = "000000000000";
    mapping.function = "f";
    mapping.source = source;
    m_key = mapping.key();
    if (const auto begun = m_sources->begin(mapping, nullptr); !begun)
        qFatal("%s", begun.error().message.c_str());
    (void)m_mappings->put(std::move(mapping));
    m_sources->sync();
}

void FeedRoom::change(const std::function<void(EventSourceMapping&)>& edit)
{
    auto mapping = *m_mappings->find(m_key);
    edit(mapping);
    (void)m_mappings->put(std::move(mapping));
    m_sources->sync();
}

void FeedRoom::closeGate()
{
    const std::lock_guard guard(m_mutex);
    m_gateIsOpen = false;
}

void FeedRoom::openGate()
{
    const std::lock_guard guard(m_mutex);
    m_gateIsOpen = true;
    m_gate.notify_all();
}

void FeedRoom::setFunction(Function function)
{
    const std::lock_guard guard(m_mutex);
    m_function = std::move(function);
}

std::vector<json> FeedRoom::events() const
{
    const std::lock_guard guard(m_mutex);
    return m_events;
}

json FeedRoom::batches(const std::function<json(const json& record)>& read) const
{
    json all = json::array();
    for (const auto& event : events()) {
        json values = json::array();
        for (const auto& record : event.at("Records"))
            values.push_back(read(record));
        all.push_back(std::move(values));
    }
    return all;
}

std::string FeedRoom::result() const
{
    return m_mappings->find(m_key)->lastResult;
}

std::vector<std::string> FeedRoom::steps() const
{
    auto tracks = m_host.tracer.latest(1000);
    std::vector<std::string> titles;
    for (auto track = tracks.rbegin(); track != tracks.rend(); ++track) {
        for (const auto& span : track->spans) {
            for (const auto& step : span.steps)
                titles.push_back(step.title);
        }
    }
    return titles;
}

bool FeedRoom::hasStep(const std::string& title) const
{
    const auto all = steps();
    return std::find(all.begin(), all.end(), title) != all.end();
}

}
