#include "core/lambda/extension_api.h"

#include "core/aws/json_text.h"
#include "core/base/ids.h"
#include "core/lambda/json_response.h"
#include "core/lambda/runtime_api.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::string_view kRoot = "/2020-01-01/extension";
constexpr std::string_view kIdentifier = "Lambda-Extension-Identifier";
constexpr std::string_view kEventIdentifier = "Lambda-Extension-Event-Identifier";
constexpr Micros kInternalTime = 500 * kMillisecond;
constexpr Micros kExternalTime = 2 * kSecond;

http::Response answerOf(int status, const json& body)
{
    return jsonResponse(status, aws::writeJson(body));
}

http::Response refusal(std::string_view type, std::string_view message)
{
    return answerOf(403, {{"errorMessage", message}, {"errorType", type}});
}

http::Response eventAnswer(std::string body)
{
    http::Response response;
    response.headers.add("Content-Type", "application/json");
    response.headers.add(std::string(kEventIdentifier), newUuid());
    response.body = std::move(body);
    return response;
}

}

ExtensionApi::ExtensionApi(ExtensionHost host, std::function<void()> changed)
    : m_host(std::move(host))
    , m_changed(std::move(changed))
{
}

void ExtensionApi::expect(std::vector<std::string> externals)
{
    const std::lock_guard guard(m_mutex);
    m_expected = std::move(externals);
}

bool ExtensionApi::isFor(std::string_view path)
{
    return path.starts_with(kRoot);
}

void ExtensionApi::handle(const http::Request& request, http::Responder responder)
{
    const auto path = request.path().substr(kRoot.size());
    if (path == "/register")
        return enroll(request, std::move(responder));
    if (path == "/event/next")
        return next(request, std::move(responder));
    if (path == "/init/error" || path == "/exit/error")
        return fail(request, std::move(responder), path == "/init/error");
    responder.send(answerOf(404, {{"errorMessage", "No such path"}, {"errorType", "NotFound"}}));
}

void ExtensionApi::enroll(const http::Request& request, http::Responder responder)
{
    Extension extension;
    extension.name = request.headers.get("Lambda-Extension-Name");
    if (extension.name.empty())
        return responder.send(refusal("Extension.InvalidExtensionName", "Empty extension name"));
    const auto body = json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.value("events", json::array()).is_array())
        return responder.send(refusal("InvalidRequestFormat", "Events are expected to be a list of strings"));
    std::unique_lock lock(m_mutex);
    extension.external = std::find(m_expected.begin(), m_expected.end(), extension.name) != m_expected.end();
    for (const auto& event : body.value("events", json::array())) {
        if (event == "INVOKE")
            extension.wantsInvoke = true;
        else if (event == "SHUTDOWN" && extension.external)
            extension.wantsShutdown = true;
        else
            return responder.send(event == "SHUTDOWN"
                    ? refusal("ShutdownEventNotSupportedForInternalExtension",
                        "SHUTDOWN event is not supported for internal extensions")
                    : refusal("Extension.InvalidEventType", event.dump() + ": invalid event type"));
    }
    const bool twice = std::any_of(m_extensions.begin(), m_extensions.end(),
        [&](const auto& known) { return known.second.name == extension.name; });
    if (twice)
        return responder.send(
            refusal("Extension.AlreadyRegistered", "Extension '" + extension.name + "' already registered"));
    json about = {{"functionName", m_host.functionName}, {"functionVersion", m_host.functionVersion},
        {"handler", m_host.handler}};
    if (request.headers.get("Lambda-Extension-Accept-Feature").find("accountId") != std::string_view::npos)
        about["accountId"] = m_host.account;
    const auto id = newUuid();
    m_extensions[id] = std::move(extension);
    lock.unlock();
    auto response = answerOf(200, about);
    response.headers.add(std::string(kIdentifier), id);
    responder.send(std::move(response));
    m_changed();
}

// Under the mutex. Answers when there is none.
ExtensionApi::Extension* ExtensionApi::known(const http::Request& request, http::Responder& responder)
{
    const std::string id(request.headers.get(kIdentifier));
    const auto found = m_extensions.find(id);
    if (found != m_extensions.end())
        return &found->second;
    responder.send(id.empty()
            ? refusal("Extension.MissingHeader", "Missing Lambda-Extension-Identifier header")
            : refusal("Extension.UnknownExtensionIdentifier", "Unknown extension " + id));
    return nullptr;
}

std::optional<std::string> ExtensionApi::nameOf(const http::Request& request, http::Responder& responder)
{
    const std::lock_guard guard(m_mutex);
    const auto* extension = known(request, responder);
    return extension ? std::optional(extension->name) : std::nullopt;
}

