#include "tests/core/lambda/queue_room.h"

#include "tests/core/lambda/stream_room.h"

#include <algorithm>

namespace tests {

using namespace core;
using lambda::EventSourceMapping;
using lambda::InvocationOutcome;
using nlohmann::json;

namespace {

std::string urlOf(const std::string& queue)
{
    return "/000000000000/" + queue;
}

}

Result<aws::Reply> QueueRoom::CountingCaller::call(std::string_view service, std::string_view action,
    const json& input, const aws::CallOptions& options, std::string payload)
{
    ++count;
    return door->call(service, action, input, options, std::move(payload));
}

Result<http::Response> QueueRoom::CountingCaller::fetch(
    std::string_view url, http::Request request, const aws::CallOptions& options)
{
    return door->fetch(url, std::move(request), options);
}

QueueRoom::QueueRoom()
    : m_host{*m_room.store, m_room.blobs, m_room.clock, m_room.tracer, m_caller, m_room.pool, m_room.server,
        m_room.changes, m_room.logs, m_room.host.folder, m_room.host.endpoint}
{
    m_caller.door = &m_room.door;
    setFunction([](const json&) { return answered("null"); });
    open();
}

QueueRoom::~QueueRoom()
{
    openGate();
    m_poller->close();
    m_room.service.stop();
}

void QueueRoom::open()
{
    m_mappings =
        std::make_unique<aws::RecordStore<EventSourceMapping>>(*m_room.store, "lambda/event-source-mappings");
    m_poller = std::make_unique<lambda::QueuePoller>(m_host, *m_mappings,
        [this](const EventSourceMapping&, const lambda::Invocation& invocation, trace::SpanScope&) {
            return run(invocation.payload);
        });
    m_poller->resume();
}

Result<InvocationOutcome> QueueRoom::run(const std::string& payload)
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

void QueueRoom::closeGate()
{
    const std::lock_guard guard(m_mutex);
    m_gateIsOpen = false;
}

void QueueRoom::openGate()
{
    const std::lock_guard guard(m_mutex);
    m_gateIsOpen = true;
    m_gate.notify_all();
}

json QueueRoom::sqs(const char* action, const json& input)
{
    const auto reply = m_room.call(action, input, {.quiet = true});
    if (!reply)
        qFatal("%s: %s", action, reply.error().message.c_str());
    return *reply;
}

void QueueRoom::makeQueue(const std::string& name, json attributes)
{
    if (name.ends_with(".fifo"))
        attributes["FifoQueue"] = "true";
    sqs("CreateQueue", {{"QueueName", name}, {"Attributes", std::move(attributes)}});
}

void QueueRoom::send(const std::string& queue, const std::string& body, json more)
{
    more["QueueUrl"] = urlOf(queue);
    more["MessageBody"] = body;
    sqs("SendMessage", more);
}

std::string QueueRoom::counts(const std::string& queue)
{
    const auto attributes = sqs("GetQueueAttributes",
        {{"QueueUrl", urlOf(queue)}, {"AttributeNames", json::array({"All"})}})["Attributes"];
    std::string text;
    for (const auto* name : {"", "NotVisible", "Delayed"})
        text += (text.empty() ? "" : "/")
            + attributes[std::string("ApproximateNumberOfMessages") + name].get<std::string>();
    return text;
}

void QueueRoom::start(EventSourceMapping mapping, const std::string& queue)
{
    mapping.id = "mapping-of-" + queue;
    mapping.region = "us-east-1";
    mapping.account = "000000000000";
    mapping.function = "f";
    mapping.source = "arn:aws:sqs:us-east-1:000000000000:" + queue;
    m_key = mapping.key();
    (void)m_mappings->put(std::move(mapping));
    m_poller->sync();
}

void QueueRoom::change(const std::function<void(EventSourceMapping&)>& edit)
{
    auto mapping = *m_mappings->find(m_key);
    edit(mapping);
    (void)m_mappings->put(std::move(mapping));
    m_poller->sync();
}

void QueueRoom::restart()
{
    m_poller->hold();
    openGate();
    m_poller->close();
    m_poller.reset();
    open();
}

void QueueRoom::setFunction(Function function)
{
    const std::lock_guard guard(m_mutex);
    m_function = std::move(function);
}

std::vector<json> QueueRoom::events() const
{
    const std::lock_guard guard(m_mutex);
    return m_events;
}

json QueueRoom::batches() const
{
    json all = json::array();
    for (const auto& event : events()) {
        json bodies = json::array();
        for (const auto& record : event.at("Records"))
            bodies.push_back(record.at("body"));
        all.push_back(std::move(bodies));
    }
    return all;
}

std::vector<std::string> QueueRoom::steps() const
{
    auto tracks = m_room.tracer.latest(1000);
    std::vector<std::string> titles;
    for (auto track = tracks.rbegin(); track != tracks.rend(); ++track) {
        for (const auto& span : track->spans) {
            for (const auto& step : span.steps)
                titles.push_back(step.title);
        }
    }
    return titles;
}

bool QueueRoom::hasStep(const std::string& title) const
{
    const auto all = steps();
    return std::find(all.begin(), all.end(), title) != all.end();
}

}
