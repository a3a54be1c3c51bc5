#pragma once

#include "core/base/result.h"
#include "core/lambda/stream_batch.h"
#include "core/store/store.h"

#include <optional>
#include <string>

namespace core::lambda {

// How far one lane of a shard is.
struct LaneProgress {
    std::string sequence; // of the last record that is done with, "" for none
    bool done = false; // the shard has ended and nothing of it is left
    std::optional<TumblingWindow> window;
};

// Where a mapping stands in its stream, durable: keys "mapping/shard", each with the progress of its lanes.
// Any thread; changes wait until they are durable.
class StreamProgress {
public:
    explicit StreamProgress(store::Store& store);

    // With another number of lanes than before, each begins where the slowest was.
    LaneProgress of(const std::string& mapping, const std::string& shard, int lane, int lanes) const;
    bool knows(const std::string& mapping, const std::string& shard) const;
    Result<> set(const std::string& mapping, const std::string& shard, int lane, int lanes,
        const LaneProgress& progress);
    // All lanes at once, of a mapping that begins.
    Result<> begin(const std::string& mapping, const std::string& shard, const LaneProgress& progress);
    Result<> forget(const std::string& mapping);
    Result<> forget(const std::string& mapping, const std::string& shard);

private:
    store::Store& m_store;
};

}
