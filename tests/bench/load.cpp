// Drives a server with one load and prints one line: "<requests a second> <p50 µs> <p99 µs>".
//   bench_load <port> prepare                         a table with 10,000 items of 1 KiB
//   bench_load <port> constant|get|put|query <connections> <seconds>

#include "tests/bench/load_connection.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using bench::LoadConnection;
using Clock = std::chrono::steady_clock;

constexpr int kItems = 10'000;
constexpr int kItemsOfQuery = 100;
constexpr std::size_t kValueBytes = 960; // with names and keys 1 KiB

std::string requestOf(std::string_view target, const std::string& body)
{
    std::string request =
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\n"
        "X-Amz-Date: 20261122T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
        "Credential=test/20261122/us-east-1/dynamodb/aws4_request, "
        "SignedHeaders=host;x-amz-date;x-amz-target, Signature=0\r\nX-Amz-Target: DynamoDB_20120810.";
    request += target;
    request += "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return request + body;
}

// SQLite skips pages that do not change, so each value is another one.
std::string value(std::mt19937_64& random)
{
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    std::string text;
    while (text.size() < kValueBytes) {
        auto bits = random();
        for (int i = 0; i < 10; ++i, bits >>= 6)
            text += kLetters[bits & 63];
    }
    return text;
}

std::string itemBody(const std::string& partition, int sort, std::mt19937_64& random)
{
    return R"({"pk":{"S":")" + partition + R"("},"sk":{"N":")" + std::to_string(sort) + R"("},"title":{"S":")"
        + value(random) + R"("},"pages":{"N":"321"},"tags":{"SS":["a","b"]}})";
}

std::string putRequest(const std::string& partition, int sort, std::mt19937_64& random)
{
    return requestOf("PutItem", R"({"TableName":"Bench","Item":)" + itemBody(partition, sort, random) + "}");
}

std::string getRequest(std::mt19937_64& random)
{
    const auto number = random() % kItems;
    return requestOf("GetItem",
        R"({"TableName":"Bench","Key":{"pk":{"S":"k)" + std::to_string(number) + R"("},"sk":{"N":"1"}}})");
}

std::string queryRequest()
{
    return requestOf("Query",
        R"({"TableName":"Bench","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"page"}}})");
}

std::function<std::string(std::mt19937_64&)> loadNamed(std::string_view name)
{
    if (name == "constant")
        return [](std::mt19937_64&) { return std::string("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); };
    if (name == "get")
        return getRequest;
    if (name == "put")
        return [](std::mt19937_64& random) {
            return putRequest("k" + std::to_string(random() % kItems), 1, random);
        };
    if (name == "query")
        return [](std::mt19937_64&) { return queryRequest(); };
    return nullptr;
}

int prepare(int port)
{
    LoadConnection connection(port);
    const auto created = connection.exchange(requestOf("CreateTable",
        R"({"TableName":"Bench","BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]})"));
    if (connection.status() != 200) {
        std::fprintf(stderr, "CreateTable: %s\n", created.c_str());
        return 1;
    }
    while (connection.exchange(requestOf("DescribeTable", R"({"TableName":"Bench"})")).find("ACTIVE")
        == std::string::npos)
        usleep(20'000);
    std::mt19937_64 random(1);
    for (int i = 0; i < kItems + kItemsOfQuery; ++i) {
        const bool ofQuery = i >= kItems;
        const auto partition = ofQuery ? std::string("page") : "k" + std::to_string(i);
        connection.exchange(putRequest(partition, ofQuery ? i : 1, random));
        if (connection.status() != 200) {
            std::fprintf(stderr, "PutItem: %s\n", connection.body().c_str());
            return 1;
        }
    }
    return 0;
}

double microseconds(std::vector<std::chrono::nanoseconds>& times, double part)
{
    const auto at = times.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(times.size() - 1));
    std::nth_element(times.begin(), at, times.end());
    return static_cast<double>(at->count()) / 1000.0;
}

int run(int port, std::string_view name, int count, double seconds)
{
    const auto make = loadNamed(name);
    if (!make) {
        std::fprintf(stderr, "no load is called %s\n", std::string(name).c_str());
        return 2;
    }
    std::mt19937_64 random(7);
    std::vector<std::unique_ptr<LoadConnection>> connections;
    const int poll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < count; ++i) {
        connections.push_back(std::make_unique<LoadConnection>(port));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = connections.back().get();
        epoll_ctl(poll, EPOLL_CTL_ADD, connections.back()->descriptor(), &event);
        connections.back()->send(make(random));
    }
    std::vector<std::chrono::nanoseconds> times;
    std::size_t failures = 0;
    const auto start = Clock::now();
    const auto end =
        start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    for (epoll_event events[64]; Clock::now() < end;) {
        const int ready = epoll_wait(poll, events, 64, 100);
        for (int i = 0; i < ready; ++i) {
            auto& connection = *static_cast<LoadConnection*>(events[i].data.ptr);
            if (!connection.receive())
                continue;
            times.push_back(connection.elapsed());
            failures += connection.status() == 200 ? 0 : 1;
            connection.send(make(random));
        }
    }
    const std::chrono::duration<double> took = Clock::now() - start;
    close(poll);
    if (failures > 0 || times.empty()) {
        std::fprintf(stderr, "%zu of %zu answers were errors\n", failures, times.size());
        return 1;
    }
    std::printf("%.0f %.0f %.0f\n", static_cast<double>(times.size()) / took.count(),
        microseconds(times, 0.5), microseconds(times, 0.99));
    return 0;
}

}

int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[2]) == "prepare")
        return prepare(std::atoi(argv[1]));
    if (argc == 5)
        return run(std::atoi(argv[1]), argv[2], std::atoi(argv[3]), std::atof(argv[4]));
    std::fprintf(stderr, "bench_load <port> prepare | <load> <connections> <seconds>\n");
    return 2;
}
