#pragma once

#include "tests/core/dynamodb/dynamodb_room.h"

#include <cstdint>
#include <string>
#include <vector>

// The table "Stock" whose throughput is enforced, and what its tests ask of it.
namespace tests::throttled {

inline constexpr const char* kTableExceeded =
    "ProvisionedThroughputExceededException: The level of configured provisioned throughput for the table "
    "was exceeded. Consider increasing your provisioning level with the UpdateTable API.";
inline constexpr const char* kIndexExceeded =
    "ProvisionedThroughputExceededException: The level of configured provisioned throughput for one or more "
    "global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the "
    "under-provisioned global secondary indexes with the UpdateTable API";
inline constexpr const char* kStillScaling =
    "ThrottlingException: Throughput exceeds the current capacity of your table or index. DynamoDB is "
    "automatically scaling your table or index so please try again shortly. If exceptions persist, check if "
    "you have a hot key: "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";

nlohmann::json text(const std::string& value);
// QCOMPARE takes JSON for a number of any kind.
std::string dumped(const nlohmann::json& value);

nlohmann::json units(int reads, int writes);
// CreateTable's input, without throughput.
nlohmann::json definition(const char* name);
void setMode(DynamoDbRoom& room, const char* table, const char* mode);
void createEnforced(DynamoDbRoom& room, int reads, int writes);
// With an index on "kind" that has throughput of its own.
void createIndexed(DynamoDbRoom& room, int tableWrites, int indexReads, int indexWrites);
void createOnDemand(DynamoDbRoom& room, const nlohmann::json& more = nlohmann::json::object());

// An item of that many kilobytes: as many write units.
nlohmann::json item(const std::string& id, std::size_t kilobytes = 1);
// Whether it was let through; the room has the error.
bool put(DynamoDbRoom& room, const std::string& id, std::size_t kilobytes = 1);
bool get(DynamoDbRoom& room, const std::string& id); // consistently
nlohmann::json throughput(DynamoDbRoom& room);
// Ids of items whose hashes lie between two.
std::vector<std::string> idsBetween(std::uint64_t from, std::uint64_t to, std::size_t count);
// The latest track's step that says what was throttled; "" for none.
std::string throttleStep(DynamoDbRoom& room);

}
