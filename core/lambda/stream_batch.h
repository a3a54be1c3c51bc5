#pragma once

#include "core/lambda/batch_answer.h"
#include "core/lambda/batch_filter.h"
#include "core/lambda/event_source_mapping.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Records of a stream on their way to a function. Pure.
namespace core::lambda {

// Events of a function have at most 6 MB.
inline constexpr std::size_t kMaxBatchBytes = 6 * 1024 * 1024 - 1024;
inline constexpr std::size_t kMaxWindowState = 1024 * 1024;

struct StreamRecord {
    std::string sequence;
    std::int64_t createdAt = 0; // seconds
    std::string text; // JSON, as the function gets it
    int lane = 0; // of `lanes`, after its partition key
};

using RecordList = std::vector<StreamRecord>;

// What one GetRecords gave, for one lane of a shard.
struct RecordPage {
    RecordList records; // of the lane, that a filter let through
    std::string last; // sequence number of the last record read, "" when there was none
    std::size_t read = 0;
    std::size_t filtered = 0; // of the lane
    std::string next; // iterator, "" when the shard has ended
};

struct LaneView {
    std::string source; // the stream's ARN
    std::string hashKey; // name of the table's partition key
    int lane = 0;
    int lanes = 1;
    BatchFilter filter;
};

// Reads the text of a GetRecords answer. Error: Internal for what is none.
Result<RecordPage> readPage(std::string_view answer, const LaneView& view);

// A window of a mapping that aggregates: its state goes from batch to batch.
struct TumblingWindow {
    std::int64_t start = 0; // seconds
    std::string state = "{}"; // JSON
};
std::int64_t windowStart(std::int64_t createdAt, int length);

// Takes the next batch off the front: as many as the mapping allows, 6 MB, and of one window.
RecordList takeBatch(std::deque<StreamRecord>& buffer, const EventSourceMapping& mapping,
    const std::optional<TumblingWindow>& window);

struct WindowEnd {
    bool isFinal = false;
    bool isEarly = false;
};
// The event of a batch; with `window` that of an aggregating mapping.
std::string batchEvent(const RecordList& records, const EventSourceMapping& mapping, const std::string& shard,
    const std::optional<TumblingWindow>& window, WindowEnd end);

// What a function's answer means for these records.
BatchVerdict judgeAnswer(const std::string& answer, const RecordList& records, bool reportsItems);

// The "state" of an answer as JSON text, "{}" when it has none.
std::string stateOf(const std::string& answer);

}
