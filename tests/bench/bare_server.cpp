// The bare limit for everything that is served over HTTP: a constant JSON answer.
//
//   bench_bare_server [--port 4600] [--threads 2]     then: wrk -t1 -c64 -d5 http://127.0.0.1:4600/

#include "core/base/text.h"
#include "core/http/server.h"

#include <csignal>
#include <cstdio>
#include <optional>
#include <string_view>

namespace {

class Constant : public core::http::Handler {
public:
    void handle(core::http::Request, core::http::Responder responder) override
    {
        core::http::Response response;
        response.headers = {{"Content-Type", "application/x-amz-json-1.0"}};
        response.body =
            R"({"Item":{"id":{"S":"constant"},"title":{"S":"Twenty thousand leagues"},"price":{"N":"12.5"}}})";
        responder.send(std::move(response));
    }
};

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
        std::fputs("usage: bench_bare_server [--port 4600] [--threads 2]\n", stderr);
        return 2;
    }
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    Constant constant;
    core::http::Server server({.threads = *threads});
    const auto listener = server.listen("127.0.0.1", static_cast<std::uint16_t>(*port), constant);
    if (!listener) {
        std::fprintf(stderr, "%s\n", listener.error().message.c_str());
        return 1;
    }
    std::printf("http://127.0.0.1:%d/\n", (*listener)->port());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ending, &signal);
    return 0;
}
