#pragma once

#include "core/aws/front_door.h"
#include "core/aws/log_book.h"
#include "core/base/work_pool.h"
#include "core/dynamodb/service.h"
#include "core/dynamodb/streams_service.h"

#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>

namespace tests {

// DynamoDB alone behind a real front door, in a temporary folder, on a clock that stands still.
class DynamoDbRoom {
public:
    DynamoDbRoom();
    ~DynamoDbRoom();

    // The answer; an error ends up in `error` as "Code: message" and answers null.
    nlohmann::json call(const char* action, const nlohmann::json& input);
    nlohmann::json callIn(const std::string& region, const char* action, const nlohmann::json& input);
    std::string error;
    // The error of a call that must fail, with its members.
    core::Error refuse(const char* action, const nlohmann::json& input);
    // All records of a table's stream, in the order of their numbers.
    std::vector<nlohmann::json> streamRecords(const std::string& region, const std::string& table);

    // The latest track's steps of DynamoDB, "title | detail" each.
    std::vector<std::string> steps();
    core::trace::Tracer& tracer() { return m_tracer; }

    core::store::Store& store() { return *m_store; }
    core::dynamodb::DynamoDbService& service() { return *m_service; }
    core::aws::FrontDoor& door() { return *m_door; }
    core::Publisher<core::aws::ResourceChanged>& changes() { return m_changes; }
    core::Clock& clock() { return m_clock; } // stands still until it is moved
    // A second service on the same store, as a start after a crash would make it.
    std::unique_ptr<core::dynamodb::DynamoDbService> afterCrash();
    void reopen();

private:
    void open();
    void close();

    QTemporaryDir m_folder;
    core::Clock m_clock{{.now = 1'700'000'000 * core::kSecond, .rate = 1, .paused = true}};
    core::trace::Tracer m_tracer{m_clock};
    core::WorkPool m_pool{2, 16};
    core::http::Server m_server;
    core::Publisher<core::aws::ResourceChanged> m_changes;
    std::unique_ptr<core::store::Store> m_store;
    std::unique_ptr<core::store::BlobStore> m_blobs;
    std::unique_ptr<core::aws::FrontDoor> m_door;
    std::unique_ptr<core::aws::LogBook> m_logs;
    std::unique_ptr<core::aws::Host> m_host;
    std::unique_ptr<core::dynamodb::DynamoDbService> m_service;
    std::unique_ptr<core::dynamodb::DynamoDbStreamsService> m_streams;
};

}
