#pragma once

#include "core/aws/service.h"
#include "core/lambda/event_source_mapping.h"
#include "core/lambda/stream_progress.h"

#include <string>
#include <vector>

// What a stream says of itself. All wait: Blocking lane and pool threads.
namespace core::lambda {

struct StreamShard {
    std::string id;
    std::string parent;
    bool isClosed = false;
};
struct StreamShards {
    std::string hashKey; // name of the table's partition key
    std::vector<StreamShard> shards;

    bool has(const std::string& id) const;
};

Result<StreamShards> readShards(
    const aws::Host& host, const EventSourceMapping& mapping, trace::SpanScope* parent);
// Before a mapping is kept: that its stream is there, and where its shards begin.
Result<> beginStream(
    const aws::Host& host, StreamProgress& progress, EventSourceMapping& mapping, trace::SpanScope* parent);

}
