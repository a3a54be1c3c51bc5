#include "core/lambda/runtime_api.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/lambda/json_response.h"
#include "core/lambda/response_stream.h"

#include <chrono>

namespace core::lambda {

namespace {

constexpr std::string_view kRoot = "/2018-06-01/runtime";

// Takes a body of any size and keeps what a response may have: a larger one is an error of the function,
// which must not end in a broken connection.
class PayloadSink : public http::BodySink {
public:
    explicit PayloadSink(std::size_t limit)
        : m_limit(limit)
    {
    }

    Result<> write(std::string_view bytes) override
    {
        if (m_text.size() <= m_limit)
            m_text.append(bytes.substr(0, m_limit + 1 - m_text.size()));
        return {};
    }

    std::string take() { return std::move(m_text); }

private:
    const std::size_t m_limit;
    std::string m_text;
};

// Hands on what a streaming handler writes, as far as a stream may go.
class StreamSink : public http::BodySink {
public:
    explicit StreamSink(std::shared_ptr<ResponseStream> stream)
        : m_stream(std::move(stream))
    {
    }

    Result<> write(std::string_view bytes) override
    {
        m_bytes += bytes.size();
        if (!tooLarge())
            m_stream->write(bytes);
        return {};
    }

    bool tooLarge() const { return m_bytes > kMaxStreamBytes; }

private:
    const std::shared_ptr<ResponseStream> m_stream;
    std::size_t m_bytes = 0;
};

// Of the head, or behind the body: a stream's error comes last.
std::string_view errorField(const http::Request& request, std::string_view name)
{
    const auto value = request.headers.get(name);
    return value.empty() ? request.trailers.get(name) : value;
}

// The error, as JSON text, that ended a stream; "" for none.
std::string streamErrorOf(const http::Request& request, std::string_view type)
{
    if (const auto sink = std::dynamic_pointer_cast<StreamSink>(request.sink); sink && sink->tooLarge())
        return R"({"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size ()"
            + std::to_string(kMaxStreamBytes) + R"( bytes)."})";
    auto body = unbase64(errorField(request, "Lambda-Runtime-Function-Error-Body")).value_or(std::string());
    if (body.empty() && !type.empty())
        body = R"({"errorType":"Unknown"})";
    return body;
}

bool isStreamed(const http::Request& request)
{
    return equalsIgnoreCase(request.headers.get("Lambda-Runtime-Function-Response-Mode"), "streaming");
}

std::size_t limitOf(const http::Request& request)
{
    return isStreamed(request) ? kMaxStreamBytes : kMaxResponseBytes;
}

http::Response eventResponse(const Event& event)
{
    auto response = jsonResponse(200, event.payload);
    auto& headers = response.headers;
    headers.add("Lambda-Runtime-Aws-Request-Id", event.requestId);
    headers.add("Lambda-Runtime-Deadline-Ms", std::to_string(event.deadlineMillis));
    headers.add("Lambda-Runtime-Invoked-Function-Arn", event.functionArn);
    headers.add("Lambda-Runtime-Trace-Id", event.traceHeader);
    if (!event.clientContext.empty())
        headers.add("Lambda-Runtime-Client-Context", event.clientContext);
    return response;
}

http::Response refusal(int status, std::string_view type, std::string_view message)
{
    return jsonResponse(status,
        R"({"errorMessage":")" + std::string(message) + R"(","errorType":")" + std::string(type) + "\"}\n");
}

http::Response accepted()
{
    return jsonResponse(202, "{\"status\":\"OK\"}\n");
}

bool waitFor(
    std::condition_variable& changed, std::unique_lock<std::mutex>& lock, Micros patience, auto condition)
{
    return changed.wait_for(lock, std::chrono::microseconds(patience), condition);
}

}

RuntimeApi::RuntimeApi(ExtensionHost host, TelemetryApi& telemetry, std::function<void()> waits,
    std::function<void()> registered)
    : m_telemetry(telemetry)
    , m_waits(std::move(waits))
    , m_registered(std::move(registered))
    , m_extensions(std::move(host), [this] { extensionsChanged(); })
{
}

