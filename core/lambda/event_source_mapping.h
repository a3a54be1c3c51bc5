#pragma once

#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

inline constexpr std::string_view kNothingProcessed = "No records processed";

// A stream of DynamoDB or a queue that feeds a function. A plain value; kept by region and id.
struct EventSourceMapping {
    std::string id; // a UUID
    std::string region;
    std::string account;
    std::string function; // its name
    std::string qualifier; // "" when none was named
    std::string source; // the stream's or queue's ARN
    std::string startingPosition; // of a stream: TRIM_HORIZON, LATEST
    int batchSize = 100;
    int batchWindow = 0; // seconds
    int parallel = 1; // lanes a shard
    int tumblingWindow = 0; // seconds, 0 for none
    int maxRetries = -1; // -1: until the record is too old
    int maxAge = -1; // seconds; -1: as long as the stream keeps it
    bool bisect = false;
    bool reportsItems = false; // ReportBatchItemFailures
    std::string onFailure; // an ARN, "" for none
    int maxConcurrency = 0; // of a queue: batches at once; 0 when it is not said
    std::vector<std::string> filters; // patterns: one must match
    bool enabled = true;
    bool begun = false; // where its shards begin is decided
    std::map<std::string, std::string> tags;
    Micros modified = 0;
    std::string lastResult{kNothingProcessed};

    std::string key() const { return region + '/' + id; }
    std::string arn() const;
    std::string functionKey() const { return region + '/' + function; }
    std::string functionArn() const; // with the qualifier
    std::string table() const; // that the stream is of
    bool isQueue() const;
    std::string queue() const; // its name
};

std::string recordKey(const EventSourceMapping& mapping);
std::string encode(const EventSourceMapping& mapping);
bool decode(std::string_view record, EventSourceMapping& mapping);

// EventSourceMappingConfiguration as on the wire; `state` as "Creating", "" for what it is in.
nlohmann::json describe(const EventSourceMapping& mapping, std::string_view state = {});

}
