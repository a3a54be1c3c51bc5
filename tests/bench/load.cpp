// Drives a server with one load and prints one line: "<requests a second> <p50 µs> <p99 µs>".
//   bench_load <port> prepare [<items>]               tables with that many items of 1 KiB (10,000)
//   bench_load <port> <load> <connections> <seconds> [<items>]
//   bench_load <port> @<file> <connections> <seconds>    the request that the file holds, again and again
// Loads: constant, get, put, put-indexed (a table with two indexes), update (with a condition), query (100
// items), scan (1 MB with a filter), batch (25 puts), transact (10 puts).

#include "tests/bench/load_connection.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using bench::LoadConnection;
using Clock = std::chrono::steady_clock;

constexpr int kUsualItems = 10'000;
constexpr int kItemsOfQuery = 100;
constexpr int kMostInBatch = 25;
constexpr int kInTransaction = 10;
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

// What the loads are made of: keys among `items`, values of their own.
struct Source {
    std::mt19937_64 random{7};
    int items = kUsualItems;

    std::string key() { return "k" + std::to_string(random() % static_cast<unsigned>(items)); }
};

std::string itemBody(const std::string& partition, int sort, Source& source)
{
    return R"({"pk":{"S":")" + partition + R"("},"sk":{"N":")" + std::to_string(sort) + R"("},"title":{"S":")"
        + value(source.random) + R"("},"pages":{"N":")" + std::to_string(source.random() % 1000)
        + R"("},"shelf":{"S":")" + std::to_string(source.random() % 100) + R"("},"tags":{"SS":["a","b"]}})";
}

std::string putRequest(std::string_view table, const std::string& partition, int sort, Source& source)
{
    return requestOf("PutItem",
        R"({"TableName":")" + std::string(table) + R"(","Item":)" + itemBody(partition, sort, source) + "}");
}

std::string getRequest(Source& source)
{
    return requestOf(
        "GetItem", R"({"TableName":"Bench","Key":{"pk":{"S":")" + source.key() + R"("},"sk":{"N":"1"}}})");
}

std::string updateRequest(Source& source)
{
    return requestOf("UpdateItem",
        R"({"TableName":"Bench","Key":{"pk":{"S":")" + source.key()
            + R"("},"sk":{"N":"1"}},"UpdateExpression":"SET pages = pages + :one, seen = :now",)"
              R"("ConditionExpression":"attribute_exists(pk) AND pages >= :zero",)"
              R"("ExpressionAttributeValues":{":one":{"N":"1"},":zero":{"N":"0"},":now":{"N":")"
            + std::to_string(source.random() % 1'000'000) + R"("}}})");
}

std::string queryRequest(Source&)
{
    return requestOf("Query",
        R"({"TableName":"Bench","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"page"}}})");
}

std::string scanRequest(Source&)
{
    return requestOf("Scan",
        R"({"TableName":"Bench","FilterExpression":"pages < :few","ExpressionAttributeValues":{":few":{"N":"10"}}})");
}

std::string batchRequest(Source& source)
{
    // A key may stand in a batch but once.
    const auto first = source.random() % static_cast<unsigned>(std::max(1, source.items - kMostInBatch));
    std::string puts;
    for (unsigned i = 0; i < kMostInBatch; ++i)
        puts += std::string(i ? "," : "") + R"({"PutRequest":{"Item":)"
            + itemBody("k" + std::to_string(first + i), 1, source) + "}}";
    return requestOf("BatchWriteItem", R"({"RequestItems":{"Bench":[)" + puts + "]}}");
}

std::string transactRequest(Source& source)
{
    const auto first = source.random() % static_cast<unsigned>(std::max(1, source.items - kInTransaction));
    std::string puts;
    for (unsigned i = 0; i < kInTransaction; ++i)
        puts += std::string(i ? "," : "") + R"({"Put":{"TableName":"Bench","Item":)"
            + itemBody("k" + std::to_string(first + i), 1, source) + "}}";
    return requestOf("TransactWriteItems", R"({"TransactItems":[)" + puts + "]}");
}

using Load = std::function<std::string(Source&)>;

Load loadOfFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string request((std::istreambuf_iterator<char>(file)), {});
    if (request.empty())
        return nullptr;
    return [request = std::move(request)](Source&) { return request; };
}

