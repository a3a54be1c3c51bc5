// The bare limits for everything that is served over HTTP: a constant JSON answer to a GET, and to a POST the
// same once its body is durable, by the store's group commit and without a service.
//
//   bench_bare_server [--port 4600] [--threads 2] [--data FOLDER]     then: wrk -t1 -c64 -d5
//   http://127.0.0.1:4600/
//
// Without --data what is posted goes to memory.

#include "core/base/text.h"
#include "core/http/server.h"
#include "core/store/store.h"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <unistd.h>

namespace {

constexpr std::string_view kPosted = "posted";

core::http::Response constant()
{
    core::http::Response response;
    response.headers = {{"Content-Type", "application/x-amz-json-1.0"}};
    response.body =
        R"({"Item":{"id":{"S":"constant"},"title":{"S":"Twenty thousand leagues"},"price":{"N":"12.5"}}})";
    return response;
}

// A body under its partition key, as the loads write it, so that as many rows are replaced as a table's are.
class Post : public core::store::Write {
public:
    Post(std::string body, core::http::Responder responder)
        : m_body(std::move(body))
        , m_responder(std::move(responder))
    {
    }
    core::Result<> apply(core::store::Transaction& transaction) override
    {
        constexpr std::string_view before = R"("pk":{"S":")";
        const auto start = m_body.find(before);
        const auto key = start == std::string::npos
            ? std::string_view("none")
            : std::string_view(m_body).substr(start + before.size(), 8);
        transaction.put(kPosted, key, m_body);
        return {};
    }
    void done(core::Result<> outcome) override
    {
        auto response = constant();
        if (!outcome)
            response.status = 500;
        m_responder.send(std::move(response));
    }

private:
    std::string m_body;
    core::http::Responder m_responder;
};

class Bare : public core::http::Handler {
public:
    explicit Bare(core::store::Store& store)
        : m_store(store)
    {
    }
    void handle(core::http::Request request, core::http::Responder responder) override
    {
        if (request.method == "POST")
            m_store.submit(std::make_unique<Post>(std::move(request.body), std::move(responder)));
        else
            responder.send(constant());
    }

private:
    core::store::Store& m_store;
};

std::string textAfter(int argc, char** argv, std::string_view option)
{
    for (int i = 1; i + 1 < argc; ++i) {
        if (argv[i] == option)
            return argv[i + 1];
    }
    return {};
}

std::optional<int> numberAfter(int argc, char** argv, std::string_view option, int usual)
{
    for (int i = 1; i < argc; ++i) {
        if (argv[i] != option)
            continue;
        const auto value = i + 1 < argc ? core::parseInteger(argv[i + 1]) : std::nullopt;
        return value && *value >= 0 && *value <= 65535 ? std::optional(static_cast<int>(*value))
                                                       : std::nullopt;
    }
    return usual;
}

}

int main(int argc, char** argv)
{
    const auto port = numberAfter(argc, argv, "--port", 4600);
    const auto threads = numberAfter(argc, argv, "--threads", 2);
    if (!port || !threads) {
        std::fputs("usage: bench_bare_server [--port 4600] [--threads 2] [--data FOLDER]\n", stderr);
        return 2;
    }
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    const auto folder = textAfter(argc, argv, "--data");
    const auto place = folder.empty()
        ? std::filesystem::temp_directory_path() / ("bare-" + std::to_string(getpid()))
        : std::filesystem::path(folder);
    using core::store::Durability;
    auto store = core::store::Store::open({place, folder.empty() ? Durability::Memory : Durability::Full});
    if (store)
        (void)(*store)->commit([](core::store::Transaction& transaction) -> core::Result<> {
            transaction.createKeyspace(kPosted);
            return {};
        });
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().message.c_str());
        return 1;
    }
    Bare bare(**store);
    core::http::Server server({.threads = *threads});
    auto listener = server.listen("127.0.0.1", static_cast<std::uint16_t>(*port), bare);
    if (!listener) {
        std::fprintf(stderr, "%s\n", listener.error().message.c_str());
        return 1;
    }
    std::printf("http://127.0.0.1:%d/\n", (*listener)->port());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ending, &signal);
    listener->reset();
    store->reset();
    std::error_code ignored;
    if (folder.empty())
        std::filesystem::remove_all(place, ignored);
    return 0;
}