http::BodyPlan RuntimeApi::planBody(const http::Request& head)
{
    http::BodyPlan plan;
    if (ExtensionApi::isFor(head.path()) || TelemetryApi::isFor(head.path()))
        return plan;
    plan.maxBytes = std::uint64_t{1} << 32;
    if (const auto stream = isStreamed(head) ? streamOf(head.path()) : nullptr) {
        stream->begin(std::string(head.headers.get("Content-Type")));
        plan.sink = std::make_shared<StreamSink>(stream);
        return plan;
    }
    plan.sink = std::make_shared<PayloadSink>(limitOf(head));
    return plan;
}

void RuntimeApi::handle(http::Request request, http::Responder responder)
{
    auto path = request.path();
    if (ExtensionApi::isFor(path))
        return m_extensions.handle(request, std::move(responder));
    if (TelemetryApi::isFor(path)) {
        if (const auto extension = m_extensions.nameOf(request, responder))
            m_telemetry.handle(request, *extension, std::move(responder));
        return;
    }
    if (!path.starts_with(kRoot))
        return responder.send(refusal(404, "NotFound", "No such path"));
    path.remove_prefix(kRoot.size());
    if (path == "/invocation/next")
        return next(std::move(responder));

    RuntimeAnswer answer;
    if (const auto sink = std::dynamic_pointer_cast<PayloadSink>(request.sink))
        answer.body = sink->take();
    answer.kind = RuntimeAnswer::Kind::Error;
    answer.errorType = errorField(request, "Lambda-Runtime-Function-Error-Type");
    if (path == "/init/error")
        return failInit(std::move(answer), std::move(responder));
    constexpr std::string_view kInvocation = "/invocation/";
    const auto slash = path.rfind('/');
    const auto verb = path.substr(slash + 1);
    if (!path.starts_with(kInvocation) || slash < kInvocation.size()
        || (verb != "response" && verb != "error"))
        return responder.send(refusal(404, "NotFound", "No such path"));
    if (verb == "response") {
        answer.kind = RuntimeAnswer::Kind::Response;
        answer.streamed = isStreamed(request);
        answer.contentType = request.headers.get("Content-Type");
        if (answer.streamed)
            answer.streamError = streamErrorOf(request, answer.errorType);
    }
    if (answer.body.size() > limitOf(request))
        answer.kind = RuntimeAnswer::Kind::TooLarge;
    finish(
        path.substr(kInvocation.size(), slash - kInvocation.size()), std::move(answer), std::move(responder));
}

// Of the event that the runtime answers with a POST to `path`.
std::shared_ptr<ResponseStream> RuntimeApi::streamOf(std::string_view path)
{
    const std::lock_guard guard(m_mutex);
    const auto wanted = std::string(kRoot) + "/invocation/" + m_current + "/response";
    return !m_current.empty() && path == wanted ? m_stream : nullptr;
}

void RuntimeApi::next(http::Responder responder)
{
    std::unique_lock lock(m_mutex);
    if (!m_current.empty()) {
        lock.unlock();
        return responder.send(refusal(403, "InvalidStateTransition",
            "State transition from Running to Ready failed for runtime. Error: State transition is not "
            "allowed"));
    }
    m_ready = true;
    m_waiting.emplace(std::move(responder));
    deliver();
    const bool waits = isWaitingLocked();
    lock.unlock();
    m_changed.notify_all();
    if (waits)
        m_waits();
}

bool RuntimeApi::isWaiting() const
{
    const std::lock_guard guard(m_mutex);
    return isWaitingLocked();
}

bool RuntimeApi::isWaitingLocked() const
{
    // Extensions that hear of no events have nothing to be done with.
    return m_waiting.has_value() && !m_event && !m_extensions.areBusy();
}

