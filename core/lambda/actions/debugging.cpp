#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/runtime_catalog.h"
#include "core/lambda/sandbox.h"

#include <nlohmann/json.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr int kNodePort = 9229; // Node.js's own
constexpr int kPythonPort = 5678; // debugpy's own

bool isFree(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool bound = bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(socket);
    return bound;
}

// What an editor needs to attach: an entry of VS Code's launch.json, which others read too.
json attachment(const Function& function, const std::string& folder, const DebugWish& wish)
{
    const auto name = "Attach to " + function.name;
    if (findRuntime(function.runtime)->family == RuntimeFamily::Node)
        return {{"name", name}, {"type", "node"}, {"request", "attach"}, {"address", "127.0.0.1"},
            {"port", wish.port}, {"localRoot", folder}, {"remoteRoot", folder}, {"restart", true}};
    return {{"name", name}, {"type", "debugpy"}, {"request", "attach"},
        {"connect", {{"host", "127.0.0.1"}, {"port", wish.port}}}, {"justMyCode", false}};
}

json describe(LambdaService& service, const Function& function, const std::optional<DebugWish>& wish)
{
    if (!wish)
        return {{"Debugging", false}};
    return {{"Debugging", true}, {"Port", wish->port}, {"Wait", wish->wait},
        {"Attach", attachment(function, service.folderOf(function).string(), *wish)}};
}

Result<> checkDebugger(LambdaService& service, const Function& function)
{
    const auto* runtime = findRuntime(function.runtime);
    if (!runtime)
        return fail(errors::invalidParameter(foreignRuntime(function.runtime)));
    if (runtime->family == RuntimeFamily::Provided)
        return fail(
            errors::invalidParameter("A custom runtime brings its own debugger: attach to the Pid of its "
                                     "environment, or start the bootstrap through one."));
    const auto interpreter = findInterpreter(*runtime);
    if (!interpreter)
        return fail(errors::invalidParameter("No interpreter for " + function.runtime + " is installed."));
    if (runtime->family == RuntimeFamily::Python
        && !succeeds(
            {interpreter->string(), "-c", "import sys; sys.path.insert(0, sys.argv[1]); import debugpy",
                service.folderOf(function).string()}))
        return fail(errors::invalidParameter(interpreter->string()
            + " has no module debugpy: install the package python3-debugpy, or put debugpy into the "
              "function's "
              "folder."));
    return {};
}

}

Result<Outcome> startDebugging(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    CORE_CHECK(checkDebugger(service, *function));
    const bool node = findRuntime(function->runtime)->family == RuntimeFamily::Node;
    const DebugWish wish{
        request.input().value("Port", node ? kNodePort : kPythonPort), request.input().value("Wait", false)};
    const auto& key = function->key();
    auto& pool = service.environments();
    pool.debugging().clear(key);
    pool.endIdle(key);
    if (!isFree(wish.port))
        return fail(errors::invalidParameter(
            "Port " + std::to_string(wish.port) + " is in use: choose another one with Port."));
    pool.debugging().set(key, wish);
    context.span.step("Debugging begins",
        "The next environment of $LATEST listens on 127.0.0.1:" + std::to_string(wish.port)
            + "; it is the only one, and nothing times out");
    return aws::Reply::of(describe(service, *function, wish));
}

Result<Outcome> describeDebugging(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    return aws::Reply::of(
        describe(service, *function, service.environments().debugging().find(function->key())));
}

Result<Outcome> endDebugging(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    if (service.environments().debugging().clear(function->key()))
        service.environments().endIdle(function->key());
    context.span.step("Debugging ends", "The next invocation starts an environment as usual");
    return aws::Reply::of(describe(service, *function, {}));
}

}
