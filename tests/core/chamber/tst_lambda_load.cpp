#include "core/base/hash.h"
#include "core/lambda/code_package.h"
#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace core;
using nlohmann::json;
using tests::TempChamber;

namespace {

constexpr int kRequests = 1000;
constexpr int kEnvironments = 4;

int connected(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket >= 0 && connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
        return socket;
    if (socket >= 0)
        close(socket);
    return -1;
}

// The status of the answer that arrives on a connection that is closed after it.
int statusFrom(int socket)
{
    std::string text;
    char part[4096];
    for (ssize_t count = 0; (count = read(socket, part, sizeof part)) > 0;)
        text.append(part, static_cast<std::size_t>(count));
    return text.size() > 12 ? std::atoi(text.c_str() + 9) : 0;
}

std::string zipOfOne(const std::filesystem::path& folder, const std::string& code)
{
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "app.py") << code;
    return base64(*lambda::packFolder(folder));
}

}

// What a crowd before one function does to everything else.
class TstLambdaLoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thousandAtOnce_areThrottledAndStarveNobody()
    {
        rlimit files{};
        getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = std::min<rlim_t>(files.rlim_max, 8192);
        setrlimit(RLIMIT_NOFILE, &files);
        TempChamber chamber(false);
        const auto call = [&](const char* service, const char* action, const json& input) {
            const auto reply = chamber.caller().call(service, action, input, {});
            if (!reply)
                qFatal("%s: %s", action, reply.error().message.c_str());
        };
        call("lambda", "CreateFunction",
            {{"FunctionName", "crowd"}, {"Runtime", "python3.12"}, {"Handler", "app.handler"},
                {"Role", "arn:aws:iam::000000000000:role/any"}, {"Timeout", 60},
                {"Code",
                    {{"ZipFile",
                        zipOfOne(chamber.folder().parent_path() / "code",
                            "import time\ndef handler(event, context):\n    time.sleep(0.5)\n    return "
                            "1\n")}}}});
        call("lambda", "PutFunctionConcurrency",
            {{"FunctionName", "crowd"}, {"ReservedConcurrentExecutions", kEnvironments}});
        call("dynamodb", "CreateTable",
            {{"TableName", "items"}, {"BillingMode", "PAY_PER_REQUEST"},
                {"KeySchema", {{{"AttributeName", "id"}, {"KeyType", "HASH"}}}},
                {"AttributeDefinitions", {{{"AttributeName", "id"}, {"AttributeType", "S"}}}}});
        call("dynamodb", "PutItem", {{"TableName", "items"}, {"Item", {{"id", {{"S", "a"}}}}}});

        std::atomic<bool> over = false;
        std::vector<double> times; // milliseconds
        int wrong = 0;
        std::thread reader([&] {
            http::Request get;
            get.headers.add("X-Amz-Target", "DynamoDB_20120810.GetItem");
            get.headers.add("Content-Type", "application/x-amz-json-1.0");
            get.method = "POST";
            get.target = "/";
            get.body = R"({"TableName":"items","Key":{"id":{"S":"a"}}})";
            while (!over) {
                const auto began = std::chrono::steady_clock::now();
                const auto answer = chamber.send(get);
                const std::chrono::duration<double, std::milli> took =
                    std::chrono::steady_clock::now() - began;
                times.push_back(took.count());
                wrong += answer.status == 200 ? 0 : 1;
            }
        });

        const auto crowdCame = std::chrono::steady_clock::now();
        const int port = std::stoi(chamber.endpoint().substr(chamber.endpoint().rfind(':') + 1));
        std::vector<int> sockets;
        for (int i = 0; i < kRequests; ++i)
            sockets.push_back(connected(port));
        const std::string request = "POST /2015-03-31/functions/crowd/invocations HTTP/1.1\r\nHost: "
                                    "127.0.0.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
        for (const int socket : sockets)
            (void)!write(socket, request.data(), request.size());
        std::map<int, int> statuses;
        for (const int socket : sockets) {
            ++statuses[statusFrom(socket)];
            close(socket);
        }
        const std::chrono::duration<double, std::milli> crowded =
            std::chrono::steady_clock::now() - crowdCame;
        over = true;
        reader.join();

        QCOMPARE(statuses[200] + statuses[429], kRequests);
        // Whoever came while four ran was refused; those four and, with luck, some after them were served.
        QVERIFY2(statuses[200] >= kEnvironments && statuses[200] < kRequests / 2,
            std::to_string(statuses[200]).c_str());
        const auto all =
            chamber.caller().call("lambda", "ListEnvironments", {{"FunctionName", "crowd"}}, {})->json();
        QVERIFY(all["Environments"].size() <= std::size_t{kEnvironments});
        QCOMPARE(wrong, 0);
        QVERIFY(!times.empty());
        std::sort(times.begin(), times.end());
        const double last = times[times.size() * 99 / 100];
        qInfo("%d of %d served, %zu GetItem meanwhile: median %.2f ms, p99 %.2f ms", statuses[200], kRequests,
            times.size(), times[times.size() / 2], last);
        // Who is starved waits for the crowd to go, which takes longer on a slower machine.
        QVERIFY2(last < std::max(1000.0, crowded.count() / 4), std::to_string(last).c_str());
    }
};

CHAMBER_SUITE(TstLambdaLoad, "tst_lambda_load")
#include "tst_lambda_load.moc"