void RuntimeApi::extensionsChanged()
{
    if (m_extensions.areRegistered())
        m_registered();
    bool waits = false;
    {
        const std::lock_guard guard(m_mutex);
        waits = isWaitingLocked();
    }
    m_changed.notify_all();
    if (waits)
        m_waits();
}

void RuntimeApi::finish(std::string_view requestId, RuntimeAnswer answer, http::Responder responder)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_current != requestId || m_current.empty())
            return responder.send(refusal(400, "InvalidRequestID", "Invalid request ID"));
        m_current.clear();
        answer.delivered = true;
        m_answer = std::move(answer);
        if (m_answer->kind == RuntimeAnswer::Kind::TooLarge)
            responder.send(refusal(413, "RequestEntityTooLarge",
                "Exceeded maximum allowed payload size (" + std::to_string(kMaxResponseBytes) + " bytes)."));
        else
            responder.send(accepted());
    }
    m_changed.notify_all();
}

void RuntimeApi::failInit(RuntimeAnswer answer, http::Responder responder)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_ready)
            return responder.send(refusal(403, "InvalidStateTransition",
                "State transition from Ready to InitError failed for runtime. Error: State transition is not "
                "allowed"));
        m_answer = std::move(answer);
        responder.send(accepted());
    }
    m_changed.notify_all();
}

// Under the mutex: hands the event over when there is one and the runtime waits for it.
void RuntimeApi::deliver()
{
    if (!m_event || !m_waiting)
        return;
    // It died while it was frozen: the event waits for its end to be noticed, and goes elsewhere.
    if (m_waiting->clientGone()) {
        m_waiting.reset();
        return;
    }
    m_current = m_event->requestId;
    m_stream = m_event->stream;
    m_waiting->send(eventResponse(*m_event));
    m_waiting.reset();
    m_event.reset();
}

RuntimeAnswer RuntimeApi::awaitInit(Micros patience)
{
    std::unique_lock lock(m_mutex);
    const auto isReady = [this] { return m_ready && m_extensions.areWaiting(); };
    waitFor(m_changed, lock, patience, [&] { return isReady() || m_answer || m_ended; });
    if (m_answer)
        return std::move(*std::exchange(m_answer, std::nullopt));
    if (m_ended)
        return *m_ended;
    RuntimeAnswer answer;
    if (isReady())
        answer.kind = RuntimeAnswer::Kind::Ready;
    return answer;
}

RuntimeAnswer RuntimeApi::serve(const Event& event, Micros patience)
{
    std::unique_lock lock(m_mutex);
    m_event = event;
    m_answer.reset();
    m_extensions.tellInvoke(event);
    deliver();
    waitFor(m_changed, lock, patience, [this] { return m_answer || m_ended; });
    if (m_answer)
        return std::move(*std::exchange(m_answer, std::nullopt));
    RuntimeAnswer answer;
    if (m_ended)
        answer = *m_ended;
    answer.delivered = !m_event;
    m_event.reset();
    m_current.clear();
    return answer;
}

void RuntimeApi::runtimeLost()
{
    const std::lock_guard guard(m_mutex);
    m_waiting.reset();
}

void RuntimeApi::programEnded(RuntimeAnswer ended)
{
    {
        const std::lock_guard guard(m_mutex);
        m_ended = std::move(ended);
        m_waiting.reset();
    }
    m_changed.notify_all();
}

std::optional<RuntimeAnswer> RuntimeApi::ended() const
{
    const std::lock_guard guard(m_mutex);
    return m_ended;
}

void RuntimeApi::reset()
{
    {
        const std::lock_guard guard(m_mutex);
        m_ready = false;
        m_waiting.reset();
        m_event.reset();
        m_answer.reset();
        m_ended.reset();
        m_current.clear();
        m_stream.reset();
    }
    m_extensions.reset();
}

void RuntimeApi::processEnded(RuntimeAnswer ended)
{
    {
        const std::lock_guard guard(m_mutex);
        m_ended = std::move(ended);
        m_waiting.reset();
    }
    m_extensions.close();
    m_changed.notify_all();
}

}