std::vector<ExtensionView> ExtensionApi::views() const
{
    const std::lock_guard guard(m_mutex);
    std::vector<ExtensionView> views;
    for (const auto& [id, extension] : m_extensions) {
        ExtensionView view{extension.name, extension.waiting ? "Ready" : "Registered", {}};
        if (extension.wantsInvoke)
            view.events.push_back("INVOKE");
        if (extension.wantsShutdown)
            view.events.push_back("SHUTDOWN");
        views.push_back(std::move(view));
    }
    return views;
}

std::string ExtensionApi::expected(std::size_t number) const
{
    const std::lock_guard guard(m_mutex);
    return number < m_expected.size() ? m_expected[number] : std::string();
}

void ExtensionApi::next(const http::Request& request, http::Responder responder)
{
    {
        const std::lock_guard guard(m_mutex);
        auto* extension = known(request, responder);
        if (!extension)
            return;
        if (!extension->events.empty()) {
            responder.send(eventAnswer(std::move(extension->events.front())));
            extension->events.pop_front();
            return;
        }
        extension->waiting.emplace(std::move(responder));
    }
    m_changed();
}

void ExtensionApi::fail(const http::Request& request, http::Responder responder, bool inInit)
{
    const std::string type(request.headers.get("Lambda-Extension-Function-Error-Type"));
    {
        const std::lock_guard guard(m_mutex);
        if (!known(request, responder))
            return;
        if (type.empty())
            return responder.send(
                refusal("Extension.MissingHeader", "Lambda-Extension-Function-Error-Type not found"));
        if (m_failure.empty())
            m_failure = inInit ? "Extension.InitError" : "Extension.ExitError";
        responder.send(answerOf(202, {{"status", "OK"}}));
    }
    m_changed();
}

bool ExtensionApi::areRegistered() const
{
    const std::lock_guard guard(m_mutex);
    const auto externals = std::count_if(
        m_extensions.begin(), m_extensions.end(), [](const auto& known) { return known.second.external; });
    return static_cast<std::size_t>(externals) == m_expected.size();
}

bool ExtensionApi::areWaiting() const
{
    const std::lock_guard guard(m_mutex);
    std::size_t externals = 0;
    for (const auto& [id, extension] : m_extensions) {
        if (!extension.waiting)
            return false;
        externals += extension.external ? 1 : 0;
    }
    return externals == m_expected.size();
}

bool ExtensionApi::hearOfEvents() const
{
    const std::lock_guard guard(m_mutex);
    return std::any_of(
        m_extensions.begin(), m_extensions.end(), [](const auto& known) { return known.second.wantsInvoke; });
}

bool ExtensionApi::areBusy() const
{
    const std::lock_guard guard(m_mutex);
    return std::any_of(m_extensions.begin(), m_extensions.end(),
        [](const auto& known) { return known.second.wantsInvoke && !known.second.waiting; });
}

Micros ExtensionApi::shutdownTime() const
{
    const std::lock_guard guard(m_mutex);
    if (m_extensions.empty())
        return 0;
    const bool external = std::any_of(
        m_extensions.begin(), m_extensions.end(), [](const auto& known) { return known.second.external; });
    return external ? kExternalTime : kInternalTime;
}

std::string ExtensionApi::failure() const
{
    const std::lock_guard guard(m_mutex);
    return m_failure;
}

// Under the mutex.
void ExtensionApi::give(Extension& extension, std::string event)
{
    if (!extension.waiting) {
        extension.events.push_back(std::move(event));
        return;
    }
    extension.waiting->send(eventAnswer(std::move(event)));
    extension.waiting.reset();
}

void ExtensionApi::tellInvoke(const Event& event)
{
    const std::lock_guard guard(m_mutex);
    const json body = {{"eventType", "INVOKE"}, {"deadlineMs", event.deadlineMillis},
        {"requestId", event.requestId}, {"invokedFunctionArn", event.functionArn},
        {"tracing", {{"type", "X-Amzn-Trace-Id"}, {"value", event.traceHeader}}}};
    for (auto& [id, extension] : m_extensions) {
        if (extension.wantsInvoke)
            give(extension, body.dump());
    }
}

void ExtensionApi::tellShutdown(std::string_view reason, std::int64_t deadlineMillis)
{
    const std::lock_guard guard(m_mutex);
    const json body = {{"eventType", "SHUTDOWN"}, {"shutdownReason", reason}, {"deadlineMs", deadlineMillis}};
    for (auto& [id, extension] : m_extensions) {
        if (extension.wantsShutdown)
            give(extension, body.dump());
    }
}

void ExtensionApi::reset()
{
    const std::lock_guard guard(m_mutex);
    m_extensions.clear();
    m_failure.clear();
}

void ExtensionApi::close()
{
    const std::lock_guard guard(m_mutex);
    for (auto& [id, extension] : m_extensions)
        extension.waiting.reset();
}

}
