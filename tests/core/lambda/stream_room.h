#pragma once

#include "core/aws/log_book.h"
#include "core/base/work_pool.h"
#include "core/http/server.h"
#include "tests/core/lambda/feed_room.h"

#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

// A stream without a table, and a caller that answers for DynamoDB Streams and notes what goes elsewhere. Any
// thread.
class FakeStream : public core::aws::Caller {
public:
    struct Shard {
        std::string id;
        std::string parent;
        std::vector<nlohmann::json> records;
        bool isClosed = false;
    };
    struct Sent {
        std::string service;
        std::string action;
        nlohmann::json input;
        std::string payload;
    };

    void addShard(const std::string& id, const std::string& parent = {});
    void close(const std::string& id);
    // A record whose partition key and "v" are these; gives its sequence number.
    std::string add(const std::string& shard, const std::string& key, int value, std::int64_t createdAt);
    std::vector<Sent> sent() const;
    int reads() const; // GetRecords so far

    core::Result<core::aws::Reply> call(std::string_view service, std::string_view action,
        const nlohmann::json& input, const core::aws::CallOptions& options,
        std::string payload = {}) override;
    core::Result<core::http::Response> fetch(
        std::string_view url, core::http::Request request, const core::aws::CallOptions& options) override;

private:
    Shard& shard(const std::string& id);
    nlohmann::json describe() const;
    nlohmann::json iterator(const nlohmann::json& input);
    nlohmann::json records(const std::string& iterator);

    mutable std::mutex m_mutex;
    std::vector<Shard> m_shards;
    std::vector<Sent> m_sent;
    long long m_next = 1;
    int m_reads = 0;
};

// A fake stream on a clock that stands still.
struct StreamWorld {
    StreamWorld();

    core::Clock clock{core::Clock::State{1'700'000'000 * core::kSecond, 1, true}};
    FakeStream stream;
    QTemporaryDir folder;
    core::trace::Tracer tracer{clock};
    core::Publisher<core::aws::ResourceChanged> changes;
    core::aws::LogBook logs{stream};
    std::unique_ptr<core::store::Store> store;
    core::store::BlobStore blobs;
    core::WorkPool pool{16, 256};
    core::http::Server server;
    core::aws::Host host;
};

// What feeds functions over a fake stream.
class StreamRoom : private StreamWorld, public FeedRoom {
public:
    StreamRoom();
    ~StreamRoom();

    using StreamWorld::clock;
    using StreamWorld::stream;

    void start(core::lambda::EventSourceMapping mapping);
    // As a write to the table does.
    void tell();
    // The "v" of each event's records: {{1, 2}, {3}}.
    nlohmann::json batches() const;
    std::int64_t now() const { return clock.nowSeconds(); }
};

}