Load loadNamed(std::string_view name)
{
    if (name.starts_with('@'))
        return loadOfFile(std::string(name.substr(1)));
    struct Named {
        std::string_view name;
        std::string (*make)(Source&);
    };
    static constexpr Named kLoads[] = {
        {"constant", [](Source&) { return std::string("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); }},
        {"get", getRequest},
        {"put", [](Source& source) { return putRequest("Bench", source.key(), 1, source); }},
        {"put-indexed", [](Source& source) { return putRequest("Indexed", source.key(), 1, source); }},
        {"update", updateRequest},
        {"query", queryRequest},
        {"scan", scanRequest},
        {"batch", batchRequest},
        {"transact", transactRequest},
    };
    for (const auto& load : kLoads) {
        if (load.name == name)
            return load.make;
    }
    return nullptr;
}

std::string tableRequest(std::string_view name, bool indexed)
{
    const std::string indexes =
        R"(,"GlobalSecondaryIndexes":[
            {"IndexName":"byShelf","KeySchema":[{"AttributeName":"shelf","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}},
            {"IndexName":"byPages","KeySchema":[{"AttributeName":"shelf","KeyType":"HASH"},{"AttributeName":"pages","KeyType":"RANGE"}],
             "Projection":{"ProjectionType":"KEYS_ONLY"}}])";
    return requestOf("CreateTable",
        R"({"TableName":")" + std::string(name)
            + R"(","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[
            {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"})"
            + (indexed
                    ? R"(,{"AttributeName":"shelf","AttributeType":"S"},{"AttributeName":"pages","AttributeType":"N"})"
                    : "")
            + R"(],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}])"
            + (indexed ? indexes : "") + "}");
}

bool succeeds(LoadConnection& connection, const std::string& request)
{
    connection.exchange(request);
    if (connection.status() == 200)
        return true;
    std::fprintf(stderr, "status %d: %s\n", connection.status(), connection.body().c_str());
    return false;
}

bool fill(LoadConnection& connection, Source& source)
{
    for (int first = 0; first < source.items; first += kMostInBatch) {
        std::string puts;
        for (int i = first; i < std::min(first + kMostInBatch, source.items); ++i)
            puts += std::string(i == first ? "" : ",") + R"({"PutRequest":{"Item":)"
                + itemBody("k" + std::to_string(i), 1, source) + "}}";
        if (!succeeds(
                connection, requestOf("BatchWriteItem", R"({"RequestItems":{"Bench":[)" + puts + "]}}")))
            return false;
    }
    for (int i = 0; i < kItemsOfQuery; ++i) {
        if (!succeeds(connection, putRequest("Bench", "page", i, source)))
            return false;
    }
    return true;
}

int prepare(int port, int items)
{
    LoadConnection connection(port);
    for (const bool indexed : {false, true}) {
        const std::string name = indexed ? "Indexed" : "Bench";
        if (!succeeds(connection, tableRequest(name, indexed)))
            return 1;
        while (connection.exchange(requestOf("DescribeTable", R"({"TableName":")" + name + R"("})"))
                   .find("ACTIVE")
            == std::string::npos)
            usleep(20'000);
    }
    Source source{.items = items};
    return fill(connection, source) ? 0 : 1;
}

double microseconds(std::vector<std::chrono::nanoseconds>& times, double part)
{
    const auto at = times.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(times.size() - 1));
    std::nth_element(times.begin(), at, times.end());
    return static_cast<double>(at->count()) / 1000.0;
}

int run(int port, std::string_view name, int count, double seconds, int items)
{
    const auto make = loadNamed(name);
    if (!make) {
        std::fprintf(stderr, "no load is called %s\n", std::string(name).c_str());
        return 2;
    }
    Source source{.items = items};
    std::vector<std::unique_ptr<LoadConnection>> connections;
    const int poll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < count; ++i) {
        connections.push_back(std::make_unique<LoadConnection>(port));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = connections.back().get();
        epoll_ctl(poll, EPOLL_CTL_ADD, connections.back()->descriptor(), &event);
        connections.back()->send(make(source));
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
            connection.send(make(source));
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
    if ((argc == 3 || argc == 4) && std::string_view(argv[2]) == "prepare")
        return prepare(std::atoi(argv[1]), argc == 4 ? std::atoi(argv[3]) : kUsualItems);
    if (argc == 5 || argc == 6)
        return run(std::atoi(argv[1]), argv[2], std::atoi(argv[3]), std::atof(argv[4]),
            argc == 6 ? std::atoi(argv[5]) : kUsualItems);
    std::fprintf(stderr, "bench_load <port> prepare [<items>] | <load> <connections> <seconds> [<items>]\n");
    return 2;
}
