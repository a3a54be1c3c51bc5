#pragma once

#include "core/base/result.h"
#include "core/dynamodb/stream.h"

#include <string>
#include <string_view>

namespace core::dynamodb {

// Where a reader stands in a shard, as the opaque text that it carries. A value.
struct ShardIterator {
    std::string arn;
    int slot = 0;
    std::int64_t generation = 0;
    Sequence from = 0; // the next record has this or a later one
    bool byNumber = false; // asked for by a sequence number, which may be trimmed by now
    Micros issuedAt = 0;

    std::string text() const;
    // ValidationException when it is none of ours.
    static Result<ShardIterator> parse(std::string_view text);
};

}
